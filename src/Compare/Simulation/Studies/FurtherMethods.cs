using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads the methods beside GEE and the mixed model: by cluster, linear, by pseudo-likelihood, pooled, and the ladder.</summary>
internal static class FurtherMethods
{
    private const int MostPermutations = 1_000_000;

    private static readonly (string Name, EffectMeasure Measure)[] Scales =
    [
        ("difference", EffectMeasure.Difference), ("log-ratio", EffectMeasure.Ratio), ("log-odds-ratio", EffectMeasure.OddsRatio),
    ];

    private static readonly ClusterWeighting[] Weightings = [ClusterWeighting.Participant, ClusterWeighting.Cluster];

    private static readonly (string Name, Func<Func<string[], YamlSection>, IEstimator> Read)[] Kinds =
    [
        ("lmm", section => Lmm(section(["name", "df", "ml", "arm", "adjust"]))),
        ("pseudo-likelihood", section => Pseudo(section(["name", "df", "ml", "arm", "adjust"]))),
        ("cluster-summaries", section => Summaries(section(["name", "weighting", "scale", "arm", "adjust"]))),
        ("permutation", section => Permutation(section(["name", "weighting", "permutations", "arm"]))),
        ("meta", section => Meta(section(["name", "method", "ci"]))),
        ("ladder", section => Ladder(section(["name", "rung", "weighting", "scale", "correlation", "nodes", "adjust"]))),
    ];

    /// <summary>What the methods are called.</summary>
    public static IEnumerable<string> Names => Kinds.Select(kind => kind.Name);

    /// <summary>Reads one; null when there is none of that kind.</summary>
    /// <param name="kind">The name of the kind.</param>
    /// <param name="section">The method's options, checked against the keys it may have.</param>
    public static IEstimator? Read(string kind, Func<string[], YamlSection> section) =>
        Array.Find(Kinds, known => known.Name == kind).Read?.Invoke(section);

    private static LmmEstimator Lmm(YamlSection section) => new()
    {
        Name = section.Text("name", "lmm"),
        Reference = Reference(section),
        Restricted = !Flag(section, "ml"),
        Arm = MethodReader.Arm(section),
        Adjust = MethodReader.Adjust(section),
    };

    private static PseudoLikelihoodEstimator Pseudo(YamlSection section) => new()
    {
        Name = section.Text("name", "pseudo-likelihood"),
        Reference = Reference(section),
        Restricted = !Flag(section, "ml"),
        Arm = MethodReader.Arm(section),
        Adjust = MethodReader.Adjust(section),
    };

    private static ClusterSummaryEstimator Summaries(YamlSection section)
    {
        var method = new ClusterSummaryEstimator
        {
            Name = section.Text("name", "cluster-summaries"),
            Weighting = Weighting(section, ClusterWeighting.Cluster),
            Measure = Scale(section, "difference"),
            Arm = MethodReader.Arm(section),
            Adjust = MethodReader.Adjust(section),
        };
        return method.Adjust && method.Measure != EffectMeasure.Difference
            ? throw section.Error(
                section.Require("adjust"),
                "The method cluster-summaries adjusts differences for covariates, and no other scale.",
                "Leave out scale or adjust.")
            : method;
    }

    private static PermutationEstimator Permutation(YamlSection section) => new()
    {
        Name = section.Text("name", "permutation"),
        Weighting = Weighting(section, ClusterWeighting.Cluster),
        Permutations = section.Integer("permutations", 999, 1, MostPermutations),
        Arm = MethodReader.Arm(section),
    };

    private static MetaEstimator Meta(YamlSection section) => new()
    {
        Name = section.Text("name", "meta"),
        Heterogeneity = Choose(
            section, "method", HeterogeneityEstimator.Restricted.Code, HeterogeneityEstimator.All, estimator => estimator.Code),
        Interval = Choose(section, "ci", MeanInterval.HartungKnapp.Code, MeanInterval.All, interval => interval.Code),
    };

    private static LadderEstimator Ladder(YamlSection section) => new()
    {
        Name = section.Text("name", "ladder"),
        Rung = section.Integer("rung", 2, 0, 4),
        Weighting = Weighting(section, ClusterWeighting.Participant),
        Measure = Scale(section, "log-odds-ratio"),
        Correlation = Choose(
            section,
            "correlation",
            "exchangeable",
            [("exchangeable", WorkingCorrelation.Exchangeable), ("independence", WorkingCorrelation.Independence)],
            structure => structure.Item1).Item2,
        Nodes = MethodReader.Nodes(section),
        Adjust = MethodReader.Adjust(section),
    };

    private static LmmReference Reference(YamlSection section) =>
        Choose(section, "df", LmmReference.KenwardRoger.Name, LmmReference.All, reference => reference.Name);

    private static ClusterWeighting Weighting(YamlSection section, ClusterWeighting whenAbsent) =>
        Choose(section, "weighting", whenAbsent.Name, Weightings, weighting => weighting.Name);

    private static EffectMeasure Scale(YamlSection section, string whenAbsent) =>
        Choose(section, "scale", whenAbsent, Scales, scale => scale.Name).Measure;

    private static bool Flag(YamlSection section, string key) =>
        Choose(section, key, "false", [("false", false), ("true", true)], choice => choice.Item1).Item2;

    private static T Choose<T>(YamlSection section, string key, string whenAbsent, IReadOnlyList<T> choices, Func<T, string> nameOf)
    {
        var text = section.Text(key, whenAbsent);
        foreach (var choice in choices)
        {
            if (nameOf(choice) == text)
            {
                return choice;
            }
        }

        throw MethodReader.Unknown(section, key, text, choices.Select(nameOf));
    }
}
