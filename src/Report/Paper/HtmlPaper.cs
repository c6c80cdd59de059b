using System.Globalization;
using System.Text;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Paper;

/// <summary>Writes a document as a fragment of HTML: headings, paragraphs and tables, nothing around them.</summary>
public static class HtmlPaper
{
    /// <summary>The fragment. The heading before a table is its caption.</summary>
    public static string Write(PaperDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var html = new StringBuilder();
        for (var i = 0; i < document.Blocks.Count; i++)
        {
            switch (document.Blocks[i])
            {
                case PaperBlock.Text { IsHeading: true, IsSection: true } section:
                    html.Append("<h3>").Append(Escaped(section.Content)).Append("</h3>\n");
                    break;
                case PaperBlock.Text { IsHeading: true } heading when i + 1 < document.Blocks.Count
                    && document.Blocks[i + 1] is PaperBlock.Table captioned:
                    Table(html, captioned, heading.Content);
                    i++;
                    break;
                case PaperBlock.Text { IsHeading: true } heading:
                    html.Append("<p><strong>").Append(Escaped(heading.Content)).Append("</strong></p>\n");
                    break;
                case PaperBlock.Text paragraph:
                    html.Append("<p>").Append(Escaped(paragraph.Content)).Append("</p>\n");
                    break;
                case PaperBlock.Table table:
                    Table(html, table, string.Empty);
                    break;
                case PaperBlock.Verbatim verbatim:
                    html.Append("<pre>").AppendJoin('\n', verbatim.Lines.Select(line => Escaped(line.TrimEnd()))).Append("</pre>\n");
                    break;
            }
        }

        return html.ToString();
    }

    /// <summary>A text as it may stand between tags and in quoted attributes.</summary>
    public static string Escaped(string text) => VisibleText.Of(text)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);

    private static void Table(StringBuilder html, PaperBlock.Table table, string caption)
    {
        html.Append("<table>\n");
        if (caption.Length > 0)
        {
            html.Append("<caption>").Append(Escaped(caption)).Append("</caption>\n");
        }

        html.Append("<thead><tr>");
        for (var j = 0; j < table.Headings.Count; j++)
        {
            html.Append("<th scope=\"col\"").Append(Right(table, j)).Append('>').Append(Cell(table.Headings[j])).Append("</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr><th scope=\"row\"").Append(AsText(row[0])).Append('>').Append(Cell(row[0])).Append("</th>");
            for (var j = 1; j < row.Count; j++)
            {
                html.Append("<td").Append(Right(table, j)).Append(AsText(row[j])).Append('>').Append(Cell(row[j])).Append("</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>\n");
    }

    private static string Right(PaperBlock.Table table, int column) => table.IsRight[column] ? " class=\"number\"" : string.Empty;

    /// <summary>A spreadsheet that opens the page must not take a text for a formula.</summary>
    private static string AsText(string cell) =>
        cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@'
        && !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? " style=\"mso-number-format:'\\@'\""
            : string.Empty;

    private static string Cell(string cell) => Escaped(cell).Replace("\n", "<br>", StringComparison.Ordinal);
}
