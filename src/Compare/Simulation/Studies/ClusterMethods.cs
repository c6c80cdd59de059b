using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Summaries;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Methods of study files that compare arms by one number a cluster.</summary>
internal static class ClusterMethods
{
    private static readonly (string Name, ClusterWeighting Weighting)[] Weightings =
        [.. new[] { ClusterWeighting.Cluster, ClusterWeighting.Participant }.Select(weighting => (weighting.Name, weighting))];

    private static readonly (string Name, SummaryEstimand Average)[] Averages =
        [.. new[] { SummaryEstimand.Marginal, SummaryEstimand.ClusterSpecific }.Select(average => (average.Name, average))];

    /// <summary>The scales, each by its word for proportions and by that of estimands.</summary>
    private static readonly (string Name, EffectMeasure Measure)[] Scales =
    [
        .. new[] { EffectMeasure.Difference, EffectMeasure.Ratio, EffectMeasure.OddsRatio }.Select(measure => (measure.Word, measure)),
        ("risk-difference", EffectMeasure.Difference),
        ("log-risk-ratio", EffectMeasure.Ratio),
    ];

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<MethodKind> Kinds { get; } =
    [
        new("cluster-means", ["weighting", "scale", "average"], Means),
        new("permutation-test", ["weighting", "permutations"], Permutation),
    ];

    /// <summary>Whom a method's options average over.</summary>
    public static ClusterWeighting Weighting(MethodSection section, ClusterWeighting whenAbsent) =>
        section.Choice("weighting", whenAbsent, Weightings);

    /// <summary>The scale of a method's options.</summary>
    public static EffectMeasure Scale(MethodSection section, EffectMeasure whenAbsent) => section.Choice("scale", whenAbsent, Scales);

    private static ClusterMeansEstimator Means(MethodSection section)
    {
        var average = section.Choice("average", SummaryEstimand.Marginal, Averages);
        var own = average == SummaryEstimand.ClusterSpecific
            ? section.Adjust ? EffectMeasure.Ratio : EffectMeasure.OddsRatio
            : EffectMeasure.Difference;
        var scale = Scale(section, own);
        if (average == SummaryEstimand.ClusterSpecific ? scale != own : section.Adjust && scale != EffectMeasure.Difference)
        {
            throw section.Error(
                "scale",
                section.Adjust
                    ? "Clusters' means adjusted for covariates are compared by their difference, or by the average of their log ratios."
                    : "Of the clusters' own measures only log odds ratios are averaged.",
                section.Adjust ? "Leave out scale, or say average: cluster-specific, scale: log-ratio." : "Leave out scale.");
        }

        return new ClusterMeansEstimator
        {
            Name = section.Name,
            Arm = section.Arm,
            Adjust = section.Adjust,
            Weighting = Weighting(section, ClusterWeighting.Cluster),
            Measure = scale,
            Average = average,
        };
    }

    private static PermutationEstimator Permutation(MethodSection section) => section.Adjust
        ? throw section.Error("adjust", "The permutation test compares the clusters' means as they are.", "Leave out adjust.")
        : new PermutationEstimator
        {
            Name = section.Name,
            Arm = section.Arm,
            Weighting = Weighting(section, ClusterWeighting.Cluster),
            Draws = section.Integer("permutations", 1000, 99, 1_000_000),
        };
}
