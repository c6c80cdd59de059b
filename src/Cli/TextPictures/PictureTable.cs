namespace MarginalConditional.Cli.TextPictures;

/// <summary>A table with a strip of a picture in each row: text columns to its left and right, and an axis below.</summary>
internal sealed class PictureTable
{
    private const int Gap = 2;
    private const int NarrowestStrip = 16;
    private const int NarrowestLabel = 10;
    private readonly PlotScale scale;
    private readonly string[] left;
    private readonly string[] right;
    private readonly List<(string[] Left, Action<Strip>? Draw, string[] Right)> rows = [];

    /// <summary>Creates the table with the headings of the columns left and right of the picture; the first column holds labels.</summary>
    public PictureTable(PlotScale scale, string[] left, string[] right)
    {
        this.scale = scale;
        this.left = left;
        this.right = right;
    }

    /// <summary>Adds a row; without <paramref name="draw"/> its strip shows the reference line only.</summary>
    public PictureTable Row(string[] leftCells, Action<Strip> draw, params string[] rightCells)
    {
        rows.Add((leftCells, draw, rightCells));
        return this;
    }

    /// <summary>Adds a rule between rows.</summary>
    public PictureTable Rule()
    {
        rows.Add(([], null, []));
        return this;
    }

    /// <summary>
    /// The lines, each at most <paramref name="width"/> characters: labels are
    /// shortened where needed, then columns are left out, those on the right first.
    /// </summary>
    public IEnumerable<string> Lines(int width)
    {
        var fitting = this;
        while (fitting.NarrowestWidth() > width && (fitting.right.Length > 0 || fitting.left.Length > 1))
        {
            fitting = fitting.Without();
        }

        return fitting.Drawn(width);
    }

    private int NarrowestWidth() => (2 * Gap) + NarrowestLabel + NarrowestStrip
        + Enumerable.Range(1, left.Length - 1).Sum(j => Gap + Text.Select(row => row.Left[j].Length).Append(left[j].Length).Max())
        + Enumerable.Range(0, right.Length).Sum(j => Gap + Text.Select(row => row.Right[j].Length).Append(right[j].Length).Max());

    private IEnumerable<(string[] Left, Action<Strip>? Draw, string[] Right)> Text => rows.Where(row => row.Draw is not null);

    // The same table without its last right column or, when there is none, without its last left one.
    private PictureTable Without()
    {
        var fromRight = right.Length > 0;
        var table = new PictureTable(scale, fromRight ? left : left[..^1], fromRight ? right[..^1] : right);
        table.rows.AddRange(rows.Select(row => row.Draw is null
            ? row
            : (fromRight ? row.Left : row.Left[..^1], row.Draw, fromRight ? row.Right[..^1] : row.Right)));
        return table;
    }

    private IEnumerable<string> Drawn(int width)
    {
        var text = Text.ToArray();
        var leftWidths = left.Select((heading, j) => text.Select(row => row.Left[j].Length).Append(heading.Length).Max()).ToArray();
        var rightWidths = right.Select((heading, j) => text.Select(row => row.Right[j].Length).Append(heading.Length).Max()).ToArray();
        var numbers = leftWidths.Skip(1).Concat(rightWidths).Sum(column => column + Gap);
        leftWidths[0] = Math.Min(
            leftWidths[0],
            Math.Max(NarrowestLabel, Math.Min(width / 3, width - numbers - NarrowestStrip - (2 * Gap))));
        var strip = Math.Max(NarrowestStrip, width - leftWidths[0] - numbers - (2 * Gap));

        yield return Line(left, new string(' ', strip), right).TrimEnd();
        var rule = " " + new string('\u2500', Math.Min(width, leftWidths[0] + numbers + strip + (2 * Gap)) - 1);
        yield return rule;
        foreach (var (cells, draw, rest) in rows)
        {
            if (draw is null)
            {
                yield return rule;
                continue;
            }

            var drawn = new Strip(scale, strip);
            draw(drawn);
            yield return Line(cells, drawn.ToString(), rest).TrimEnd();
        }

        var (axis, labels) = scale.Axis(strip);
        yield return Line([.. left.Select(_ => string.Empty)], axis, [.. right.Select(_ => string.Empty)]).TrimEnd();
        yield return Line([.. left.Select(_ => string.Empty)], labels.PadRight(strip), [.. right.Select(_ => string.Empty)]).TrimEnd();

        string Line(string[] before, string middle, string[] after) => "  "
            + string.Concat(before.Select((cell, j) => j == 0
                ? Shortened(cell, leftWidths[0]).PadRight(leftWidths[0] + Gap)
                : cell.PadLeft(leftWidths[j]) + new string(' ', Gap)))
            + middle
            + string.Concat(after.Select((cell, j) => new string(' ', Gap) + cell.PadLeft(rightWidths[j])));
    }

    private static string Shortened(string label, int width) =>
        label.Length <= width ? label : string.Concat(label.AsSpan(0, width - 1), "\u2026");
}
