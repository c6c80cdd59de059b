using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Reports;

/// <summary>The marginal correlations of a fit between rows of one subject, by the distance of their waves.</summary>
internal static class MarginalCorrelations
{
    /// <summary>Calls back with the lag, the correlation, and the number of pairs that share it.</summary>
    public static void Add(LmmFit fit, Action<int, double, int> add)
    {
        var frame = fit.Frame;
        var data = fit.SpreadData();
        if (data.Hierarchy.Levels.Count == 0 && data.Residual is null)
        {
            AddIndependent(fit, add);
            return;
        }

        if (data.Hierarchy.Levels.Count == 0)
        {
            var index = 0;
            foreach (var unit in new MarginalCovariance(fit).Units())
            {
                var ranks = data.Residual!.Layout.Patterns[index++].Ranks;
                AddPairs(unit.Covariance, unit.Size, ranks, new int[unit.Size], unit.Multiplicity, add);
            }

            return;
        }

        var clusterOf = new int[frame.Rows];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            CancellationScope.Check();
            clusterOf.AsSpan(frame.Clusters.Start(c), frame.Clusters.Size(c)).Fill(c);
        }

        var order = data.Hierarchy.RowOrder;
        var row = 0;
        foreach (var unit in new MarginalCovariance(fit).Units())
        {
            var ranks = new int[unit.Size];
            var clusters = new int[unit.Size];
            for (var i = 0; i < unit.Size; i++, row++)
            {
                var at = order is null ? row : order[row];
                (ranks[i], clusters[i]) = (frame.Waves[at], clusterOf[at]);
            }

            AddPairs(unit.Covariance, unit.Size, ranks, clusters, 1, add);
        }
    }

    private static void AddIndependent(LmmFit fit, Action<int, double, int> add)
    {
        var frame = fit.Frame;
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            CancellationScope.Check();
            var waves = frame.Waves.Slice(frame.Clusters.Start(c), frame.Clusters.Size(c));
            for (var i = 0; i < waves.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    add(Math.Abs(waves[i] - waves[j]), 0, 1);
                }
            }
        }
    }

    private static void AddPairs(double[] covariance, int n, int[] ranks, int[] clusters, int count, Action<int, double, int> add)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (clusters[i] == clusters[j])
                {
                    add(
                        Math.Abs(ranks[i] - ranks[j]),
                        covariance[(i * n) + j] / Math.Sqrt(covariance[(i * n) + i] * covariance[(j * n) + j]),
                        count);
                }
            }
        }
    }
}
