using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Summaries;

/// <summary>How often an assignment that could have been made gives as large a statistic as the one that was.</summary>
internal static class ReassignmentTest
{
    /// <summary>The two-sided p of several statistics over the same assignments.</summary>
    /// <param name="assignments">All of them, or a sample.</param>
    /// <param name="treated">The assignment that was made.</param>
    /// <param name="statistics">Of an assignment.</param>
    /// <param name="tie">The relative difference of two statistics that are the same but for rounding.</param>
    /// <returns>Each statistic's value and p: #/B over all assignments, else (1 + #)/(1 + B) (Phipson and Smyth 2010).</returns>
    public static IReadOnlyList<(double Statistic, double PValue)> Run(
        Reassignments assignments, ReadOnlySpan<bool> treated, IReadOnlyList<AssignmentStatistic> statistics, double tie)
    {
        var observed = new double[statistics.Count];
        for (var k = 0; k < observed.Length; k++)
        {
            observed[k] = statistics[k](treated);
        }

        var extreme = new int[observed.Length];
        var (other, scratch) = (new bool[treated.Length], new int[treated.Length]);
        using var work = LongWork.Begin("assignments of clusters", assignments.Count);
        for (var r = 0; r < assignments.Count; r++)
        {
            assignments.Write(r, other, scratch);
            for (var k = 0; k < observed.Length; k++)
            {
                extreme[k] += Math.Abs(statistics[k](other)) >= Math.Abs(observed[k]) * (1 - tie) ? 1 : 0;
            }

            work.Step();
        }

        return
        [
            .. observed.Select((value, k) => (value, double.IsNaN(value) ? double.NaN
                : assignments.IsExact ? (double)extreme[k] / assignments.Count
                : (1.0 + extreme[k]) / (1.0 + assignments.Count))),
        ];
    }
}
