using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Meta;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>Clusters as trials: the effect within each, pooled by a random-effects meta-analysis. Persons have to be randomized.</summary>
/// <remarks>
/// The effect of a trial is the log odds ratio of binary outcomes, the log ratio of rates of counts, the difference of means of others. A
/// trial with a zero has ½ added to it. Trials in which an arm has nobody, or fewer than two of a continuous outcome, are left out.
/// </remarks>
public sealed class MetaEstimator : IEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => StudyTarget.Conditional;

    /// <summary>The estimator of the variance between trials. Default: restricted maximum likelihood.</summary>
    public HeterogeneityEstimator Heterogeneity { get; init; } = HeterogeneityEstimator.Restricted;

    /// <summary>The interval of the mean effect. Default: Hartung and Knapp.</summary>
    public MeanInterval Interval { get; init; } = MeanInterval.HartungKnapp;

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var effects = TrialEffect.Of(replicate).Where(effect => effect.IsUsable).ToArray();
        if (effects.Length < 2)
        {
            return EffectEstimate.Failed;
        }

        var studies = new StudyEffects(
            [.. effects.Select((_, trial) => FormattableString.Invariant($"{trial + 1}"))],
            [.. effects.Select(effect => effect.Estimate)],
            [.. effects.Select(effect => effect.Variance)],
            StudyMeasure.OddsRatio);
        var fit = MetaAnalysis.Fit(
            studies, new MetaAnalysisOptions { Estimator = Heterogeneity, Interval = Interval, ProfilesTau2 = false });
        return EffectEstimate.Of(
            fit.Estimate,
            fit.StandardError,
            fit.DegreesOfFreedom,
            fit.Convergence.Converged,
            warned: effects.Length < replicate.Frame.Clusters.Count);
    }
}
