using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests;

/// <summary>Small pictures for tests.</summary>
internal static class Samples
{
    /// <summary>A forest of rows with the labels given, effects 0, 1, 2 and so on.</summary>
    public static Picture Forest(params string[] labels) => new()
    {
        Kind = "forest",
        Title = "A title",
        Caption = "A caption.",
        Description = "A description.",
        Numbers = new NumberTable(["study", "effect"], [.. labels.Select((label, i) => new TableCell[] { label, (double)i })]),
        Across = new PictureAxis("Effect"),
        Up = new PictureAxis(string.Empty),
        Rows = [.. labels.Select(label => new PictureRow(label, "0.50 (0.25–1.00)"))],
        RowHeading = "Study",
        TextHeading = "Effect (95 % CI)",
        Marks =
        [
            new PictureMark.Rule(0),
            .. labels.Select((_, i) => new PictureMark.Range(i, i - 1, i + 1)),
            new PictureMark.Dots([.. labels.Select((_, i) => new PicturePoint(i, i))]) { Names = labels, Legend = "study" },
        ],
    };

    /// <summary>A picture with two axes and the marks given.</summary>
    public static Picture Plot(params PictureMark[] marks) => new()
    {
        Kind = "plot",
        Title = "A title",
        Caption = "A caption.",
        Description = "A description.",
        Numbers = new NumberTable(["x"], []),
        Across = new PictureAxis("Across") { Minimum = 0, Maximum = 10 },
        Up = new PictureAxis("Up") { Minimum = 0, Maximum = 10 },
        Marks = marks,
    };
}
