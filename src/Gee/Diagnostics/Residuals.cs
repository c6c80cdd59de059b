using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Diagnostics;

/// <summary>The residuals of a fit, one a row in the frame's order.</summary>
public static class Residuals
{
    /// <summary>y − μ̂ (response scale), n values.</summary>
    public static double[] Raw(GeeFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var means = fit.FittedMeans();
        for (var row = 0; row < means.Length; row++)
        {
            means[row] = fit.Frame.Response[row] - means[row];
        }

        return means;
    }

    /// <summary>Mean residuals of rows with neighbouring fitted means, in ascending order of these.</summary>
    /// <param name="fit">A fit with finite estimates.</param>
    /// <param name="level">The intervals' level, in (0, 1).</param>
    public static IReadOnlyList<ResidualBin> Binned(GeeFit fit, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var means = fit.FittedMeans();
        var variances = new double[means.Length];
        for (var row = 0; row < means.Length; row++)
        {
            var weight = fit.Data.Weights.Length > 0 ? fit.Data.Weights[row] : 1;
            variances[row] = weight > 0 ? fit.Scale * fit.Options.Family.Variance(means[row]) / weight : 0;
        }

        return ResidualBin.Of(means, Raw(fit), fit.Data.Weights, variances, fit.Frame.Clusters.Offsets, level);
    }

    /// <summary>√w (y − μ̂) / √(φ̂ v(μ̂)), n values of about unit variance.</summary>
    public static double[] Pearson(GeeFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var values = fit.FittedMeans();
        for (var row = 0; row < values.Length; row++)
        {
            var weight = fit.Data.Weights.Length > 0 ? fit.Data.Weights[row] : 1;
            values[row] =
                Math.Sqrt(weight / (fit.Scale * fit.Options.Family.Variance(values[row]))) * (fit.Frame.Response[row] - values[row]);
        }

        return values;
    }
}
