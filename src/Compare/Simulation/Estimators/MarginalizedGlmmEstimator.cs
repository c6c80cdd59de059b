using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Glmm;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The marginal coefficient that a mixed model implies, by exact integration, with its delta-method standard error.</summary>
public sealed class MarginalizedGlmmEstimator : MixedModelEstimator
{
    /// <inheritdoc/>
    public override IEstimand Target => (Adjust ? StudyTarget.MarginalGivenCovariates : StudyTarget.Marginal).ForArm(Arm);

    private protected override (double Estimate, double StandardError) Effect(Replicate replicate, GlmmFit fit)
    {
        var column = replicate.ColumnOf(Arm);
        var frame = fit.Frame;
        var isPlain = frame.RandomTerms.Count == 0 && frame.Offset.IsEmpty && frame.Weights.IsEmpty && frame.Trials.IsEmpty;
        var marginal = Marginalizer.Marginalize(isPlain ? Model(fit, replicate.RowsObserved(Adjust)) : ConditionalModel.Of(fit));
        var variance = marginal.Covariance(fit.JointCovariance)[(column * marginal.Estimates.Length) + column];
        return (marginal.Estimates[column], Math.Sqrt(variance));
    }

    private static ConditionalModel Model(GlmmFit fit, DesignRows rows)
    {
        var ones = new double[rows.Design.Rows];
        Array.Fill(ones, 1);
        var sigma = fit.Parameters[fit.Coefficients.Length];
        return new ConditionalModel(
            rows.Design,
            fit.Link,
            fit.Coefficients.ToArray(),
            [new RandomEffectBlock(ones, [sigma], 1, correlated: true)],
            rowWeights: rows.Counts.ToArray());
    }
}
