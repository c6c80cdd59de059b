using System.IO.Compression;
using System.Xml.Linq;
using MarginalConditional.Report.Paper;

namespace MarginalConditional.Report.Tests.Paper;

public sealed class PaperTests
{
    private static readonly PaperDocument Sample = new(
    [
        new PaperBlock.Text("Odds ratios") { IsHeading = true },
        new PaperBlock.Table(["Term", "OR"], [false, true], [["a_b & <c>|d", "0.50"], ["=cmd()", "\u22121"]]),
        new PaperBlock.Text("A note of 5 %."),
        new PaperBlock.Verbatim(["\u251C\u2500\u2524  "]),
    ]);

    [Fact]
    public void Markdown_has_a_pipe_table_with_every_mark_escaped() => Assert.Equal(
        """
        **Odds ratios**

        | Term | OR |
        |:---|---:|
        | a\_b \& \<c\>\|d | 0.50 |
        | \=cmd() | -1 |

        A note of 5 %.

        ```
        ├─┤
        ```

        """.ReplaceLineEndings("\n"),
        MarkdownPaper.Write(Sample));

    [Fact]
    public void Html_escapes_and_makes_the_heading_before_a_table_its_caption()
    {
        var html = HtmlPaper.Write(Sample);
        Assert.Contains("<caption>Odds ratios</caption>", html, StringComparison.Ordinal);
        Assert.Contains("a_b &amp; &lt;c&gt;|d", html, StringComparison.Ordinal);
        XDocument.Parse($"<x>{html}</x>");
    }

    [Fact]
    public void A_spreadsheet_that_opens_the_html_takes_no_text_for_a_formula() =>
        Assert.Contains("<th scope=\"row\" style=\"mso-number-format:'\\@'\">=cmd()</th>", HtmlPaper.Write(Sample),
            StringComparison.Ordinal);

    [Fact]
    public void Latex_is_a_booktabs_table_with_every_mark_escaped()
    {
        var latex = LatexPaper.Write(Sample);
        Assert.Contains("\\begin{tabular}{lr}\n\\toprule\nTerm & OR \\\\\n\\midrule\n", latex, StringComparison.Ordinal);
        Assert.Contains("a\\_b \\& \\textless{}c\\textgreater{}\\textbar{}d & 0.50 \\\\", latex, StringComparison.Ordinal);
        Assert.Contains("=cmd() & -1 \\\\", latex, StringComparison.Ordinal);
        Assert.Contains("A note of 5 \\%.", latex, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_cannot_end_a_verbatim_part_of_latex() => Assert.DoesNotContain(
        "x\\end{verbatim}",
        LatexPaper.Write(new PaperDocument([new PaperBlock.Verbatim(["x\\end{verbatim}\\input{secret}"])])),
        StringComparison.Ordinal);

    [Fact]
    public void A_file_for_word_has_its_three_parts_and_every_table_its_grid()
    {
        using var archive = new ZipArchive(new MemoryStream(DocxPaper.Write(Sample)));
        Assert.Equal(["[Content_Types].xml", "_rels/.rels", "word/document.xml"], archive.Entries.Select(entry => entry.FullName));
        using var stream = archive.GetEntry("word/document.xml")!.Open();
        var document = XDocument.Load(stream);
        XNamespace word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        var table = document.Descendants(word + "tbl").Single();
        Assert.All(table.Descendants(word + "gridCol"), column => Assert.NotNull(column.Attribute(word + "w")));
        Assert.Equal(
            ["Term", "OR", "a_b & <c>|d", "0.50", "=cmd()", "\u22121"], table.Descendants(word + "t").Select(text => text.Value));
        Assert.Equal("Odds ratios", document.Descendants(word + "t").First().Value);
    }

    [Fact]
    public void The_same_document_has_the_same_bytes() => Assert.Equal(DocxPaper.Write(Sample), DocxPaper.Write(Sample));
}
