using System.Text;
using System.Xml.Linq;
using MarginalConditional.Report.Paper;

namespace MarginalConditional.Report.Tests.Paper;

/// <summary>Headings, sections, notes and lines as they are, in every format, and what each format would take for something else.</summary>
public sealed class PaperBlocksTests
{
    private static readonly XNamespace Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private static readonly PaperDocument Long = new(
    [
        new PaperBlock.Text("Part & one") { IsHeading = true, IsSection = true },
        new PaperBlock.Text("Alone") { IsHeading = true },
        new PaperBlock.Text("A paragraph of 5 %."),
        new PaperBlock.Table(["Name", "Value"], [false, true], [["two\nlines", "+1"]]),
        new PaperBlock.Verbatim(["a  <b>  ", "  c"]),
    ]);

    [Fact]
    public void Sections_headings_and_paragraphs_are_told_apart_in_markdown() => Assert.Equal(
        [
            "## Part \\& one", "**Alone**", "A paragraph of 5 %.", "| Name | Value |", "|:---|---:|", "| two lines | +1 |", "```", "a  <b>",
            "  c", "```",
        ],
        MarkdownPaper.Write(Long).Split('\n', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Sections_headings_and_paragraphs_are_told_apart_in_html()
    {
        var elements = XDocument.Parse($"<x>{HtmlPaper.Write(Long).Replace("<br>", "\n", StringComparison.Ordinal)}</x>").Root!.Elements();
        Assert.Equal(["h3", "p", "p", "table", "pre"], elements.Select(element => element.Name.LocalName));
        Assert.Equal("Part & one", elements.First().Value);
        Assert.Equal("Alone", elements.ElementAt(1).Element("strong")!.Value);
        Assert.Equal("a  <b>\n  c", elements.Last().Value);
        var table = elements.ElementAt(3);
        Assert.Null(table.Element("caption"));
        Assert.Equal(["col", "col", "row"], table.Descendants("th").Select(cell => cell.Attribute("scope")!.Value));
        Assert.Equal("number", table.Descendants("td").Single().Attribute("class")!.Value);
    }

    [Fact]
    public void Sections_headings_and_paragraphs_are_told_apart_in_latex()
    {
        var latex = LatexPaper.Write(Long);
        Assert.Contains("\\textbf{Part \\& one}\n", latex, StringComparison.Ordinal);
        Assert.Contains("\\textbf{Alone}\n", latex, StringComparison.Ordinal);
        Assert.Contains("two lines & +1 \\\\\n\\bottomrule\n\\end{tabular}\n", latex, StringComparison.Ordinal);
        Assert.Contains("\\begin{verbatim}\na  <b>\n  c\n\\end{verbatim}\n", latex, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_for_word_has_bold_heads_lines_of_cells_and_no_pictures_of_characters()
    {
        var body = PaperReading.Body(DocxPaper.Write(Long));
        string[] Bold() => [.. body.Descendants(Word + "r").Where(run => run.Descendants(Word + "b").Any()).Select(run => run.Value)];
        Assert.Equal(["Part & one", "Alone", "Name", "Value"], Bold());
        Assert.Equal([["Name", "Value"], ["two\nlines", "+1"]], PaperReading.Cells(body));
        Assert.Single(body.Descendants(Word + "tblHeader"));
        Assert.DoesNotContain("<b>", body.Value, StringComparison.Ordinal);
        var right = body.Descendants(Word + "p").Where(paragraph => paragraph.Descendants(Word + "jc").Any()).Select(one => one.Value);
        Assert.Equal(["Value", "+1"], right);
    }

    [Fact]
    public void A_long_cell_does_not_take_the_page_from_the_others()
    {
        var table = new PaperBlock.Table(["short", "long"], [false, false], [["a", new string('W', 5000)]]);
        int[] widths = [.. PaperReading.Body(DocxPaper.Write(new PaperDocument([table]))).Descendants(Word + "gridCol")
            .Select(column => (int)column.Attribute(Word + "w")!)];
        Assert.InRange(widths[0], 500, widths[1]);
        Assert.InRange(widths.Sum(), 3000, 9000);
    }

    [Theory]
    [InlineData("[x]", "{}[x]")]
    [InlineData("a\\b", "a\\textbackslash{}b")]
    [InlineData("5 % & 3 $", "5 \\% \\& 3 \\$")]
    [InlineData("\u22121.5\u00A0\u00D7\u00A0\u221E", "-1.5~$\\times$~$\\infty$")]
    [InlineData("\u03C3\u2082\u00B2 \u2013 \u03C4", "$\\sigma$$_{2}$\\textsuperscript{2} -- $\\tau$")]
    [InlineData("~^_#{}", "\\textasciitilde{}\\textasciicircum{}\\_\\#\\{\\}")]
    public void Latex_writes_signs_so_that_they_are_set(string cell, string written) => Assert.Contains(
        $"\n{written} \\\\\n",
        LatexPaper.Write(new PaperDocument([new PaperBlock.Table(["h"], [false], [[cell]])])),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("- item", "\\- item")]
    [InlineData("# head", "\\# head")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("\u2212\u221E", "-\u221E")]
    [InlineData("+.5", "+.5")]
    [InlineData("a-b # c", "a-b # c")]
    public void A_paragraph_of_markdown_is_no_list_and_no_heading(string text, string written) =>
        Assert.Equal(written + "\n", MarkdownPaper.Write(new PaperDocument([new PaperBlock.Text(text)])));

    [Theory]
    [InlineData("=1+1", true)]
    [InlineData("@SUM(A1)", true)]
    [InlineData("-cmd", true)]
    [InlineData("-1.5", false)]
    [InlineData("+2", false)]
    [InlineData("1=1", false)]
    [InlineData("", false)]
    public void Only_what_a_spreadsheet_would_compute_is_marked_as_text(string cell, bool isMarked) => Assert.Equal(
        isMarked,
        HtmlPaper.Write(new PaperDocument([new PaperBlock.Table(["h", "v"], [false, true], [["a", cell]])]))
            .Contains("mso-number-format", StringComparison.Ordinal));

    [Fact]
    public void Notes_are_paragraphs_at_the_end_and_leave_the_document_as_it_was()
    {
        var before = Long.Blocks.Count;
        var noted = Long.With(["one", "two"]);
        Assert.Equal(before, Long.Blocks.Count);
        Assert.Equal(Long.Blocks, noted.Blocks.Take(before));
        Assert.Equal(["one", "two"], noted.Blocks.Skip(before).Select(block => Assert.IsType<PaperBlock.Text>(block).Content));
    }

    [Fact]
    public void An_empty_document_is_empty_in_every_format()
    {
        var empty = new PaperDocument([]);
        Assert.Equal(string.Empty, MarkdownPaper.Write(empty));
        Assert.Equal(string.Empty, HtmlPaper.Write(empty));
        Assert.Equal("% \\usepackage{booktabs}\n", LatexPaper.Write(empty));
        Assert.Equal(string.Empty, PaperReading.Body(DocxPaper.Write(empty)).Value);
        Assert.Equal("PK", Encoding.ASCII.GetString(DocxPaper.Write(empty).AsSpan(0, 2)));
    }
}
