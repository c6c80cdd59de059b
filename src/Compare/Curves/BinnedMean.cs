namespace MarginalConditional.Compare.Curves;

/// <summary>The outcome's mean over rows with similar values of a covariate.</summary>
/// <param name="Value">The covariate's mean in the bin.</param>
/// <param name="Mean">The outcome's, response scale; rows count by trials and weights.</param>
/// <param name="Rows">The number of rows.</param>
public readonly record struct BinnedMean(double Value, double Mean, int Rows)
{
    /// <summary>A bin for each value when there are few, else bins of about as many rows each.</summary>
    /// <param name="rows">Values of the covariate, outcomes, and what each row counts.</param>
    /// <param name="most">The most bins.</param>
    public static IReadOnlyList<BinnedMean> Of(IReadOnlyList<(double Value, double Outcome, double Count)> rows, int most)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var sorted = rows.OrderBy(row => row.Value).ToArray();
        var isFew = sorted.Select(row => row.Value).Distinct().Take(most + 1).Count() <= most;
        var bins = new List<BinnedMean>();
        for (int first = 0, end; first < sorted.Length; first = end)
        {
            end = isFew ? first + 1 : Math.Max(first + 1, (int)((bins.Count + 1L) * sorted.Length / most));

            // Equal values stay together.
            while (end < sorted.Length && sorted[end].Value == sorted[end - 1].Value)
            {
                end++;
            }

            var (value, outcome, count) = (0.0, 0.0, 0.0);
            foreach (var row in sorted.AsSpan(first, end - first))
            {
                value += row.Value;
                outcome += row.Count * row.Outcome;
                count += row.Count;
            }

            bins.Add(new BinnedMean(value / (end - first), outcome / count, end - first));
        }

        return bins;
    }
}
