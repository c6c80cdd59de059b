using MarginalConditional.Data;
using MarginalConditional.Glmm.Linear.Likelihood;

namespace MarginalConditional.Glmm.Linear.Inference;

/// <summary>The sandwich covariance of the coefficients: right when the mean is right, whatever the covariance over time is in truth.</summary>
/// <remarks>(X'V⁻¹X)⁻¹ Σ X'V⁻¹rr'V⁻¹X (X'V⁻¹X)⁻¹ over independent clusters (Liang and Zeger 1986; Verbeke and Molenberghs 2000, section 6.2.4).</remarks>
internal static class RobustCovariance
{
    /// <summary>The covariance, p×p.</summary>
    public static double[] Of(LmmFit fit)
    {
        var likelihood = fit.Likelihood;
        if (likelihood.Data.Hierarchy.IsCrossed)
        {
            throw new InputException("Robust standard errors need independent clusters; crossed random effects make all rows one cluster.") { Hint = "Leave out --se robust." };
        }

        likelihood.Evaluate(fit.Theta, fit.ResidualVariance, []);
        var rows = likelihood.Data.Rows;
        var p = rows.FixedEffects;
        var meat = new double[p * p];
        foreach (var score in Scores(fit))
        {
            SmallMatrix.AddCrossProduct(score, 1, p, meat);
        }

        SmallMatrix.MirrorLower(meat, p);
        var half = new double[p * p];
        var working = new double[p * p];
        SmallMatrix.Multiply(likelihood.Root.Inverse, meat, p, p, p, half);
        SmallMatrix.Multiply(half, likelihood.Root.Inverse, p, p, p, working);
        var result = new double[p * p];
        rows.CovarianceToOriginal(working, result);
        return result;
    }

    /// <summary>X̃'W⁻¹r of each cluster, in the coding of the working rows; the array is used again.</summary>
    private static IEnumerable<double[]> Scores(LmmFit fit)
    {
        var likelihood = fit.Likelihood;
        var levels = likelihood.Data.Hierarchy.Levels;
        var rows = likelihood.Data.Rows;
        var d = rows.FixedEffects + 1;
        var score = new double[d - 1];
        var moments = new double[d * d];
        if (levels.Count > 0)
        {
            var workspace = new SweepWorkspace(levels, d, null);
            for (var group = 0; group < levels[0].Groups; group++)
            {
                Array.Clear(moments);
                likelihood.Sweep.AddReduced(group, moments, workspace);
                yield return Fill(score, moments, likelihood.Root.Coefficients);
            }

            yield break;
        }

        var starts = likelihood.Data.Residual?.Layout.BlockStarts ?? fit.Frame.Clusters.Offsets.ToArray();
        var whitened = new double[(likelihood.Data.Residual?.MaximumBlock ?? 1) * d];
        for (var block = 0; block + 1 < starts.Length; block++)
        {
            Array.Clear(moments);
            var source = rows.Values.AsSpan(starts[block] * d, (starts[block + 1] - starts[block]) * d);
            if (likelihood.Data.Residual is { } residual)
            {
                var n = residual.Whiten(residual.Layout.Patterns[residual.Layout.BlockPatterns[block]], source, whitened);
                SmallMatrix.AddCrossProduct(whitened, n, d, moments);
            }
            else
            {
                SmallMatrix.AddCrossProduct(source, source.Length / d, d, moments);
            }

            yield return Fill(score, moments, likelihood.Root.Coefficients);
        }
    }

    private static double[] Fill(double[] score, double[] moments, ReadOnlySpan<double> coefficients)
    {
        var d = score.Length + 1;
        for (var i = 0; i < score.Length; i++)
        {
            var sum = moments[score.Length * d + i];
            for (var j = 0; j < score.Length; j++)
            {
                sum -= (j <= i ? moments[i * d + j] : moments[j * d + i]) * coefficients[j];
            }

            score[i] = sum;
        }

        return score;
    }
}
