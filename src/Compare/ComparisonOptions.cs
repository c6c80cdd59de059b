using MarginalConditional.Compare.Dials;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;

namespace MarginalConditional.Compare;

/// <summary>What to compare and how to fit it. Immutable.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The column whose effect is compared.</summary>
    public required string Treatment { get; init; }

    /// <summary>How the marginal model is fitted: family, link, working correlation.</summary>
    public required GeeOptions Gee { get; init; }

    /// <summary>
    /// The variance estimator of the marginal model's coefficients. Default: Mancl and DeRouen's, whose leave-one-out correction the mixed
    /// model's rows share; with the plain sandwich or the model-based variance they have theirs.
    /// </summary>
    public GeeVariance Variance { get; init; } = GeeVariance.ManclDeRouen;

    /// <summary>The reference of tests and intervals of coefficients. Default: t with K − p.</summary>
    public GeeDegreesOfFreedom DegreesOfFreedom { get; init; } = GeeDegreesOfFreedom.ClustersMinusCoefficients;

    /// <summary>Whether the coefficients' rows have no leave-one-out correction.</summary>
    internal bool IsPlain => Variance == GeeVariance.Robust || Variance == GeeVariance.Model;

    /// <summary>The level of all intervals, in (0, 1). Default: 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>How the mixed model is fitted. Family and link have to be those of <see cref="Gee"/>.</summary>
    public required GlmmOptions Glmm { get; init; }

    /// <summary>Covariates set to a value in standardization, beside the treatment; the others stay as observed. Default none.</summary>
    public IReadOnlyList<(string Variable, string Value)> At { get; init; } = [];

    /// <summary>
    /// The column of periods of a trial whose arms go with cluster and period (stepped wedge, crossover), which the frame has as a
    /// grouping; arms are then compared within periods. Default null.
    /// </summary>
    public string? Period { get; init; }

    /// <summary>
    /// The column of waves; where the treatment interacts with it and <see cref="At"/> is empty, the ladder is asked at its last value.
    /// Default null.
    /// </summary>
    public string? Wave { get; init; }

    /// <summary>Two times between which the change of the effect gets a ladder of its own; default null.</summary>
    public TimeChange? Between { get; init; }

    /// <summary>The column of times since a cluster began treatment, a predictor of the formula; default null.</summary>
    public string? Exposure { get; init; }

    /// <summary>
    /// The column of subgroups, which the frame has as a grouping: each gets a ladder of its own, and their effects are compared. Default
    /// null.
    /// </summary>
    public string? By { get; init; }

    /// <summary>The assumptions to turn until the conclusion turns, if the fits can be compared. Default none.</summary>
    public IReadOnlyList<Dial> Dials { get; init; } = [];

    /// <summary>
    /// Whether the reasons for a gap beyond non-collapsibility are checked by further fits, if the two can be compared. Default true.
    /// </summary>
    public bool CheckReasons { get; init; } = true;

    /// <summary>Whether the marginalized multilevel model (Heagerty 1999) is fitted too, where it applies. Default true.</summary>
    public bool MarginalLikelihood { get; init; } = true;

    /// <summary>Whether marginalized coefficients count the rows' covariates as a sample rather than as fixed. Default false.</summary>
    public bool RandomCovariates { get; init; }

    /// <summary>
    /// How standardized effects and the ladder get their standard errors. Default null: one step for small trials, else closed.
    /// </summary>
    public StandardizedErrors? StandardizedErrors { get; init; }

    /// <summary>
    /// Whether every test and interval refers to the normal distribution. Default false: t with K − 1 on the ladder and for standardized
    /// effects, with K − p for coefficients.
    /// </summary>
    public bool NormalReference { get; init; }

    /// <summary>
    /// The known probability of each arm, in the order of the treatment's levels with the reference first; empty (the default) when the
    /// observed shares stand for them.
    /// </summary>
    public IReadOnlyList<double> Probabilities { get; init; } = [];

    /// <summary>
    /// Groupings of the frame within which clusters were randomized, matched pairs among them, constant in each cluster. Default none.
    /// </summary>
    public IReadOnlyList<string> Strata { get; init; } = [];

    /// <summary>
    /// How many assignments a permutation test draws; null (the default) decides by <see cref="CompareTolerances.Summaries"/>.
    /// </summary>
    public int? Permutations { get; init; }

    /// <summary>From where a difference counts as one.</summary>
    public CompareTolerances Tolerances { get; init; } = new();

    /// <summary>What the user said about the trial, for the estimand blocks.</summary>
    public TrialDescription Trial { get; init; } = new();
}
