using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Inference;

/// <summary>
/// Satterthwaite's degrees of freedom: 2(LCLᵀ)² / gᵀAg, g the derivatives
/// of LCLᵀ by the covariance parameters, A their asymptotic covariance.
/// </summary>
internal sealed class SatterthwaiteInference : MomentInference
{
    private readonly CovarianceCurvature curvature;

    private SatterthwaiteInference(LmmFit fit, CovarianceCurvature curvature)
        : base(fit, fit.Covariance.ToArray()) => this.curvature = curvature;

    /// <summary>Computes what all contrasts share.</summary>
    public static SatterthwaiteInference Create(LmmFit fit) => new(fit, CovarianceCurvature.Of(fit));

    /// <inheritdoc/>
    public override double DegreesOfFreedom(ReadOnlySpan<double> contrast)
    {
        var p = contrast.Length;
        var count = curvature.Derivatives.Length;
        var variance = Dense.QuadraticForm(Covariance[..(p * p)], contrast);
        var gradient = new double[count];
        for (var k = 0; k < count; k++)
        {
            gradient[k] = Dense.QuadraticForm(curvature.Derivatives[k], contrast);
        }

        var spread = Dense.QuadraticForm(curvature.Asymptotic, gradient);
        return spread > 0 ? 2 * variance * variance / spread : double.PositiveInfinity;
    }
}
