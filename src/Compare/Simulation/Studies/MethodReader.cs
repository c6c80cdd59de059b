using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.PlugIns;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Quadrature;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads one method of a study: a name, or a name with options.</summary>
internal static class MethodReader
{
    private static readonly string[] Kinds =
        ["gee", "glm", "glmm", "marginalized-glmm", "standardized-gee", "standardized-glmm", "command"];

    /// <summary>The options of every method: the arm that is compared with the first, and whether covariates are in the model.</summary>
    private static readonly string[] Common = ["arm", "adjust"];

    private static readonly (string Name, WorkingCorrelation Structure)[] Correlations =
    [
        ("exchangeable", WorkingCorrelation.Exchangeable),
        ("independence", WorkingCorrelation.Independence),
        ("ar1", WorkingCorrelation.Ar1),
        ("unstructured", WorkingCorrelation.Unstructured),
        ("toeplitz", WorkingCorrelation.Toeplitz),
        ("m-dependent", WorkingCorrelation.MDependent(1)),
    ];

    /// <summary>Reads <c>gee</c>, or <c>gee: {correlation: ar1, se: mancl-derouen}</c>.</summary>
    /// <param name="root">The study.</param>
    /// <param name="node">The method.</param>
    /// <param name="estimands">The study's estimands.</param>
    /// <param name="commands">Reads methods that are commands.</param>
    /// <param name="plugIns">The types that the study brings.</param>
    public static IEstimator Read(
        YamlSection root, YamlNode node, IReadOnlyList<IEstimand> estimands, CommandReader commands, PlugInSet plugIns)
    {
        var (kind, options) = node switch
        {
            YamlMappingNode { Children.Count: 1 } mapping => (root.Scalar(mapping.Children[0].Key, "methods"), mapping.Children[0].Value),
            YamlScalarNode => (root.Scalar(node, "methods"), new YamlMappingNode()),
            _ => throw root.Error(node, "A method is a name, or a name with options, such as \"gee: {correlation: ar1}\"."),
        };
        return kind switch
        {
            "command" => commands.Method(options, estimands),
            "gee" => Gee(Section(["name", "correlation", "se", "df", .. Common]), kind),
            "glm" => Gee(Section(["name", "se", "df", .. Common]), kind),
            "glmm" => new GlmmEstimator { Name = NameOf(Mixed()), Nodes = Nodes(Mixed()), Arm = Arm(Mixed()), Adjust = Adjust(Mixed()) },
            "marginalized-glmm" => new MarginalizedGlmmEstimator
            {
                Name = NameOf(Mixed()),
                Nodes = Nodes(Mixed()),
                Arm = Arm(Mixed()),
                Adjust = Adjust(Mixed()),
            },
            "standardized-glmm" => new StandardizedGlmmEstimator
            {
                Name = NameOf(Mixed()),
                Nodes = Nodes(Mixed()),
                Arm = Arm(Mixed()),
                Adjust = Adjust(Mixed()),
            },
            "standardized-gee" => new StandardizedGeeEstimator
            {
                Name = NameOf(Section(["name", "correlation", "se", "df", .. Common])),
                Gee = Gee(Section(["name", "correlation", "se", "df", .. Common]), kind),
            },
            _ => FurtherMethods.Read(kind, Section) ?? PlugInMethod(root, node, kind, plugIns),
        };

        YamlSection Mixed() => Section(["name", "nodes", .. Common]);

        YamlSection Section(string[] keys) => new(options, root.File, $"The method {kind}", keys);

        string NameOf(YamlSection section) => section.Text("name", kind);
    }

    /// <summary>The arm that is compared with the first.</summary>
    internal static int Arm(YamlSection section) => section.Integer("arm", 2, 2, DesignSettings.MostArms);

    /// <summary>Whether covariates are in the model.</summary>
    internal static bool Adjust(YamlSection section) => section.Text("adjust", "none") switch
    {
        "none" => false,
        "covariates" => true,
        var text => throw Unknown(section, "adjust", text, ["none", "covariates"]),
    };

    /// <summary>A plug-in's method by its type.</summary>
    private static IEstimator PlugInMethod(YamlSection root, YamlNode node, string kind, PlugInSet plugIns)
    {
        string[] kinds = [.. Kinds, .. FurtherMethods.Names, .. plugIns.NamesOf<IEstimator>()];
        return root.Located(node, () => plugIns.Create<IEstimator>(kind)) ?? throw root.Error(
            node,
            $"There is no method \"{kind}\".{Suggestion.Sentence(kind, kinds)}",
            $"Methods: {string.Join(", ", kinds)}.");
    }

    /// <summary>Quadrature nodes.</summary>
    internal static int Nodes(YamlSection section) => section.Integer("nodes", 15, 1, GaussHermiteRule.MaximumNodes);

    private static GeeEstimator Gee(YamlSection section, string kind)
    {
        var correlation = kind == "glm" ? "independence" : section.Text("correlation", "exchangeable");
        var structure = Array.Find(Correlations, candidate => candidate.Name == correlation).Structure
            ?? throw Unknown(section, "correlation", correlation, Correlations.Select(candidate => candidate.Name));
        var se = section.Text("se", GeeVariance.Robust.Name);
        var df = section.Text("df", GeeDegreesOfFreedom.Normal.Name);
        return new GeeEstimator
        {
            Name = section.Text("name", kind),
            Arm = Arm(section),
            Adjust = Adjust(section),
            Correlation = structure,
            Variance = GeeVariance.TryParse(se, out var variance)
                ? variance
                : throw Unknown(section, "se", se, GeeVariance.All.Select(known => known.Name)),
            DegreesOfFreedom = GeeDegreesOfFreedom.TryParse(df, out var reference)
                ? reference
                : throw Unknown(section, "df", df, GeeDegreesOfFreedom.All.Select(known => known.Name)),
        };
    }

    /// <summary>What is said about a value that an option does not take.</summary>
    internal static InputException Unknown(YamlSection section, string key, string value, IEnumerable<string> known)
    {
        var names = known.ToArray();
        return section.Error(
            section.Require(key),
            $"{section.Name} has no {key} \"{value}\".{Suggestion.Sentence(value, names)}",
            $"It takes {string.Join(", ", names)}.");
    }
}
