using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Marginal;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads how outcomes are made: from random effects, or from means and correlations.</summary>
internal static class MarginalSettings
{
    private const string Conditional = "conditional";

    /// <summary>Settings of random effects, which outcomes made from means and correlations do not have.</summary>
    private static readonly string[] OfEffects =
    [
        "sigma", "icc", "icc-scale", "random-effect", "sigma-treated", "treatment-sigma", "treatment-correlation", "trend-sigma",
        "period-sigma", "period-correlation", "person-sigma",
    ];

    /// <summary>The settings read here.</summary>
    public static IReadOnlyList<string> Names { get; } = ["generation", "correlation"];

    /// <summary>Whether outcomes are made from means and correlations, so that there is no sigma.</summary>
    public static bool IsMarginal(ScenarioCell cell) => cell.Text("generation", Conditional) != Conditional;

    /// <summary>The method and the correlations; null where outcomes are made from random effects.</summary>
    public static MarginalGeneration? Read(ScenarioCell cell, Family family)
    {
        var text = cell.Text("generation", Conditional);
        cell.KeepGiven("generation", text, text == Conditional);
        if (text == Conditional)
        {
            return cell.Has("correlation")
                ? throw cell.Error(
                    "correlation",
                    "The setting correlation has no meaning where random effects make outcomes alike.",
                    "Say how outcomes are made, such as \"generation: emrich-piedmonte\", or set sigma or icc instead.")
                : null;
        }

        var method = MarginalMethod.All.FirstOrDefault(candidate => candidate.Name == text)
            ?? throw cell.Unknown("generation", text, [Conditional, .. MarginalMethod.All.Select(candidate => candidate.Name)]);
        if (method.IsBinary && family != Family.Binomial)
        {
            throw cell.Error(
                "generation", $"The setting generation is \"{text}\", which makes binary outcomes only.", "gaussian-copula makes any.");
        }

        if (OfEffects.FirstOrDefault(cell.Has) is { } other)
        {
            throw cell.Error(
                other,
                $"The setting {other} has no meaning with generation \"{text}\", which has no random effects.",
                "The setting correlation says how alike outcomes of a cluster are.");
        }

        if (!cell.Has("correlation"))
        {
            throw cell.Error("generation", "The data-generating mechanisms lack \"correlation\".", "Such as \"exchangeable(0.05)\".");
        }

        var structure = ShapedName.ReadStructure(cell.Section, cell.Node("correlation"), cell.Text("correlation", string.Empty));
        cell.Keep("correlation", structure.Name);
        return new MarginalGeneration(method, structure);
    }

    /// <summary>Refuses correlations that the outcomes cannot have.</summary>
    public static void RequireExistence(ScenarioCell cell, Mechanism mechanism)
    {
        if (mechanism.Generation is not null && MarginalTrialGenerator.Problem(mechanism) is { } problem)
        {
            throw cell.Error("correlation", problem);
        }
    }
}
