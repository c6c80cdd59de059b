using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Glmm;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The coefficient of interest of the mixed model itself.</summary>
public sealed class GlmmEstimator : MixedModelEstimator
{
    /// <inheritdoc/>
    public override StudyTarget Estimand => StudyTarget.Conditional;

    private protected override (double Estimate, double StandardError) Effect(Replicate replicate, GlmmFit fit)
    {
        var target = replicate.Mechanism.Design.Target;
        return (fit.Coefficients[target], fit.StandardErrors[target]);
    }
}
