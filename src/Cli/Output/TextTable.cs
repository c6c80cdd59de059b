using MarginalConditional.Report.Paper;
using Spectre.Console;

namespace MarginalConditional.Cli.Output;

/// <summary>A table of text for an 80-column console: one rule under the header, numbers aligned at the decimal point.</summary>
/// <remarks>
/// Columns move together by one character if that makes the table fit. What does not fit the width
/// goes into a second block that repeats the first column; texts are broken at words, numbers never.
/// </remarks>
internal sealed class TextTable
{
    private const int Indent = 2;
    private const int WideGap = 2;
    private const int NarrowGap = 1;
    private const int NarrowestFirst = 10;
    private const int NarrowestText = 16;
    private readonly string[] headings;
    private readonly bool[] right;
    private readonly List<string[]> rows = [];

    /// <summary>
    /// Creates a table; a heading that starts with <c>&gt;</c> has its column aligned to the right (and to the decimal point).
    /// </summary>
    public TextTable(params string[] headings)
    {
        right = Array.ConvertAll(headings, heading => heading.StartsWith('>'));
        this.headings = Array.ConvertAll(headings, heading => heading.TrimStart('>'));
    }

    /// <summary>Adds a row: one plain text a column.</summary>
    public TextTable Row(params string[] cells)
    {
        if (cells.Length != headings.Length)
        {
            throw new ArgumentException($"A row of this table has {headings.Length} cells, not {cells.Length}.", nameof(cells));
        }

        rows.Add(cells);
        return this;
    }

    /// <summary>Writes the table, in as many blocks as the width needs.</summary>
    public void WriteTo(IAnsiConsole console)
    {
        if (console is PaperConsole paper)
        {
            paper.Add(new PaperBlock.Table(headings, right, rows));
            return;
        }

        var available = console.Profile.Width;
        var columns = new string[headings.Length][];
        var widths = new int[headings.Length];
        var wide = Indent;
        for (var j = 0; j < columns.Length; j++)
        {
            columns[j] = AlignedColumn(j);
            widths[j] = Longest([headings[j], .. columns[j]]);
            wide += widths[j] + (j > 0 ? WideGap : 0);
        }

        var gaps = widths.Length - 1;
        var gap = wide > available && wide - ((WideGap - NarrowGap) * gaps) <= available ? NarrowGap : WideGap;
        Narrow(widths, gap, available);
        var first = true;
        foreach (var block in Blocks(widths, gap, available))
        {
            if (!first)
            {
                console.WriteLine();
            }

            WriteBlock(console, block, columns, widths, gap);
            first = false;
        }
    }

    /// <summary>
    /// Makes room for the widest column beside the first: the first is broken at words, and so is a column of text that still does not fit.
    /// </summary>
    private void Narrow(int[] widths, int gap, int available)
    {
        var others = 0;
        for (var j = 1; j < widths.Length; j++)
        {
            others = Math.Max(others, gap + (right[j] ? widths[j] : Math.Min(widths[j], NarrowestText)));
        }

        widths[0] = Math.Min(widths[0], Math.Max(NarrowestFirst, available - Indent - others));
        var rest = Math.Max(NarrowestText, available - Indent - widths[0] - gap);
        for (var j = 1; j < widths.Length; j++)
        {
            widths[j] = right[j] ? widths[j] : Math.Min(widths[j], rest);
        }
    }

    /// <summary>Characters of the longest line of some cells.</summary>
    private static int Longest(IEnumerable<string> cells)
    {
        var longest = 0;
        foreach (var line in cells.SelectMany(cell => cell.Split('\n')))
        {
            longest = Math.Max(longest, line.Length);
        }

        return longest;
    }

    private static IEnumerable<List<int>> Blocks(int[] widths, int gap, int available)
    {
        var block = new List<int> { 0 };
        var used = Indent + widths[0];
        for (var j = 1; j < widths.Length; j++)
        {
            if (block.Count > 1 && used + gap + widths[j] > available)
            {
                yield return block;
                block = [0];
                used = Indent + widths[0];
            }

            block.Add(j);
            used += gap + widths[j];
        }

        yield return block;
    }

    private void WriteBlock(IAnsiConsole console, List<int> block, string[][] columns, int[] widths, int gap)
    {
        var heads = block.ConvertAll(j => Broken(headings[j], widths[j]));
        var height = heads.Max(lines => lines.Count);
        for (var line = 0; line < height; line++)
        {
            var text = Padded(block, widths, k => heads[k].ElementAtOrDefault(line - height + heads[k].Count));
            Line(console, gap, text, new Style(decoration: Decoration.Bold));
        }

        var rule = Indent - 1 - gap;
        block.ForEach(j => rule += widths[j] + gap);
        console.Write(new Text(" " + new string('\u2500', rule) + "\n"));
        for (var i = 0; i < rows.Count; i++)
        {
            WriteRow(console, block, block.ConvertAll(j => Broken(columns[j][i], widths[j])), widths, gap);
        }
    }

    /// <summary>The other cells start beside the last line of the first one.</summary>
    private void WriteRow(IAnsiConsole console, List<int> block, List<List<string>> cells, int[] widths, int gap)
    {
        foreach (var line in cells[0].SkipLast(1))
        {
            Line(console, gap, [line], Style.Plain);
        }

        var height = 1;
        for (var k = 1; k < cells.Count; k++)
        {
            height = Math.Max(height, cells[k].Count);
        }

        for (var line = 0; line < height; line++)
        {
            var text = Padded(block, widths, k => cells[k].ElementAtOrDefault(k > 0 ? line : line == 0 ? cells[0].Count - 1 : -1));
            Line(console, gap, text, Style.Plain);
        }
    }

    private static void Line(IAnsiConsole console, int gap, IEnumerable<string> cells, Style style) =>
        console.Write(new Text(new string(' ', Indent) + string.Join(new string(' ', gap), cells) + "\n", style));

    /// <summary>A text for each column of a block, as wide as the column.</summary>
    private string[] Padded(List<int> block, int[] widths, Func<int, string?> textOf)
    {
        var padded = new string[block.Count];
        for (var k = 0; k < padded.Length; k++)
        {
            var (text, width) = (textOf(k) ?? string.Empty, widths[block[k]]);
            padded[k] = right[block[k]] ? text.PadLeft(width) : text.PadRight(width);
        }

        return padded;
    }

    /// <summary>
    /// The lines of a cell: broken at line feeds, after spaces, before the colons that
    /// join R's interactions, and inside a word only if it is longer than a line.
    /// </summary>
    private static List<string> Broken(string cell, int width)
    {
        var lines = new List<string>();
        foreach (var paragraph in cell.Split('\n'))
        {
            var line = string.Empty;
            foreach (var piece in Pieces(paragraph).SelectMany(piece => piece.Length <= width
                ? [piece]
                : piece.Chunk(width).Select(chunk => new string(chunk))))
            {
                if (line.Length + piece.TrimEnd().Length > width)
                {
                    lines.Add(line.TrimEnd());
                    line = string.Empty;
                }

                line += piece;
            }

            lines.Add(line);
        }

        return lines;
    }

    private static IEnumerable<string> Pieces(string text)
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if ((text[i - 1] == ' ' && text[i] != ' ' && start < i && text.AsSpan(start, i - start).ContainsAnyExcept(' '))
                || text[i] == ':')
            {
                yield return text[start..i];
                start = i;
            }
        }

        yield return text[start..];
    }

    /// <summary>Right-aligned cells that are all single numbers are padded so that their decimal points stand under each other.</summary>
    private string[] AlignedColumn(int j)
    {
        var cells = rows.Select(row => row[j]).ToArray();
        if (cells.Length == 0 || !right[j] || !cells.All(IsSingleNumber))
        {
            return cells;
        }

        var decimals = cells.Max(Decimals);
        return [.. cells.Select(cell => cell + new string(' ', decimals - Decimals(cell)))];
    }

    private static bool IsSingleNumber(string cell) =>
        cell == "\u2013" || cell.All(character => char.IsAsciiDigit(character) || character is '.' or ',' or '\u2212' or '<' or '>' or ' ');

    private static int Decimals(string cell)
    {
        var point = cell.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : cell.Length - point;
    }
}
