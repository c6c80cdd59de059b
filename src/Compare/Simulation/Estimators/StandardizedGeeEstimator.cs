using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The difference of means between the arms, standardized from a GEE fit, with its delta-method standard error.</summary>
public sealed class StandardizedGeeEstimator : IEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => StudyTarget.RiskDifference.ForArm(Gee.Arm);

    /// <summary>The fit to standardize.</summary>
    public required GeeEstimator Gee { get; init; }

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var inference = Gee.Infer(replicate);
        var fit = inference.Fit;
        if (fit.Separated is not null)
        {
            return EffectEstimate.Failed;
        }

        var gradient = new double[fit.Coefficients.Length];
        var difference = ArmDifference.Of(replicate, Gee.Arm, Gee.Adjust, fit.Coefficients, spread: 0, gradient);
        var error = Math.Sqrt(Dense.QuadraticForm(inference.Covariance, gradient));
        return EffectEstimate.Of(
            difference,
            error,
            inference.DegreesOfFreedom(gradient),
            fit.Convergence.Converged,
            inference.Warnings.Count > 0);
    }
}
