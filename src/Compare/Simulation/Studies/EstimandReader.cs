using MarginalConditional.Compare.Simulation.PlugIns;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads one estimand of a study: the library's by its name, a plug-in's by its type.</summary>
internal static class EstimandReader
{
    private static readonly string[] Ladder = ["rung-2-log-odds-ratio", "rung-2-cluster-difference"];

    /// <summary>Reads <c>marginal</c>, <c>rung-2-cluster-log-odds-ratio</c>, <c>conditional-arm3</c> or a type's name.</summary>
    /// <param name="root">The study.</param>
    /// <param name="node">The estimand.</param>
    /// <param name="plugIns">The types that the study brings.</param>
    /// <param name="isOpen">Whether data are from elsewhere, whose estimands may have any names.</param>
    public static IEstimand Read(YamlSection root, YamlNode node, PlugInSet plugIns, bool isOpen)
    {
        var name = root.Scalar(node, "estimands");
        if (StudyTarget.TryParse(name, out var target))
        {
            return target;
        }

        string[] names = [.. StudyTarget.All.Select(estimand => estimand.Name), .. plugIns.NamesOf<IEstimand>()];
        var own = root.Located(node, () => plugIns.Create<IEstimand>(name));
        if (own is null && isOpen && name.Length > 0 && name.AsSpan().IndexOfAny(",;\"") < 0)
        {
            return new NamedEstimand(name);
        }

        return own ?? throw root.Error(
            node,
            $"There is no estimand \"{name}\".{Suggestion.Sentence(name, names)}",
            $"Estimands: {string.Join(", ", names)}, rungs of the ladder such as {string.Join(" and ", Ladder)}, "
                + "and each with -arm3 behind it for another arm.");
    }
}
