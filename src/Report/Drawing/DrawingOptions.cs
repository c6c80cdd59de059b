namespace MarginalConditional.Report.Drawing;

/// <summary>How large a picture is drawn.</summary>
public sealed record DrawingOptions
{
    /// <summary>Its width in pixels, 200 or more. Default: 720.</summary>
    public int Width { get; init; } = 720;

    /// <summary>Its height in pixels, 120 or more; null for what suits it: by the number of rows, or 5 : 8. Default: null.</summary>
    public int? Height { get; init; }

    /// <summary>The size of its text in pixels, 6 to 48. Default: 13.</summary>
    public int FontSize { get; init; } = 13;

    /// <summary>Whether title and caption stand in the drawing, as in a file of its own. Default: yes.</summary>
    public bool ShowsTexts { get; init; } = true;

    /// <summary>The rows of a picture that are drawn, the first and how many, as one piece of it; null for all. Default: null.</summary>
    internal (int First, int Count)? Piece { get; init; }
}
