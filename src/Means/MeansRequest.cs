using MarginalConditional.Statistics.Multiplicity;

namespace MarginalConditional.Means;

/// <summary>Which means of a fit are wanted, and what is to be compared.</summary>
public sealed record MeansRequest
{
    /// <summary>The variables whose combinations have a mean each. Default: none, which gives one mean of all.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>The variables within whose values means are compared. Default: none.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>Values that variables take; several make a row each. Default: factors at all levels, covariates at their means.</summary>
    public IReadOnlyList<(string Variable, IReadOnlyList<string> Values)> At { get; init; } = [];

    /// <summary>The offset; null for its mean over the rows.</summary>
    public double? Offset { get; init; }

    /// <summary>Weights of the factors averaged over. Default: equal.</summary>
    public MeanWeighting Weighting { get; init; } = MeanWeighting.Equal;

    /// <summary>The scale of the means. Default: the link's.</summary>
    public MeanScale Scale { get; init; } = MeanScale.Link;

    /// <summary>What means of an ordered outcome are on the response. Default: the probability of each category.</summary>
    public CategoryMean CategoryMean { get; init; } = CategoryMean.Categories;

    /// <summary>
    /// Whether responses are averaged over the grid, rather than predictors whose average is transformed; null, the default, for responses
    /// where the model averages over random effects.
    /// </summary>
    public bool? AveragesResponses { get; init; }

    /// <summary>Which pairs are compared; null for none.</summary>
    public PairChoice? Pairs { get; init; }

    /// <summary>Contrasts of means by their names, such as <c>(A + B) / 2 - C</c>.</summary>
    public IReadOnlyList<string> Contrasts { get; init; } = [];

    /// <summary>
    /// How tests allow for their number; null, the default, for <see cref="Adjustment.Tukey"/> with all pairs, <see
    /// cref="Adjustment.LargestT"/> against a reference and of differences of differences, and none of free contrasts.
    /// </summary>
    public Adjustment? Adjustment { get; init; }

    /// <summary>Whether the comparisons within all values of <see cref="By"/> are one family.</summary>
    public bool AcrossBy { get; init; }

    /// <summary>The covariate whose slopes are wanted; null for none.</summary>
    public string? Slope { get; init; }

    /// <summary>Whether every term is tested.</summary>
    public bool Joint { get; init; }

    /// <summary>The intervals' level, in (0, 1). Default: 0.95.</summary>
    public double Level { get; init; } = 0.95;
}
