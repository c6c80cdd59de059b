using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The coefficient of interest of the mixed model itself.</summary>
public sealed class GlmmEstimator : MixedModelEstimator, IOrdinalMethod
{
    /// <inheritdoc/>
    public override IEstimand Target => StudyTarget.Conditional.ForArm(Arm);

    /// <inheritdoc/>
    bool IOrdinalMethod.Takes(bool ordered) => true;

    private protected override EffectEstimate Ordinal(Replicate replicate, CumulativeLink link)
    {
        var fit = OrdinalTrial.Fit(
            replicate, new OrdinalGlmmOptions { Link = link, Nodes = Nodes, CheckNodes = false, Threads = 1 }, Adjust);
        if (fit.HasInfiniteEstimates)
        {
            return EffectEstimate.Failed;
        }

        var place = OrdinalTrial.PlaceOf(fit.Frame, replicate.ColumnOf(Arm));
        return EffectEstimate.Of(
            fit.Parameters[place],
            Math.Sqrt(fit.JointCovariance[place * (fit.ParameterCount + 1)]),
            null,
            fit.Convergence.Converged,
            fit.Warnings.Count > 0);
    }

    private protected override (double Estimate, double StandardError) Effect(Replicate replicate, GlmmFit fit)
    {
        var column = replicate.ColumnOf(Arm);
        return (fit.Coefficients[column], fit.StandardErrors[column]);
    }
}
