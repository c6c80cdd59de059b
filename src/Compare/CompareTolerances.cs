using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare;

/// <summary>
/// The thresholds of a comparison: from where a difference counts as one, and from where it is worth a sentence. Immutable.
/// </summary>
public sealed record CompareTolerances
{
    /// <summary>
    /// The level below which a test counts as a sign of a reason, and the rest of a gap as more than chance. Default 0.05.
    /// </summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>The largest residual of the marginal means, link scale, with which they count as a straight line. Default 0.02.</summary>
    public double Straight { get; init; } = 0.02;

    /// <summary>
    /// The difference of the conditional and the marginalized coefficient, as a share of the
    /// conditional one (at least 1), below which averaging changed nothing. Default 1e-8.
    /// </summary>
    public double Unchanged { get; init; } = 1e-8;

    /// <summary>The intraclass correlation from which clusters are said to differ much. Default 0.3.</summary>
    public double MuchCorrelation { get; init; } = 0.3;

    /// <summary>
    /// The share of the variance of what remains from which one cluster is named, when something remains to be explained. Default 0.25.
    /// </summary>
    public double LargeShare { get; init; } = 0.25;

    /// <summary>The share from which one cluster may hide what remains, by its weight in the standard error. Default 0.5.</summary>
    public double HidingShare { get; init; } = 0.5;

    /// <summary>
    /// The share of clusters that must have a row at the values of <c>--at</c> for the rows there to be the population. Default 0.5.
    /// </summary>
    public double SeenShare { get; init; } = 0.5;

    /// <summary>The largest number of subgroups: columns of more values are meant otherwise. Default 30.</summary>
    public int MostSubgroups { get; init; } = 30;

    /// <summary>The number of clusters from which robust standard errors need no remark. Default 40.</summary>
    public int EnoughClusters { get; init; } = 40;

    /// <summary>The fewest visits of either kind, last and not last, that a test of dropout needs. Default 10.</summary>
    public int FewestEvents { get; init; } = 10;

    /// <summary>
    /// The share of a column's length outside the span of the columns before it, below which it adds nothing to a design. Default 1e-7.
    /// </summary>
    public double Spanned { get; init; } = 1e-7;

    /// <summary>The relative difference of two clusters' means of a covariate below which they are one. Default 1e-9.</summary>
    public double SameMean { get; init; } = 1e-9;

    /// <summary>
    /// The standard error of a difference of two averages, as a share of theirs, below which they are one average. Default 1e-9.
    /// </summary>
    public double SameAverage { get; init; } = 1e-9;

    /// <summary>
    /// How far the law of the random effects may move an effect, in standard errors, before that is a sign. Default 1.
    /// </summary>
    public double LawChange { get; init; } = 1;

    /// <summary>
    /// The log-likelihood that another law of the random effects may lose against the normal before the data refute it. Default 5.
    /// </summary>
    public double RefutedLaw { get; init; } = 5;

    /// <summary>Those of the models with one random intercept that a comparison fits beside the two.</summary>
    public RandomInterceptTolerances RandomIntercept { get; init; } = new();

    /// <summary>Those of the cluster-level analysis.</summary>
    public SummaryTolerances Summaries { get; init; } = new();

    /// <summary>All of them, in the order they are shown.</summary>
    public IReadOnlyList<Tolerance> All =>
    [
        new(nameof(Alpha), Alpha, "p below which a test is a sign of a reason"),
        new(nameof(Straight), Straight, "largest residual of a straight line, link scale"),
        new(nameof(Unchanged), Unchanged, "relative change of a coefficient that is none"),
        new(nameof(MuchCorrelation), MuchCorrelation, "correlation from which clusters differ much"),
        new(nameof(LargeShare), LargeShare, "share of a cluster in a rest that is no chance"),
        new(nameof(HidingShare), HidingShare, "share of a cluster that may hide a rest"),
        new(nameof(SeenShare), SeenShare, "share of clusters that make the rows at a value the population"),
        new(nameof(MostSubgroups), MostSubgroups, "values of a column of subgroups, at most"),
        new(nameof(EnoughClusters), EnoughClusters, "clusters with which robust errors need no remark"),
        new(nameof(FewestEvents), FewestEvents, "visits of either kind a test of dropout needs"),
        new(nameof(Spanned), Spanned, "share of a column outside the design that is none"),
        new(nameof(SameMean), SameMean, "relative difference of cluster means that is none"),
        new(nameof(SameAverage), SameAverage, "relative error of a difference of averages that is none"),
        new(nameof(LawChange), LawChange, "standard errors the law of effects may move an effect"),
        new(nameof(RefutedLaw), RefutedLaw, "log-likelihood from which data refute a law of effects"),
        .. RandomIntercept.All,
        .. Summaries.All,
    ];
}
