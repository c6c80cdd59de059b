namespace MarginalConditional.Cli.TextPictures;

/// <summary>One line of a text picture: intervals and marks over the vertical line of the reference.</summary>
internal sealed class Strip
{
    private readonly char[] cells;
    private readonly PlotScale scale;

    /// <summary>An empty strip with the reference line.</summary>
    public Strip(PlotScale scale, int width)
    {
        this.scale = scale;
        cells = new string(' ', width).ToCharArray();
        Mark(scale.Reference, '\u250A');
    }

    /// <summary>What stands at the edges for what lies beyond them.</summary>
    public const string Arrows = "\u2190\u2192";

    /// <summary>Draws an interval; an end that lies outside is drawn as an arrow.</summary>
    /// <param name="lower">The lower limit.</param>
    /// <param name="upper">The upper limit.</param>
    /// <param name="pieces">Left end, line, right end.</param>
    public Strip Interval(double lower, double upper, string pieces = "\u251C\u2500\u2524")
    {
        if (double.IsNaN(lower) || double.IsNaN(upper))
        {
            return this;
        }

        int from = scale.Column(lower, cells.Length), to = scale.Column(upper, cells.Length);
        for (var i = Math.Max(from, 0); i <= Math.Min(to, cells.Length - 1); i++)
        {
            cells[i] = pieces[1];
        }

        End(from, pieces[0]);
        End(to, pieces[2]);
        return this;
    }

    /// <summary>Draws one character at a value, or an arrow at the edge it lies beyond.</summary>
    public Strip Mark(double value, char mark)
    {
        if (!double.IsNaN(value))
        {
            End(scale.Column(value, cells.Length), mark);
        }

        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => new(cells);

    private void End(int column, char mark)
    {
        if (column < 0)
        {
            cells[0] = Arrows[0];
        }
        else if (column >= cells.Length)
        {
            cells[^1] = Arrows[1];
        }
        else
        {
            cells[column] = mark;
        }
    }
}
