namespace MarginalConditional.Report.Pictures;

/// <summary>A picture as data: what it is about in words, its numbers, and its marks. Nothing in it is computed by the drawing.</summary>
public sealed record Picture
{
    /// <summary>The word that asks for it: <c>forest</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about: <c>Risk ratios of 13 studies</c>.</summary>
    public required string Title { get; init; }

    /// <summary>What the marks are, a sentence or two.</summary>
    public required string Caption { get; init; }

    /// <summary>What is to be seen, in words, for those who cannot see it.</summary>
    public required string Description { get; init; }

    /// <summary>The numbers it shows.</summary>
    public required NumberTable Numbers { get; init; }

    /// <summary>The horizontal axis.</summary>
    public required PictureAxis Across { get; init; }

    /// <summary>The vertical axis; its ticks are not shown in a picture with rows.</summary>
    public required PictureAxis Up { get; init; }

    /// <summary>What is drawn, later ones over earlier ones.</summary>
    public required IReadOnlyList<PictureMark> Marks { get; init; }

    /// <summary>The rows, top down; empty for a picture with a vertical axis.</summary>
    public IReadOnlyList<PictureRow> Rows { get; init; } = [];

    /// <summary>The heading of the rows' labels.</summary>
    public string RowHeading { get; init; } = string.Empty;

    /// <summary>The heading of the rows' texts.</summary>
    public string TextHeading { get; init; } = string.Empty;
}
