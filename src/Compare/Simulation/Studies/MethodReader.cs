using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.PlugIns;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads one method of a study: a name, or a name with options.</summary>
internal static class MethodReader
{
    private const string Command = "command";

    private static readonly MethodKind[] Kinds =
    [
        .. MarginalMethods.Kinds,
        .. MixedMethods.Kinds,
        .. LinearMixedMethods.Kinds,
        .. ClusterMethods.Kinds,
        .. MetaMethods.Kinds,
        .. ComparisonMethods.Kinds,
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
        var (name, options) = node switch
        {
            YamlMappingNode { Children.Count: 1 } mapping => (root.Scalar(mapping.Children[0].Key, "methods"), mapping.Children[0].Value),
            YamlScalarNode => (root.Scalar(node, "methods"), new YamlMappingNode()),
            _ => throw root.Error(node, "A method is a name, or a name with options, such as \"gee: {correlation: ar1}\"."),
        };
        if (name == Command)
        {
            return commands.Method(options, estimands);
        }

        if (Array.Find(Kinds, known => known.Name == name) is not { } kind)
        {
            return PlugInMethod(root, node, name, plugIns);
        }

        var section = new MethodSection(root, options, name, kind.Keys);
        var method = kind.Make(section);
        if (section.Imputations > 0)
        {
            method = new ImputedEstimator(method, section.Imputations);
        }

        return section.Estimand is { } estimand ? new HeldEstimator(method, Held(root, estimand, estimands)) : method;
    }

    /// <summary>The estimand that a method is held to in place of its own.</summary>
    private static IEstimand Held(YamlSection root, YamlNode node, IReadOnlyList<IEstimand> estimands)
    {
        var name = root.Scalar(node, "estimand");
        string[] names = [.. estimands.Select(known => known.Name)];
        return estimands.FirstOrDefault(known => known.Name == name) ?? throw root.Error(
            node,
            $"\"{name}\" is not among the study's estimands.{Suggestion.Sentence(name, names)}",
            $"It has {string.Join(", ", names)}.");
    }

    /// <summary>A plug-in's method by its type.</summary>
    private static IEstimator PlugInMethod(YamlSection root, YamlNode node, string kind, PlugInSet plugIns)
    {
        string[] kinds = [.. Kinds.Select(known => known.Name), Command, .. plugIns.NamesOf<IEstimator>()];
        return root.Located(node, () => plugIns.Create<IEstimator>(kind)) ?? throw root.Error(
            node,
            $"There is no method \"{kind}\".{Suggestion.Sentence(kind, kinds)}",
            $"Methods: {string.Join(", ", kinds)}.");
    }
}
