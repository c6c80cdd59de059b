namespace MarginalConditional.Report.Pictures;

/// <summary>A row of a picture that has rows: a text at the left, a text at the right, and marks at its height.</summary>
/// <param name="Label">At the left; however long, it is never cut without its full text in a tooltip.</param>
/// <param name="Text">At the right, such as an estimate with its interval; empty for none.</param>
public sealed record PictureRow(string Label, string Text = "")
{
    /// <summary>Whether it sums up the others and is set in bold. Default: no.</summary>
    public bool IsSummary { get; init; }

    /// <summary>Whether a thin line stands above it. Default: no.</summary>
    public bool HasRule { get; init; }
}
