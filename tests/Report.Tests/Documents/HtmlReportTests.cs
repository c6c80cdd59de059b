using System.Globalization;
using MarginalConditional.Report.Documents;
using MarginalConditional.Report.Drawing;

namespace MarginalConditional.Report.Tests.Documents;

public sealed class HtmlReportTests
{
    private static readonly ReportOrigin Origin = new()
    {
        Command = "margcond gee \"a<b>.csv\"",
        Program = "margcond 0.1.0",
        Data = "a<b>.csv",
        DataHash = "abc",
    };

    [Fact]
    public void A_report_needs_nothing_else()
    {
        var page = Page();
        foreach (var foreign in (string[])["<script", "http://", "https://", "src=", "@import", "url(\""])
        {
            Assert.DoesNotContain(
                foreign, page.Replace("http://www.w3.org/2000/svg", string.Empty, StringComparison.Ordinal)
                    .Replace("a[href^=\"http\"]", string.Empty, StringComparison.Ordinal),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Texts_from_data_are_escaped()
    {
        var page = Page();
        Assert.Contains("a&lt;b&gt;.csv", page, StringComparison.Ordinal);
        Assert.DoesNotContain("a<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_time_stands_apart_and_may_be_left_out()
    {
        Assert.DoesNotContain("Made", Page(), StringComparison.Ordinal);
        var time = new DateTimeOffset(2026, 11, 26, 17, 0, 0, TimeSpan.Zero);
        Assert.Contains("2026-11-26 17:00 UTC", Page(Origin with { Time = time }), StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_unique_on_a_page_of_equal_pictures()
    {
        var figures = ReportParts.Figures([Samples.Forest("A"), Samples.Forest("A")], new DrawingOptions());
        string[] ids = [.. figures.Split(" id=\"").Skip(1).Select(piece => piece[..piece.IndexOf('"', StringComparison.Ordinal)])];
        Assert.True(ids.Length > 4);
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(45, 1)]
    [InlineData(46, 2)]
    [InlineData(122, 3)]
    public void A_picture_of_many_rows_is_drawn_in_pieces_that_paper_holds(int rows, int pieces)
    {
        string[] labels = [.. Enumerable.Range(1, rows).Select(i => "row " + i.ToString(CultureInfo.InvariantCulture))];
        var figures = ReportParts.Figures([Samples.Forest(labels)], new DrawingOptions());
        string[] drawn = [.. figures.Split("<svg ").Skip(1)];
        Assert.Equal(pieces, drawn.Length);
        foreach (var label in labels)
        {
            Assert.Single(drawn, one => one.Contains($">{label}</text>", StringComparison.Ordinal));
            Assert.Single(drawn, one => one.Contains($"<title>{label}</title>", StringComparison.Ordinal));
        }

        Assert.Single(drawn, one => one.Contains(">study</text>", StringComparison.Ordinal));
    }

    [Fact]
    public void Light_dark_and_print_are_provided_for()
    {
        Assert.Contains("prefers-color-scheme: dark", Page(), StringComparison.Ordinal);
        Assert.Contains("@media print", Page(), StringComparison.Ordinal);
    }

    private static string Page(ReportOrigin? origin = null) => HtmlReport.Write(
        "A <img> title",
        "An answer.",
        [new ReportSection("Pictures & more", ReportParts.Figures([Samples.Forest("<img>")], new DrawingOptions()))],
        origin ?? Origin);
}
