using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ordinal;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>A row of the comparison of the marginal and the conditional model. Rows of one comparison share it.</summary>
public sealed class ComparisonEstimator : IEstimator, IOrdinalMethod
{
    /// <summary>Permutation tests take longer than all the rest, and have no row here.</summary>
    private static readonly CompareTolerances WithoutPermutations = new() { Summaries = new SummaryTolerances { MostClusters = 0 } };

    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => Row.Target(Arm, Adjust);

    /// <summary>The row.</summary>
    public required ComparedRow Row { get; init; }

    /// <summary>The working correlation of the marginal model. Default: exchangeable.</summary>
    public WorkingCorrelation Correlation { get; init; } = WorkingCorrelation.Exchangeable;

    /// <summary>The variance of coefficients. Default: Mancl and DeRouen's, as the comparison's.</summary>
    public GeeVariance Variance { get; init; } = GeeVariance.ManclDeRouen;

    /// <summary>Whether tests and intervals refer to the normal distribution. Default: to the comparison's own t distributions.</summary>
    public bool NormalReference { get; init; }

    /// <summary>Quadrature nodes of the mixed model; 0 means the fitter's default. Default 15.</summary>
    public int Nodes { get; init; } = 15;

    /// <summary>The arm that is compared with the first, counted from 1. Default 2.</summary>
    public int Arm { get; init; } = 2;

    /// <summary>Whether the covariates are in the model. Default: no.</summary>
    public bool Adjust { get; init; }

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var column = replicate.Frame.Design.Names[replicate.ColumnOf(Arm)];
        var trial = TabulatedTrial.Of(replicate, Adjust);
        if (replicate.Model.Cumulative is { } link)
        {
            return Ordinal(replicate, trial, column, link);
        }

        if (Row.Asked is { } asked)
        {
            return OfLadder(replicate, trial, asked.Rung <= 1 ? asked.Measure : null);
        }

        var comparison = replicate.Shared(
            (Correlation, Variance, NormalReference, Nodes, Row.NeedsMarginalLikelihood, Adjust),
            () => ModelComparer.Compare(trial.Frame, Options(replicate, trial.Treatment)));
        return comparison.Glmm.HasInfiniteEstimates || Row.Find(comparison, column, trial.Level(Arm)) is not { } inference
            ? EffectEstimate.Failed
            : EffectEstimate.Of(
                inference.Estimate,
                inference.StandardError,
                inference.DegreesOfFreedom,
                comparison.Convergence.Converged,
                comparison.Warnings.Count > 0);
    }

    /// <inheritdoc/>
    bool IOrdinalMethod.Takes(bool ordered) => ordered ? Row.IsOfOrdinal : Row.IsOfOthers;

    /// <summary>A rung, from a comparison without anything else.</summary>
    /// <param name="replicate">The replicate.</param>
    /// <param name="trial">Its table.</param>
    /// <param name="transformed">The measure of a rung above the second.</param>
    private EffectEstimate OfLadder(Replicate replicate, TabulatedTrial trial, EffectMeasure? transformed)
    {
        var comparison = replicate.Shared(
            (Correlation, Variance, NormalReference, Nodes, transformed, Adjust),
            () => RungComparer.Of(trial.Frame, Options(replicate, trial.Treatment), transformed));
        return comparison.Glmm.HasInfiniteEstimates || Row.Find(comparison, trial.Level(Arm)) is not { } inference
            ? EffectEstimate.Failed
            : EffectEstimate.Of(
                inference.Estimate,
                inference.StandardError,
                inference.DegreesOfFreedom,
                comparison.Convergence.Converged,
                comparison.HasWarnings);
    }

    /// <summary>The row of the comparison of an ordered outcome.</summary>
    private EffectEstimate Ordinal(Replicate replicate, TabulatedTrial trial, string column, CumulativeLink link)
    {
        var comparison = replicate.Shared((Correlation, Variance, NormalReference, Nodes, Adjust), () => OrdinalModelComparer.Compare(
            trial.Frame,
            new OrdinalComparisonOptions
            {
                Treatment = trial.Treatment,
                Gee = new OrdinalGeeOptions { Link = link, Correlation = Correlation, Threads = 1 },
                Glmm = new OrdinalGlmmOptions { Link = link, Nodes = Nodes, CheckNodes = false, Threads = 1 },
                Variance = Variance,
                DegreesOfFreedom = NormalReference ? GeeDegreesOfFreedom.Normal : GeeDegreesOfFreedom.ClustersMinusCoefficients,
                NormalReference = NormalReference,
            }));
        return Row.Find(comparison, column, trial.Level(Arm)) is not { } inference
            ? EffectEstimate.Failed
            : EffectEstimate.Of(
                inference.Estimate,
                inference.StandardError,
                inference.DegreesOfFreedom,
                comparison.Glmm.Convergence.Converged && comparison.Gee.Indicators.Convergence.Converged,
                comparison.Glmm.Warnings.Count > 0 || comparison.Inference.Warnings.Count > 0);
    }

    /// <summary>As the command has them, without what no row shows.</summary>
    private ComparisonOptions Options(Replicate replicate, string treatment) => new()
    {
        Treatment = treatment,
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
        Variance = Variance,
        DegreesOfFreedom = NormalReference ? GeeDegreesOfFreedom.Normal : GeeDegreesOfFreedom.ClustersMinusCoefficients,
        NormalReference = NormalReference,
        CheckReasons = false,
        MarginalLikelihood = Row.NeedsMarginalLikelihood,
        Tolerances = WithoutPermutations,
    };
}
