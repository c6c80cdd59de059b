using Spectre.Console;

namespace MarginalConditional.Cli.Output;

/// <summary>A table of text for an 80-column console: one rule under the header, numbers aligned at the decimal point.</summary>
/// <remarks>What does not fit the width goes into a second block that repeats the first column; a line is never broken inside a number.</remarks>
internal sealed class TextTable
{
    private const int Indent = 2;
    private const int Gap = 2;
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
        var others = widths.Length > 1 ? widths.Skip(1).Max() + Gap : 0;
        widths[0] = Math.Min(widths[0], Math.Max(10, console.Profile.Width - Indent - others));
        foreach (var block in Blocks(widths, console.Profile.Width))
        {
            WriteBlock(console, block, columns, widths);
        }
    }

    private static IEnumerable<List<int>> Blocks(int[] widths, int available)
    {
        var block = new List<int> { 0 };
        var used = Indent + widths[0];
        for (var j = 1; j < widths.Length; j++)
        {
            if (block.Count > 1 && used + Gap + widths[j] > available)
            {
                yield return block;
                block = [0];
                used = Indent + widths[0];
            }

            block.Add(j);
            used += Gap + widths[j];
        }

        yield return block;
    }

    private void WriteBlock(IAnsiConsole console, List<int> block, string[][] columns, int[] widths)
    {
        var table = new Table { Border = RuleBelowHeader.Instance, ShowRowSeparators = false, UseSafeBorder = false, BorderStyle = Style.Plain };
        foreach (var j in block)
        {
            table.AddColumn(new TableColumn(new Text(headings[j], new Style(decoration: Decoration.Bold)))
            {
                Alignment = right[j] ? Justify.Right : Justify.Left,
                Width = widths[j],
                NoWrap = j > 0,
                Padding = new Padding(j == block[0] ? Indent : Gap, 0, 0, 0),
            });
        }

        for (var i = 0; i < rows.Count; i++)
        {
            table.AddRow(block.Select(j => new Text(j == 0 ? Breakable(columns[j][i], widths[0]) : columns[j][i])));
        }

        console.Write(table);
    }

    /// <summary>A long term gets its line breaks at colons, where R's interactions join.</summary>
    private static string Breakable(string cell, int width)
    {
        if (cell.Length <= width)
        {
            return cell;
        }

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

        return string.Join('\n', lines);
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
        cell.All(character => char.IsAsciiDigit(character) || character is '.' or ',' or '\u2212' or '\u2013' or '<' or '>' or ' ');

    private static int Decimals(string cell)
    {
        var point = cell.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : cell.Length - point;
    }
}
