namespace MarginalConditional.Report.Pictures;

/// <summary>One axis of a picture.</summary>
/// <param name="Title">What its values are; empty for none.</param>
/// <param name="Scale">How it shows them.</param>
public sealed record PictureAxis(string Title, PictureScale Scale = PictureScale.Number)
{
    /// <summary>The least value shown, on the scale of the marks; null to take it from them.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest value shown; null to take it from the marks.</summary>
    public double? Maximum { get; init; }

    /// <summary>Ticks with their labels in place of round numbers; empty to take round numbers.</summary>
    public IReadOnlyList<(double Value, string Label)> Ticks { get; init; } = [];

    /// <summary>Whether values grow downwards or to the left. Default: no.</summary>
    public bool IsReversed { get; init; }
}
