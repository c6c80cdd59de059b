namespace MarginalConditional.Cli.TextPictures;

/// <summary>One unit of a caterpillar plot.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Size">What its rate is divided by.</param>
/// <param name="Crude">Its crude rate.</param>
/// <param name="CrudeMark">Where the crude rate is drawn.</param>
/// <param name="Shrunken">Its shrunken rate, shown and drawn.</param>
/// <param name="Lower">Lower limit of the interval drawn.</param>
/// <param name="Upper">Upper limit of the interval drawn.</param>
/// <param name="Ranks">The interval of its rank.</param>
/// <param name="Flag">The flag, or nothing.</param>
internal sealed record CaterpillarRow(
    string Label,
    double Size,
    double Crude,
    double CrudeMark,
    double Shrunken,
    double Lower,
    double Upper,
    string Ranks,
    string Flag);
