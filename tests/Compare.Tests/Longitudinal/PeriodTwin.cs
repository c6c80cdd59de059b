namespace MarginalConditional.Compare.Tests.Longitudinal;

/// <summary>The four averages of a trial by period from their definitions, cell by cell, with no thought of speed.</summary>
internal static class PeriodTwin
{
    /// <summary>The means under both arms of the four averages: h-iATE, h-cATE, v-iATE, v-cATE.</summary>
    /// <param name="rows">The trial.</param>
    /// <param name="predict">The mean of a row under an arm by a working model; null for the cells' own means.</param>
    public static (double Control, double Treated)[] Means(IReadOnlyList<WedgeRow> rows, Func<WedgeRow, int, double>? predict)
    {
        var kept = rows.GroupBy(row => row.Period)
            .Where(period => period.Select(row => row.Arm).Distinct().Count() == 2)
            .Select(period => period.Key)
            .ToHashSet();
        var cells = rows.Where(row => kept.Contains(row.Period)).GroupBy(row => (row.Cluster, row.Period)).ToList();
        var ofCluster = cells.GroupBy(cell => cell.Key.Cluster).ToDictionary(c => c.Key, c => (double)c.Sum(cell => cell.Count()));
        var ofPeriod = cells.GroupBy(cell => cell.Key.Period).ToDictionary(p => p.Key, p => (double)p.Sum(cell => cell.Count()));
        return
        [
            Mean(cell => cell.Count(), horizontal: true),
            Mean(cell => cell.Count() / ofCluster[cell.Key.Cluster], horizontal: true),
            Mean(cell => cell.Count() / ofPeriod[cell.Key.Period], horizontal: false),
            Mean(_ => 1, horizontal: false),
        ];

        (double Control, double Treated) Mean(Func<IGrouping<(int Cluster, int Period), WedgeRow>, double> weight, bool horizontal)
        {
            var means = new double[2];
            for (var arm = 0; arm < 2; arm++)
            {
                var (total, weights) = (0.0, 0.0);
                foreach (var period in kept)
                {
                    var here = cells.Where(cell => cell.Key.Period == period).ToList();
                    var given = here.Where(cell => cell.First().Arm == arm).ToList();
                    double Predicted(IEnumerable<WedgeRow> cell) => predict is null ? 0 : cell.Average(row => predict(row, arm));
                    var mean = (here.Sum(cell => weight(cell) * Predicted(cell)) / here.Sum(weight))
                        + (given.Sum(cell => weight(cell) * (cell.Average(row => row.Y) - Predicted(cell))) / given.Sum(weight));
                    var share = horizontal ? here.Sum(weight) : 1;
                    total += share * mean;
                    weights += share;
                }

                means[arm] = total / weights;
            }

            return (means[0], means[1]);
        }
    }
}
