using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Report.Paper;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Tests.Paper;

/// <summary>Tables of any texts are read back, cell by cell, from every format that they are written in.</summary>
public sealed class PaperProperties
{
    private static readonly XNamespace Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private static readonly Gen<string> Cell = Gen.Elements(
            "a", "B2", "0.25", "-1", "\u22121", "|", "\\", "`", "*", "_", "[x]", "<b>", "&amp;", "&", "~", "$", "#", "=1+1", "+", "%", "{",
            "}", "^", "\"", "'", "\u00A0", "\u00E9", "\u03C3", "\u4E2D", "\uD83D\uDE00", "--", "]]>", "<!--", "\\end{tabular}", "\t")
        .NonEmptyListOf().Select(pieces => string.Concat(pieces.Take(5)));

    private static readonly Gen<string[][]> Tables =
        from columns in Gen.Choose(1, 4)
        from rows in Gen.Choose(1, 4)
        from cells in Cell.ArrayOf((rows + 1) * columns)
        select cells.Chunk(columns).ToArray();

    [Fact]
    public void Markdown_is_read_back() => ForAll(table =>
    {
        var written = MarkdownPaper.Write(Document(table));
        Assert.Equal(
            table.Select(row => row.Select(cell => VisibleText.Of(cell).Replace('\u2212', '-'))), PaperReading.Pipes(written));
        var lines = written.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(table.Length + 1, lines.Length);
        Assert.Equal(table[0].Length + 1, lines[1].Count(character => character == '|'));
    });

    [Fact]
    public void Html_is_read_back() => ForAll(table =>
    {
        var written = HtmlPaper.Write(Document(table));
        Assert.Equal(table.Select(row => row.Select(VisibleText.Of)), PaperReading.Html(written));
    });

    [Fact]
    public void Word_is_read_back() => ForAll(table =>
    {
        var body = PaperReading.Body(DocxPaper.Write(Document(table)));
        Assert.Equal(table.Select(row => row.Select(VisibleText.Of)), PaperReading.Cells(body));
        int[] widths = [.. body.Descendants(Word + "gridCol").Select(column => (int)column.Attribute(Word + "w")!)];
        Assert.Equal(table[0].Length, widths.Length);
        Assert.All(widths, width => Assert.True(width > 0));
        Assert.True(widths.Sum() <= 9000);
        Assert.All(body.Descendants(Word + "tr"), row => Assert.Equal(
            widths, row.Descendants(Word + "tcW").Select(width => (int)width.Attribute(Word + "w")!)));
    });

    [Fact]
    public void Latex_has_as_many_cells_and_closes_what_it_opens() => ForAll(table =>
    {
        var written = LatexPaper.Write(Document(table));
        var rows = PaperReading.Tabular(written);
        Assert.Equal(table.Length, rows.Length);
        Assert.All(rows, row => Assert.Equal(table[0].Length, row.Length));
        Assert.All(rows.SelectMany(row => row), cell =>
        {
            var depth = 0;
            for (var i = 0; i < cell.Length; i++)
            {
                if (cell[i] == '\\' && i + 1 < cell.Length && "_%&#${}".Contains(cell[i + 1], StringComparison.Ordinal))
                {
                    i++;
                    continue;
                }

                Assert.DoesNotContain(cell[i], "%#&^\"<>|");
                depth += cell[i] == '{' ? 1 : cell[i] == '}' ? -1 : 0;
                Assert.True(depth >= 0, cell);
            }

            Assert.Equal(0, depth);
            Assert.True(Unescaped(cell, '$') % 2 == 0, cell);
        });
        Assert.Equal(1, written.Split("\\end{tabular}").Length - 1);
    });

    [Fact]
    public void Any_text_at_all_stands_in_a_file_for_word()
    {
        foreach (var text in (string[])["half a pair \uD83D", "null\0", "\uFFFE\uFFFF", "\u202Eturned", "\u001B[31m", "]]>"])
        {
            var body = PaperReading.Body(DocxPaper.Write(new PaperDocument([new PaperBlock.Text(text)])));
            Assert.DoesNotContain(body.Value, char.IsControl);
            Assert.NotNull(body.Element(Word + "p"));
        }
    }

    private static PaperDocument Document(string[][] table) =>
        new([new PaperBlock.Table(table[0], [.. table[0].Select((_, j) => j > 0)], [.. table.Skip(1)])]);

    /// <summary>The signs before which an even number of backslashes stands.</summary>
    private static int Unescaped(string text, char sign)
    {
        var (count, isEscaped) = (0, false);
        foreach (var character in text)
        {
            count += character == sign && !isEscaped ? 1 : 0;
            isEscaped = character == '\\' && !isEscaped;
        }

        return count;
    }

    private static void ForAll(Action<string[][]> check) =>
        Prop.ForAll(Arb.From(Tables), check).Check(Config.QuickThrowOnFailure.WithMaxTest(80));
}
