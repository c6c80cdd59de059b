using System.Xml.Linq;
using MarginalConditional.Report.Documents;
using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Paper;
using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests.Documents;

/// <summary><see cref="ReportParts"/> and <see cref="HtmlReport"/> read back as XML.</summary>
public sealed class ReportPartsTests
{
    private const string Hostile = "<i>\"A\" & 'B'</i>";

    [Fact]
    public void Sentences_are_a_list_and_one_in_their_place_where_there_are_none()
    {
        var list = Read(ReportParts.Sentences([Hostile, "Two."], "None."));
        Assert.Equal([Hostile, "Two."], list.Descendants("li").Select(item => item.Value));
        var none = Read(ReportParts.Sentences([], Hostile));
        Assert.Empty(none.Descendants("li"));
        Assert.Equal(Hostile, none.Element("p")!.Value);
    }

    [Fact]
    public void Facts_are_names_with_their_values_in_order()
    {
        var list = Read(ReportParts.Facts([("Rows", "1,908"), (Hostile, Hostile)])).Element("dl")!;
        Assert.Equal(["dt", "dd", "dt", "dd"], list.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(["Rows", "1,908", Hostile, Hostile], list.Elements().Select(element => element.Value));
    }

    [Fact]
    public void A_wide_table_scrolls_by_itself_and_can_be_reached_by_keys()
    {
        var table = new PaperBlock.Table(["<table>"], [false], [["</table>"]]);
        var around = Read(ReportParts.Tables(new PaperDocument([table, table]))).Elements("div").ToArray();
        Assert.Equal(2, around.Length);
        Assert.All(around, div =>
        {
            Assert.Equal(("wide", "0"), (div.Attribute("class")!.Value, div.Attribute("tabindex")!.Value));
            Assert.Equal(["<table>", "</table>"], div.Element("table")!.Descendants("th").Select(cell => cell.Value));
        });
    }

    [Fact]
    public void A_figure_has_its_words_below_it_and_not_in_the_drawing()
    {
        var picture = Samples.Forest("first") with { Title = Hostile, Caption = "What is what." };
        var figure = Read(ReportParts.Figures([picture], new DrawingOptions())).Element("figure")!;
        var caption = figure.Element("figcaption")!;
        Assert.Equal($"{Hostile}. What is what.", caption.Value);
        Assert.DoesNotContain(Texts(figure), text => text == Hostile || text == "What is what.");
        Assert.Contains("first", Texts(figure));
        Assert.Equal("card", figure.Element("div")!.Attribute("class")!.Value);
        var plot = Read(ReportParts.Figures([Samples.Plot(new PictureMark.Rule(1))], new DrawingOptions())).Element("figure")!;
        Assert.Equal("card plot", plot.Element("div")!.Attribute("class")!.Value);
        static IEnumerable<string> Texts(XElement figure) =>
            figure.Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value);
    }

    [Theory]
    [InlineData(3.0, "3")]
    [InlineData(1908.0, "1,908")]
    [InlineData(-2.0, "\u22122")]
    [InlineData(0.123456, "0.1235")]
    [InlineData(12_345_678.0, "1.235e+7")]
    [InlineData(double.NaN, "")]
    [InlineData(double.PositiveInfinity, "\u221E")]
    public void Numbers_beside_a_picture_are_whole_or_of_four_digits(double number, string shown) =>
        Assert.Equal(["a", shown], Table([["a", number]])[1]);

    [Fact]
    public void A_column_of_numbers_is_aligned_to_the_right_and_one_of_texts_is_not()
    {
        var picture = Samples.Forest("a") with
        {
            Numbers = new NumberTable(["text", "number", "mixed"], [["a", 1.0, 2.0], ["b", default, "none"]]),
        };
        var table = Read(ReportParts.Figures([picture], new DrawingOptions())).Descendants("table").Single();
        Assert.Equal([null, "number", null], table.Element("thead")!.Descendants("th").Select(cell => cell.Attribute("class")?.Value));
    }

    [Theory]
    [InlineData(250, false)]
    [InlineData(251, true)]
    [InlineData(3000, true)]
    public void A_long_table_is_cut_and_says_so(int rows, bool isCut)
    {
        var picture = Samples.Plot(new PictureMark.Rule(1)) with
        {
            Numbers = new NumberTable(["x"], [.. Enumerable.Range(1, rows).Select(i => new TableCell[] { i / 7.0 })]),
        };
        var details = Read(ReportParts.Figures([picture], new DrawingOptions())).Descendants("details").Single();
        Assert.Equal(Math.Min(rows, 250) + 1, details.Descendants("tr").Count());
        Assert.Equal(isCut, details.Value.Contains($"The first 250 of {rows:#,0} rows.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_height_that_is_given_keeps_a_picture_in_one_piece()
    {
        var picture = Samples.Forest([.. Enumerable.Range(0, 100).Select(i => $"row {i}")]);
        Assert.Equal(3, Drawings(new DrawingOptions()).Length);
        var drawing = Assert.Single(Drawings(new DrawingOptions { Height = 800 }));
        Assert.Equal("800", drawing.Attribute("height")!.Value);
        XElement[] Drawings(DrawingOptions options) =>
            [.. Read(ReportParts.Figures([picture], options)).Descendants().Where(element => element.Name.LocalName == "svg")];
    }

    [Fact]
    public void Every_part_of_a_report_is_reached_from_its_contents()
    {
        var page = HtmlReport.Write(
            Hostile,
            "The answer & more.",
            [new ReportSection("First & foremost", "<p>one</p>\n"), new ReportSection(Hostile, "<p>two</p>\n")],
            new ReportOrigin { Command = Hostile, Program = "margcond", Data = "a.csv", DataHash = string.Empty });
        var start = page.IndexOf("<body>", StringComparison.Ordinal);
        var body = XDocument.Parse(page[start..page.IndexOf("</html>", StringComparison.Ordinal)]);
        string[] ids = [.. body.Descendants().Attributes("id").Select(id => id.Value)];
        var links = body.Descendants("a").Select(link => link.Attribute("href")!.Value).ToArray();
        Assert.All(links, link => Assert.Contains(link.TrimStart('#'), ids));
        Assert.Equal(["#content", "#part1", "#part2", "#again"], links);
        Assert.Equal(["First & foremost", Hostile, "How to run it again"], body.Descendants("h2").Select(head => head.Value));
        Assert.Equal(["First & foremost", Hostile, "How to run it again"], body.Descendants("li").Select(item => item.Value));
        Assert.Equal((Hostile, "The answer & more."), (body.Descendants("h1").Single().Value, body.Descendants("p").First().Value));
        Assert.All(body.Descendants("section"), section => Assert.Contains(section.Attribute("aria-labelledby")!.Value, ids));
        Assert.Equal(Hostile, body.Descendants("code").Single().Value);
        Assert.DoesNotContain("SHA-256", body.Root!.Value, StringComparison.Ordinal);
    }

    private static XElement Read(string html) =>
        XDocument.Parse($"<x>{html.Replace("<br>", "\n", StringComparison.Ordinal)}</x>").Root!;

    private static string[][] Table(params TableCell[][] rows)
    {
        var picture = Samples.Forest("a") with { Numbers = new NumberTable(["text", "number"], rows) };
        var table = Read(ReportParts.Figures([picture], new DrawingOptions())).Descendants("table").Single();
        return [.. table.Descendants("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];
    }
}
