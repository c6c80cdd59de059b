namespace MarginalConditional.Explore.Answers;

/// <summary>A finished drawing.</summary>
/// <param name="Kind">What it shows, in a word.</param>
/// <param name="Title">Its title.</param>
/// <param name="Caption">What its marks are.</param>
/// <param name="Svg">The drawing.</param>
internal sealed record FigurePart(string Kind, string Title, string Caption, string Svg);
