namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>How the rows of a cluster are shared out over periods: as evenly as can be, persons in the same order.</summary>
/// <param name="Periods">The number of periods, 1 or more.</param>
internal sealed record PeriodPlan(int Periods)
{
    /// <summary>The period of a row, from 0.</summary>
    public int Period(int row, int size) => (int)((long)row * Periods / size);

    /// <summary>The place of a row within its period, from 0: the person.</summary>
    public int Person(int row, int size)
    {
        var period = (long)Period(row, size);
        return (int)(row - (((period * size) + Periods - 1) / Periods));
    }

    /// <summary>The names of columns for the periods after the first.</summary>
    public IEnumerable<string> Columns => Enumerable.Range(2, Periods - 1).Select(period => FormattableString.Invariant($"period{period}"));

    /// <summary>Fills these columns for a row.</summary>
    public void Fill(int row, int size, Span<double> columns)
    {
        columns.Clear();
        if (Period(row, size) is > 0 and var period)
        {
            columns[period - 1] = 1;
        }
    }
}
