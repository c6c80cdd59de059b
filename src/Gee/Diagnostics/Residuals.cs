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
