using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Generators;

/// <summary>Smaller trials than one that breaks a law: fewer clusters first, then fewer rows, then simpler numbers.</summary>
/// <remarks>Every one is smaller in clusters, rows or the size of its numbers, so that looking for the smallest ends.</remarks>
internal static class TrialShrinker
{
    /// <summary>The smaller trials, those that leave out most first.</summary>
    public static IEnumerable<TrialData> Smaller(TrialData trial, TrialShape shape) =>
        FewerClusters(trial)
            .Concat(shape.HasEqualSizes ? FewerWaves(trial) : FewerRows(trial))
            .Concat(SimplerCounts(trial))
            .Concat(SimplerNumbers(trial))
            .Where(smaller => IsOf(smaller, shape));

    private static bool IsOf(TrialData trial, TrialShape shape) =>
        trial.Rows > 1 && trial.ClusterLabels.Count >= Math.Min(2, shape.FewestClusters) && Interior.Has(trial);

    private static IEnumerable<TrialData> FewerClusters(TrialData trial)
    {
        var labels = trial.ClusterLabels;
        for (var part = labels.Count / 2; part >= 1; part /= 2)
        {
            for (var start = 0; start < labels.Count; start += part)
            {
                var left = labels.Skip(start).Take(part).ToHashSet(StringComparer.Ordinal);
                yield return trial.Take(RowsWhere(trial, row => !left.Contains(trial.Clusters[row])));
            }
        }
    }

    private static IEnumerable<TrialData> FewerRows(TrialData trial)
    {
        for (var row = trial.Rows - 1; row >= 0; row--)
        {
            var left = row;
            yield return trial.Take(RowsWhere(trial, other => other != left));
        }
    }

    private static IEnumerable<TrialData> FewerWaves(TrialData trial)
    {
        foreach (var wave in trial.Waves.ToArray().Distinct().OrderDescending())
        {
            yield return trial.Take(RowsWhere(trial, row => trial.Waves[row] != wave));
        }
    }

    private static IEnumerable<TrialData> SimplerCounts(TrialData trial)
    {
        for (var row = 0; row < trial.Counts.Length; row++)
        {
            if (trial.Counts[row] > 1)
            {
                var counts = trial.Counts.ToArray();
                counts[row]--;
                yield return trial.WithCounts(counts);
            }
        }
    }

    private static IEnumerable<TrialData> SimplerNumbers(TrialData trial)
    {
        foreach (var simpler in Simpler(trial.Outcome.ToArray(), trial.Model.Family.IsResponseValid))
        {
            yield return trial.WithOutcome(simpler);
        }

        foreach (var covariate in trial.Model.Covariates.Where(covariate => !covariate.IsOfCluster))
        {
            foreach (var simpler in Simpler(trial.Column(covariate.Name).Values.ToArray(), _ => true))
            {
                yield return trial.With(new TrialColumn(covariate.Name, simpler));
            }
        }
    }

    /// <summary>All numbers whole at once, then one after the other zero or whole.</summary>
    private static IEnumerable<double[]> Simpler(double[] values, Func<double, bool> isAllowed)
    {
        if (Array.Exists(values, value => value != Math.Truncate(value)))
        {
            var whole = Array.ConvertAll(values, Math.Truncate);
            if (Array.TrueForAll(whole, value => isAllowed(value)))
            {
                yield return whole;
            }
        }

        for (var k = 0; k < values.Length; k++)
        {
            foreach (var simple in new[] { 0, Math.Truncate(values[k]) })
            {
                if (Math.Abs(simple) < Math.Abs(values[k]) && isAllowed(simple))
                {
                    double[] changed = [.. values];
                    changed[k] = simple;
                    yield return changed;
                }
            }
        }
    }

    private static int[] RowsWhere(TrialData trial, Func<int, bool> keeps) => [.. Enumerable.Range(0, trial.Rows).Where(keeps)];
}
