namespace MarginalConditional.Cli.TextPictures;

/// <summary>One study of a forest plot, on the analysis scale.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Estimate">Its own estimate.</param>
/// <param name="Lower">Lower limit of its own interval.</param>
/// <param name="Upper">Upper limit of its own interval.</param>
/// <param name="Weight">Its share of the combined effect, in (0, 1); null where there is none.</param>
/// <param name="Shrunken">Its shrunken effect; null to draw none.</param>
internal sealed record ForestRow(string Label, double Estimate, double Lower, double Upper, double? Weight, double? Shrunken);
