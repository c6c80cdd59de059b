using Spectre.Console;

namespace MarginalConditional.Cli.Output;

/// <summary>A table of text for an 80-column console: one rule under the header, numbers aligned at the decimal point.</summary>
/// <remarks>Columns move together by one character if that makes the table fit. What does not fit the width goes into a second block that repeats the first column; a line is never broken inside a number.</remarks>
internal sealed class TextTable
{
    private const int Indent = 2;
    private const int WideGap = 2;
    private const int NarrowGap = 1;
    private readonly string[] headings;
    private readonly bool[] right;
    private readonly List<string[]> rows = [];

    /// <summary>Creates a table; a heading that starts with <c>&gt;</c> has its column aligned to the right (and to the decimal point).</summary>
    public TextTable(params string[] headings)
    {
        right = [.. headings.Select(heading => heading.StartsWith('>'))];
        this.headings = [.. headings.Select(heading => heading.TrimStart('>'))];
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
        var columns = Enumerable.Range(0, headings.Length).Select(AlignedColumn).ToArray();
        var widths = columns.Select((column, j) => Math.Max(headings[j].Length, column.Length == 0 ? 0 : column.Max(cell => cell.Length))).ToArray();
        var gaps = widths.Length - 1;
        var wide = Indent + widths.Sum() + (WideGap * gaps);
        var gap = wide > console.Profile.Width && wide - ((WideGap - NarrowGap) * gaps) <= console.Profile.Width ? NarrowGap : WideGap;
        var others = widths.Length > 1 ? widths.Skip(1).Max() + gap : 0;
        widths[0] = Math.Min(widths[0], Math.Max(10, console.Profile.Width - Indent - others));
        var first = true;
        foreach (var block in Blocks(widths, gap, console.Profile.Width))
        {
            if (!first)
            {
                console.WriteLine();
            }

            WriteBlock(console, block, columns, widths, gap);
            first = false;
        }
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
        Line(console, gap, block.Select(j => Padded(headings[j], j, widths[j])), new Style(decoration: Decoration.Bold));
        console.Write(new Text(" " + new string('\u2500', Indent - 1 + block.Sum(j => widths[j] + gap) - gap) + "\n"));
        for (var i = 0; i < rows.Count; i++)
        {
            var terms = Broken(columns[0][i], widths[0]);
            foreach (var term in terms.SkipLast(1))
            {
                Line(console, gap, [term], Style.Plain);
            }

            Line(console, gap, block.Select(j => Padded(j == 0 ? terms[^1] : columns[j][i], j, widths[j])), Style.Plain);
        }
    }

    private static void Line(IAnsiConsole console, int gap, IEnumerable<string> cells, Style style) =>
        console.Write(new Text(new string(' ', Indent) + string.Join(new string(' ', gap), cells) + "\n", style));

    private string Padded(string cell, int column, int width) => right[column] ? cell.PadLeft(width) : cell.PadRight(width);

    /// <summary>The lines of a first cell: a long term is broken at colons, where R's interactions join.</summary>
    private static List<string> Broken(string cell, int width)
    {
        var lines = new List<string>();
        foreach (var part in cell.Split(':').SelectMany((part, k) => (k == 0 ? part : ":" + part).Chunk(width).Select(chunk => new string(chunk))))
        {
            if (lines.Count > 0 && lines[^1].Length + part.Length <= width)
            {
                lines[^1] += part;
            }
            else
            {
                lines.Add(part);
            }
        }

        return lines.Count == 0 ? [string.Empty] : lines;
    }

    /// <summary>Right-aligned cells that are all single numbers are padded so that their decimal points stand under each other.</summary>
    private string[] AlignedColumn(int j)
    {
        var cells = rows.Select(row => row[j]).ToArray();
        if (!right[j] || !cells.All(IsSingleNumber))
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
