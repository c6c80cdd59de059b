using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>A rung of the ladder as <c>compare</c> estimates it. Methods with the same options share one comparison a replicate.</summary>
public sealed class LadderEstimator : IEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => StudyTarget.Rung(Rung, Weighting, Measure);

    /// <summary>The rung, 0 to 4. Default 2.</summary>
    public int Rung { get; init; } = 2;

    /// <summary>Whom it averages over. Default: participants.</summary>
    public ClusterWeighting Weighting { get; init; } = ClusterWeighting.Participant;

    /// <summary>The scale. Default: the log odds ratio.</summary>
    public EffectMeasure Measure { get; init; } = EffectMeasure.OddsRatio;

    /// <summary>The working correlation of the GEE. Default: exchangeable.</summary>
    public WorkingCorrelation Correlation { get; init; } = WorkingCorrelation.Exchangeable;

    /// <summary>Quadrature nodes of the mixed model. Default 15.</summary>
    public int Nodes { get; init; } = 15;

    /// <summary>Whether the covariates are in the models. Default: no.</summary>
    public bool Adjust { get; init; }

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var options = new ComparisonOptions
        {
            Treatment = TrialDataset.Treatment,
            CheckReasons = false,
            MarginalLikelihood = false,
            StandardizedErrors = StandardizedErrors.Closed,
            Gee = new GeeOptions
            {
                Family = replicate.Model.Family,
                Link = replicate.Model.Link,
                Correlation = Correlation,
                Threads = 1,
            },
            Glmm = new GlmmOptions
            {
                Family = replicate.Model.Family,
                Link = replicate.Model.Link,
                Nodes = Nodes,
                CheckNodes = false,
                Threads = 1,
            },
            Permutations = 1,
        };
        var comparison = replicate.Shared(
            (nameof(LadderEstimator), Correlation, Nodes, Adjust),
            () => ModelComparer.Compare(TrialDataset.Frame(replicate, Adjust), options));
        var scale = Measure.ScaleOf(replicate.Model.Family == Statistics.Families.Family.Binomial);
        var rung = comparison.Ladder.Rungs.FirstOrDefault(candidate =>
            candidate.Rung == Rung && candidate.Weighting == Weighting && candidate.Scale == scale);
        return rung is null
            ? EffectEstimate.Failed
            : EffectEstimate.Of(
                rung.Inference.Estimate,
                rung.Inference.StandardError,
                rung.Inference.DegreesOfFreedom,
                comparison.Glmm.Convergence.Converged && comparison.Gee.Convergence.Converged,
                warned: false);
    }
}
