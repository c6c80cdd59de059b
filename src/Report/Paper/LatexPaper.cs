using System.Text;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Paper;

/// <summary>Writes a document in LaTeX: tables of the package booktabs, without a float around them.</summary>
public static class LatexPaper
{
    /// <summary>The document's body; compile it with a Unicode engine, or with pdflatex and the characters it knows.</summary>
    public static string Write(PaperDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var text = new StringBuilder("% \\usepackage{booktabs}\n");
        foreach (var block in document.Blocks)
        {
            text.Append('\n');
            switch (block)
            {
                case PaperBlock.Text { IsHeading: true } heading:
                    text.Append("\\textbf{").Append(Escaped(heading.Content)).Append("}\n");
                    break;
                case PaperBlock.Text paragraph:
                    text.Append(Escaped(paragraph.Content)).Append('\n');
                    break;
                case PaperBlock.Table table:
                    Table(text, table);
                    break;
                case PaperBlock.Verbatim verbatim:
                    text.Append("\\begin{verbatim}\n")
                        .AppendJoin('\n', verbatim.Lines.Select(line =>
                            line.TrimEnd().Replace("\\end{verbatim}", "\\end {verbatim}", StringComparison.Ordinal)))
                        .Append("\n\\end{verbatim}\n");
                    break;
            }
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, PaperBlock.Table table)
    {
        text.Append("\\begin{tabular}{")
            .AppendJoin(string.Empty, table.IsRight.Select(right => right ? "r" : "l"))
            .Append("}\n\\toprule\n");
        Row(text, table.Headings);
        text.Append("\\midrule\n");
        foreach (var row in table.Rows)
        {
            Row(text, row);
        }

        text.Append("\\bottomrule\n\\end{tabular}\n");
    }

    // A cell that begins with a bracket would be taken for the argument of the line end before it.
    private static void Row(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append(cells[0].StartsWith('[') ? "{}" : string.Empty)
            .AppendJoin(" & ", cells.Select(Escaped))
            .Append(" \\\\\n");

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in VisibleText.Of(text))
        {
            escaped.Append(character switch
            {
                '\\' => "\\textbackslash{}",
                '~' => "\\textasciitilde{}",
                '^' => "\\textasciicircum{}",
                '_' or '%' or '&' or '#' or '$' or '{' or '}' => "\\" + character,
                '<' => "\\textless{}",
                '>' => "\\textgreater{}",
                '|' => "\\textbar{}",
                '"' => "\\textquotedbl{}",
                '\n' => " ",
                '\u00A0' => "~",
                '\u2212' => "-",
                '\u221E' => "$\\infty$",
                '\u00D7' => "$\\times$",
                '\u00B7' => "$\\cdot$",
                '\u00B2' => "\\textsuperscript{2}",
                '\u2013' => "--",
                '\u2026' => "\\dots{}",
                '\u03B1' => "$\\alpha$",
                '\u03B2' => "$\\beta$",
                '\u03C1' => "$\\rho$",
                '\u03C3' => "$\\sigma$",
                '\u03C4' => "$\\tau$",
                '\u03C7' => "$\\chi$",
                '\u00BD' => "$\\frac{1}{2}$",
                (>= '\u2080' and <= '\u2089') and var subscript => $"$_{{{subscript - '\u2080'}}}$",
                _ => character.ToString(),
            });
        }

        return escaped.ToString();
    }
}
