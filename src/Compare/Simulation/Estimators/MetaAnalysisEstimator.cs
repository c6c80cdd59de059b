using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Meta;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Exact;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>
/// A meta-analysis whose studies are the clusters of a trial that randomizes persons within them: an effect of each, then their mean.
/// </summary>
public sealed class MetaAnalysisEstimator : IEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <summary>
    /// Of odds ratios and differences of means the conditional effect; of the others the average over the studies, each counting alike.
    /// </summary>
    public IEstimand Target => (Measure == StudyMeasure.RiskDifference
            ? StudyTarget.Rung(2, ClusterWeighting.Cluster, EffectMeasure.Difference)
        : Measure == StudyMeasure.RiskRatio ? StudyTarget.Rung(0, ClusterWeighting.Cluster, EffectMeasure.Ratio)
        : StudyTarget.Conditional).ForArm(Arm);

    /// <summary>
    /// The measure of binary outcomes. Default: odds ratio. Counts are compared by the ratio of their rates, continuous outcomes by the
    /// difference of means, whatever is said.
    /// </summary>
    public StudyMeasure.CountMeasure Measure { get; init; } = StudyMeasure.OddsRatio;

    /// <summary>
    /// The estimator of the variance between studies; null for the exact model of the counts. Default: restricted likelihood.
    /// </summary>
    public HeterogeneityEstimator? Estimator { get; init; } = HeterogeneityEstimator.Restricted;

    /// <summary>The interval of the mean. Default: Wald.</summary>
    public MeanInterval Interval { get; init; } = MeanInterval.Wald;

    /// <summary>The tables that half an event is added to. Default: those with a zero.</summary>
    public ZeroCellRule ZeroCells { get; init; } = ZeroCellRule.OnlyZero;

    /// <summary>The arm that is compared with the first, counted from 1. Default 2.</summary>
    public int Arm { get; init; } = 2;

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var options = new MetaAnalysisOptions
        {
            Estimator = Estimator ?? HeterogeneityEstimator.MaximumLikelihood,
            Interval = Interval,
            ProfilesTau2 = false,
        };
        var trial = StudiesOfTrial.Of(replicate, Arm);
        var fit = replicate.Model.Family == Family.Binomial
            ? Estimator is null
                ? ExactMetaAnalysis.Fit(trial.Counts(), options, threads: 1)
                : MetaAnalysis.Fit(trial.Counts().Effects(Measure, new ZeroCells { Rule = ZeroCells }), options)
            : Estimator is null
                ? throw new InvalidOperationException("The exact model is of binary outcomes.")
                : MetaAnalysis.Fit(replicate.Model.Family == Family.Poisson ? trial.Rates() : trial.Means(), options);
        return EffectEstimate.Of(
            fit.Estimate, fit.StandardError, fit.DegreesOfFreedom, fit.Convergence.Converged, fit.Warnings.Count > 0);
    }
}
