using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Glmm.Predictions;

/// <summary>Predicted means of the frame's rows, for the clusters in the data and for the population.</summary>
public static class PredictedMeans
{
    /// <summary>g⁻¹(xβ + zb̂) for every row, less excess zeros: each cluster at its own conditional mode.</summary>
    public static double[] Conditional(GlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var predictor = LinearPredictor.Of(fit.Frame, fit.Coefficients);
        var terms = fit.Model.Levels.SelectMany(level => level.Terms).ToArray();
        for (var t = 0; t < terms.Length; t++)
        {
            var modes = fit.RandomEffects[t].Modes;
            var q = terms[t].Dimension;
            for (var i = 0; i < predictor.Length; i++)
            {
                for (var a = 0; a < q; a++)
                {
                    predictor[i] += terms[t].Column(a)[i] * modes[(terms[t].Groups[i] * q) + a];
                }
            }
        }

        return Means(fit, predictor);
    }

    /// <summary>g⁻¹(xβ) for every row, less excess zeros: a cluster whose random effects are zero.</summary>
    public static double[] Typical(GlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return Means(fit, LinearPredictor.Of(fit.Frame, fit.Coefficients));
    }

    /// <summary>
    /// E g⁻¹(xβ + zb) over the distribution of the random effects for every row, less excess zeros, with
    /// delta-method standard errors; not numbers for the inverse link, whose mean does not exist, and without a maximum.
    /// </summary>
    /// <param name="fit">A fit.</param>
    /// <param name="standardErrors">Receives the standard errors, n; not numbers when the fit has no covariance.</param>
    public static double[] Marginal(GlmmFit fit, out double[] standardErrors)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var means = LinearPredictor.Of(fit.Frame, fit.Coefficients);
        standardErrors = new double[means.Length];
        if (!MarginalMean.Exists(fit.Link) || fit.IsUnbounded)
        {
            Array.Fill(means, double.NaN);
            Array.Fill(standardErrors, double.NaN);
            return means;
        }

        var slope = new double[fit.ParameterCount];
        var x = new double[fit.Coefficients.Length];
        var row = 0;
        Func<RandomTermDesign, int, double> loading = (term, effect) => term.Column(effect)[row];
        for (; row < means.Length; row++)
        {
            for (var j = 0; j < x.Length; j++)
            {
                x[j] = fit.Frame.Design.Column(j)[row];
            }

            means[row] = Marginal(fit, means[row], x, loading, fit.Frame.InflationRow(row), slope);
            standardErrors[row] = fit.JointCovariance.IsEmpty ? double.NaN : Math.Sqrt(Dense.QuadraticForm(fit.JointCovariance, slope));
        }

        return means;
    }

    /// <summary>
    /// E g⁻¹(η + zb) of any row over the distribution of the random effects, less excess zeros, and its slopes in all parameters.
    /// </summary>
    /// <param name="fit">A fit whose link has such a mean.</param>
    /// <param name="predictor">η = xβ + offset (link scale).</param>
    /// <param name="x">The row of the fixed part, p values.</param>
    /// <param name="loading">The row of the random part: for a term of the frame and one of its effects the value of z.</param>
    /// <param name="inflation">w, the row of the log odds of excess zeros; empty where one probability holds for all, or none.</param>
    /// <param name="slope">Receives ∂/∂ψ, m values.</param>
    public static double Marginal(
        GlmmFit fit,
        double predictor,
        ReadOnlySpan<double> x,
        Func<RandomTermDesign, int, double> loading,
        ReadOnlySpan<double> inflation,
        Span<double> slope)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(loading);
        var spread = Math.Sqrt(Variance(fit, loading, slope));
        var thinned = fit.Thinned(inflation);
        var point = MarginalMean.For(fit.Link).At(thinned.Of(predictor), thinned.Scale * spread);
        var factor = spread > 0 ? thinned.Scale * point.MeanSpreadSlope / (2 * spread) : 0;
        for (var j = x.Length; j < slope.Length; j++)
        {
            slope[j] *= factor;
        }

        for (var j = 0; j < x.Length; j++)
        {
            slope[j] = thinned.Scale * point.MeanSlope * x[j];
        }

        fit.AddInflationSlope(
            (point.MeanSlope * thinned.Slope(predictor)) + (point.MeanSpreadSlope * thinned.ScaleSlope * spread), inflation, slope);
        return point.Mean;
    }

    private static double[] Means(GlmmFit fit, double[] predictor)
    {
        for (var row = 0; row < predictor.Length; row++)
        {
            predictor[row] = fit.Thinned(fit.Frame.InflationRow(row)).Of(predictor[row]);
        }

        fit.Link.Mean(predictor, predictor);
        return predictor;
    }

    /// <summary>zᵀDz over all terms, and its derivatives in the Cholesky parameters: with w = Lᵀz, ∂/∂L_ab = 2 z_a w_b.</summary>
    /// <param name="fit">A fit.</param>
    /// <param name="loading">For a term of the frame and one of its effects the value of z.</param>
    /// <param name="slope">Receives the derivatives in all m parameters, of which only these are not 0.</param>
    public static double Variance(GlmmFit fit, Func<RandomTermDesign, int, double> loading, Span<double> slope)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(loading);
        slope.Clear();
        var variance = 0.0;
        var at = fit.Coefficients.Length;
        foreach (var level in fit.Model.Levels)
        {
            var theta = fit.Parameters.Slice(at, level.Reported.Count);
            var projections = new double[level.Reported.Dimension];
            foreach (var entry in level.Reported.Entries)
            {
                projections[level.Reported.Column(entry.Parameter)] +=
                    theta[entry.Parameter] * loading(level.Terms[entry.Term], entry.Row);
            }

            foreach (var projection in projections)
            {
                variance += projection * projection;
            }

            foreach (var entry in level.Reported.Entries)
            {
                slope[at++] = 2 * loading(level.Terms[entry.Term], entry.Row) * projections[level.Reported.Column(entry.Parameter)];
            }
        }

        return variance;
    }
}
