using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Inference;

/// <summary>Wald tests that refer to the normal and χ², with the model-based or another covariance.</summary>
internal sealed class NormalInference : LmmInference
{
    /// <summary>With the model-based covariance.</summary>
    public NormalInference(LmmFit fit)
        : base(fit, fit.Covariance.ToArray())
    {
    }

    /// <summary>With a given covariance, p×p.</summary>
    public NormalInference(LmmFit fit, double[] covariance)
        : base(fit, covariance)
    {
    }

    /// <inheritdoc/>
    public override double DegreesOfFreedom(ReadOnlySpan<double> contrast) => double.PositiveInfinity;

    /// <inheritdoc/>
    public override WaldTest Test(IReadOnlyList<Contrast> contrasts) => WaldTest.Joint(contrasts, Fit.Coefficients, Covariance);
}
