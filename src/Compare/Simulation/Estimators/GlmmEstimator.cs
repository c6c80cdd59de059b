using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Glmm;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The coefficient of interest of the mixed model itself.</summary>
public sealed class GlmmEstimator : MixedModelEstimator
{
    /// <inheritdoc/>
    public override IEstimand Target => StudyTarget.Conditional.ForArm(Arm);

    private protected override (double Estimate, double StandardError) Effect(Replicate replicate, GlmmFit fit)
    {
        var column = replicate.ColumnOf(Arm);
        return (fit.Coefficients[column], fit.StandardErrors[column]);
    }
}
