using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>
/// The difference of means between the arms, standardized from a mixed
/// model averaged over its clusters, with its delta-method standard error.
/// </summary>
public sealed class StandardizedGlmmEstimator : MixedModelEstimator
{
    /// <inheritdoc/>
    public override IEstimand Target => StudyTarget.RiskDifference.ForArm(Arm);

    private protected override (double Estimate, double StandardError) Effect(Replicate replicate, GlmmFit fit)
    {
        var gradient = new double[fit.Parameters.Length];
        var difference = ArmDifference.Of(
            replicate, Arm, Adjust, fit.Coefficients, fit.Parameters[fit.Coefficients.Length], gradient);
        return (difference, Math.Sqrt(Dense.QuadraticForm(fit.JointCovariance, gradient)));
    }
}
