using MarginalConditional.Lmm.Inference;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>What a linear mixed model says about one coefficient.</summary>
internal static class LinearEffect
{
    /// <summary>Estimate, standard error and degrees of freedom of a coefficient.</summary>
    /// <param name="inference">Of the fit.</param>
    /// <param name="column">The coefficient.</param>
    /// <param name="converged">Whether the fit converged.</param>
    /// <param name="warned">Whether it had something to warn about.</param>
    public static EffectEstimate Of(LmmInference inference, int column, bool converged, bool warned)
    {
        var p = inference.Fit.Coefficients.Length;
        Span<double> unit = p <= 64 ? stackalloc double[p] : new double[p];
        unit.Clear();
        unit[column] = 1;
        return EffectEstimate.Of(
            inference.Fit.Coefficients[column],
            Math.Sqrt(inference.Covariance[column * (p + 1)]),
            inference.DegreesOfFreedom(unit),
            converged,
            warned);
    }
}
