using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Predictions;

/// <summary>The residuals of a mixed model around the means over all clusters.</summary>
/// <remarks>
/// Around the means of the rows' own clusters they would be pulled together by the very outcomes that they are of: predicted effects are
/// shrunken, and residuals then rise with fitted means where nothing is wrong.
/// </remarks>
public static class MarginalResiduals
{
    /// <summary>
    /// y − E g⁻¹(xβ̂ + zb) over the distribution of b, averaged over rows with neighbouring means, in ascending order of these.
    /// </summary>
    /// <param name="fit">A fit with finite estimates and a link whose mean over the effects exists.</param>
    /// <param name="level">The intervals' level, in (0, 1).</param>
    public static IReadOnlyList<ResidualBin> Binned(GlmmFit fit, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var frame = fit.Frame;
        var means = PredictedMeans.Marginal(fit, out _);
        double[] residuals = new double[means.Length], weights = new double[means.Length];
        for (var row = 0; row < means.Length; row++)
        {
            residuals[row] = frame.Response[row] - means[row];
            weights[row] = frame.WeightTimesTrials(row);
        }

        return ResidualBin.Of(means, residuals, weights, Variances(fit, means), frame.Clusters.Offsets, level);
    }

    /// <summary>Of a share of trials at least μ(1 − μ)/n, which is exact for one trial; of other families none is known.</summary>
    private static double[] Variances(GlmmFit fit, double[] means)
    {
        if (fit.Family != Family.Binomial)
        {
            return [];
        }

        var variances = new double[means.Length];
        for (var row = 0; row < means.Length; row++)
        {
            var weight = fit.Frame.WeightTimesTrials(row);
            variances[row] = weight > 0 ? means[row] * (1 - means[row]) / weight : 0;
        }

        return variances;
    }
}
