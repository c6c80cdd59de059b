using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Residual;

/// <summary>The covariance over waves of least-squares residuals, from the pairs of waves that subjects have.</summary>
internal static class EmpiricalCovariance
{
    /// <summary>No wave starts with a smaller share of the mean variance.</summary>
    private const double SmallestShare = 1e-3;

    /// <summary>What covariances are multiplied by until the matrix is positive definite.</summary>
    private const double Shrinkage = 0.8;

    /// <summary>The covariance of a group's residuals, m×m, shrunk towards its diagonal until it is positive definite.</summary>
    public static double[] Of(ResidualModel model, int group)
    {
        var m = model.Layout.Waves;
        var sums = new double[m * m];
        var counts = new double[m * m];
        foreach (var pattern in model.Layout.Patterns)
        {
            AddCounts(pattern, group, m, counts);
        }

        for (var block = 0; block < model.BlockPatterns.Length; block++)
        {
            var pattern = model.Layout.Patterns[model.BlockPatterns[block]];
            if (pattern.Group != group)
            {
                continue;
            }

            for (var i = 0; i < pattern.Size; i++)
            {
                for (var j = 0; j < pattern.Size; j++)
                {
                    sums[(pattern.Ranks[i] * m) + pattern.Ranks[j]] += Response(model, block, i) * Response(model, block, j);
                }
            }
        }

        return MakeDefinite(sums, counts, m);
    }

    private static double Response(ResidualModel model, int block, int row) =>
        model.Rows[((model.BlockStarts[block] + row + 1) * model.Width) - 1];

    private static void AddCounts(WavePattern pattern, int group, int m, double[] counts)
    {
        if (pattern.Group != group)
        {
            return;
        }

        foreach (var i in pattern.Ranks)
        {
            foreach (var j in pattern.Ranks)
            {
                counts[(i * m) + j] += pattern.Subjects;
            }
        }
    }

    private static double[] MakeDefinite(double[] sums, double[] counts, int m)
    {
        var total = 0.0;
        var rows = 0.0;
        for (var i = 0; i < m; i++)
        {
            total += sums[(i * m) + i];
            rows += counts[(i * m) + i];
        }

        var mean = total > 0 ? total / rows : 1;
        for (var i = 0; i < m * m; i++)
        {
            sums[i] = counts[i] > 0 ? sums[i] / counts[i] : 0;
        }

        for (var i = 0; i < m; i++)
        {
            sums[(i * m) + i] = Math.Max(sums[(i * m) + i], SmallestShare * mean);
        }

        while (!Cholesky.TryFactor((double[])sums.Clone(), m, out _, Cholesky.Definite))
        {
            for (var i = 0; i < m * m; i++)
            {
                sums[i] *= i % (m + 1) == 0 ? 1 : Shrinkage;
            }
        }

        return sums;
    }
}
