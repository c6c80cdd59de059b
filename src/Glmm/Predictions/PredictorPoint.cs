using System.Runtime.InteropServices;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Predictions;

/// <summary>A row's predictor at the modes of its groups, and that of its mean, which excess zeros thin; else they are the same.</summary>
/// <param name="Predictor">η (link scale).</param>
/// <param name="Error">Its standard error; not a number when the fit has no covariance.</param>
/// <param name="OfMean">The predictor whose mean is (1 − π)g⁻¹(η).</param>
/// <param name="OfMeanError">Its standard error.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PredictorPoint(double Predictor, double Error, double OfMean, double OfMeanError)
{
    /// <summary>By the delta method.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="predictor">η.</param>
    /// <param name="variance">That of the effects given the data and the parameters.</param>
    /// <param name="gradient">∂η/∂ψ, m values; becomes that of the mean's predictor.</param>
    /// <param name="inflation">w, the row of the log odds of excess zeros; empty where one probability holds for all, or none.</param>
    public static PredictorPoint Of(
        GlmmFit fit, double predictor, double variance, Span<double> gradient, ReadOnlySpan<double> inflation)
    {
        var error = ErrorOf(fit, variance, gradient);
        if (fit.InflationCoefficients.IsEmpty)
        {
            return new PredictorPoint(predictor, error, predictor, error);
        }

        var thinned = fit.Thinned(inflation);
        fit.ThinGradient(predictor, inflation, gradient);
        return new PredictorPoint(
            predictor, error, thinned.Of(predictor), ErrorOf(fit, thinned.Scale * thinned.Scale * variance, gradient));
    }

    private static double ErrorOf(GlmmFit fit, double variance, ReadOnlySpan<double> gradient) => fit.JointCovariance.IsEmpty
        ? double.NaN
        : Math.Sqrt(variance + Dense.QuadraticForm(fit.JointCovariance, gradient));
}
