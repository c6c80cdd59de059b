using System.Text;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Paper;

/// <summary>Writes a document in Markdown, tables as GitHub and pandoc read them; a minus is the hyphen that R and Python read.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Report.Paper;
///
/// var paper = new PaperDocument([new PaperBlock.Text("Effects of both models"), new PaperBlock.Text("In odds ratios.")]);
/// Console.WriteLine(MarkdownPaper.Write(paper));
/// File.WriteAllBytes("paper.docx", DocxPaper.Write(paper));
/// </code>
/// </example>
public static class MarkdownPaper
{
    /// <summary>The document, every character of a text as it is.</summary>
    public static string Write(PaperDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var text = new StringBuilder();
        foreach (var block in document.Blocks)
        {
            if (text.Length > 0)
            {
                text.Append('\n');
            }

            switch (block)
            {
                case PaperBlock.Text { IsHeading: true, IsSection: true } section:
                    text.Append("## ").Append(Escaped(section.Content)).Append('\n');
                    break;
                case PaperBlock.Text { IsHeading: true } heading:
                    text.Append("**").Append(Escaped(heading.Content)).Append("**\n");
                    break;
                case PaperBlock.Text paragraph:
                    text.Append(Escaped(paragraph.Content)).Append('\n');
                    break;
                case PaperBlock.Table table:
                    Table(text, table);
                    break;
                case PaperBlock.Verbatim verbatim:
                    text.Append("```\n").AppendJoin('\n', verbatim.Lines.Select(line => line.TrimEnd())).Append("\n```\n");
                    break;
            }
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, PaperBlock.Table table)
    {
        Row(text, table.Headings);
        text.Append('|').AppendJoin('|', table.IsRight.Select(right => right ? "---:" : ":---")).Append("|\n");
        foreach (var row in table.Rows)
        {
            Row(text, row);
        }
    }

    private static void Row(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => Escaped(cell))).Append(" |\n");

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        var clean = VisibleText.Of(text).Replace('\u2212', '-');
        for (var i = 0; i < clean.Length; i++)
        {
            var character = clean[i];
            if (character == '\n')
            {
                escaped.Append(' ');
                continue;
            }

            var isMark = character is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '~' or '$' or '&'
                || (i == 0 && character is '#' or '+' or '-' or '=' && !IsNumber(clean));
            escaped.Append(isMark ? "\\" : string.Empty).Append(character);
        }

        return escaped.ToString();
    }

    /// <summary>Whether a sign at the beginning belongs to a number, which makes no list.</summary>
    private static bool IsNumber(string text) => text.Length > 1 && (char.IsAsciiDigit(text[1]) || text[1] is '.' or '\u221E');
}
