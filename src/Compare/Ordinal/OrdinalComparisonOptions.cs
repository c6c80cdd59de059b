using MarginalConditional.Compare.Estimands;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>What to compare of an ordered outcome and how to fit it. Immutable.</summary>
public sealed record OrdinalComparisonOptions
{
    /// <summary>The column whose effect is compared.</summary>
    public required string Treatment { get; init; }

    /// <summary>How the marginal model is fitted; the link has to be that of <see cref="Glmm"/>.</summary>
    public OrdinalGeeOptions Gee { get; init; } = new();

    /// <summary>How the mixed model is fitted.</summary>
    public OrdinalGlmmOptions Glmm { get; init; } = new();

    /// <summary>
    /// The variance estimator of the marginal model's coefficients. Default: Mancl and DeRouen's, whose leave-one-out correction the mixed
    /// model's rows share.
    /// </summary>
    public GeeVariance Variance { get; init; } = GeeVariance.ManclDeRouen;

    /// <summary>The reference of tests and intervals of coefficients. Default: t with K − p.</summary>
    public GeeDegreesOfFreedom DegreesOfFreedom { get; init; } = GeeDegreesOfFreedom.ClustersMinusCoefficients;

    /// <summary>The level of all intervals, in (0, 1). Default: 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Covariates set to a value in standardization, beside the treatment. Default none.</summary>
    public IReadOnlyList<(string Variable, string Value)> At { get; init; } = [];

    /// <summary>
    /// How the ladder and the standardized probabilities get their standard errors: one step, closed or influence. Default null: one step
    /// for small trials, else closed.
    /// </summary>
    public StandardizedErrors? StandardizedErrors { get; init; }

    /// <summary>
    /// Whether every test and interval refers to the normal distribution. Default false: t with K − 1, K − p for coefficients.
    /// </summary>
    public bool NormalReference { get; init; }

    /// <summary>
    /// A column of subgroups, among the frame's groupings: the ladder and the win probability in each, from the fits to all rows, and
    /// whether they differ. Null, the default, for none.
    /// </summary>
    public string? By { get; init; }

    /// <summary>
    /// The column of waves, at whose last the ladder is where the treatment interacts with it; null, the default, for none.
    /// </summary>
    public string? Wave { get; init; }

    /// <summary>
    /// The column of times since a cluster began treatment, a predictor of the formula: the effect at each; null, the default, for none.
    /// </summary>
    public string? Exposure { get; init; }

    /// <summary>Two times between which the change of the effect is asked for; null, the default, for none.</summary>
    public TimeChange? Between { get; init; }

    /// <summary>The thresholds of a comparison.</summary>
    public CompareTolerances Tolerances { get; init; } = new();

    /// <summary>The categories' scores, lowest category first; empty, the default, for 1, 2, ….</summary>
    public IReadOnlyList<double> Scores { get; init; } = [];

    /// <summary>Whether the lower category wins. Default false.</summary>
    public bool LowerIsBetter { get; init; }

    /// <summary>What the user said about the trial.</summary>
    public TrialDescription Trial { get; init; } = new();

    /// <summary>What is asked of the indicators of categories, which are binary outcomes: population, time and arms.</summary>
    internal ComparisonOptions AsBinary() => new()
    {
        Treatment = Treatment,
        Gee = new GeeOptions { Family = Family.Binomial },
        Glmm = new GlmmOptions { Family = Family.Binomial, Threads = Glmm.Threads },
        At = At,
        Wave = Wave,
        Between = Between,
        Exposure = Exposure,
        Level = Level,
        NormalReference = NormalReference,
        Tolerances = Tolerances,
    };
}
