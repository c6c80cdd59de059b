using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads the kind of outcome and its link, and refuses links whose means leave their domain.</summary>
internal static class OutcomeSettings
{
    private static readonly (string Outcome, Family Family, Link[] Links)[] Outcomes =
    [
        ("binary", Family.Binomial, [Link.Logit, Link.Probit, Link.Cloglog, Link.Log, Link.Identity]),
        ("count", Family.Poisson, [Link.Log, Link.Identity]),
        ("continuous", Family.Gaussian, [Link.Identity, Link.Log]),
    ];

    /// <summary>The settings read here.</summary>
    public static IReadOnlyList<string> Names { get; } = ["outcome", "link", "residual-sd"];

    /// <summary>Family and link.</summary>
    public static (Family Family, Link Link) Read(ScenarioCell cell)
    {
        if (!Array.Exists(Outcomes, known => known.Outcome == cell.Text("outcome", "binary")))
        {
            throw cell.Unknown(
                "outcome", cell.Text("outcome", string.Empty), [.. Outcomes.Select(known => known.Outcome), OrdinalSettings.Outcome]);
        }

        var (_, family, links) = cell.Choose("outcome", "binary", Outcomes, candidate => candidate.Outcome);
        var link = cell.Choose("link", links[0].Name, links, candidate => candidate.Name);
        return family != Family.Gaussian && cell.Has("residual-sd")
            ? throw cell.Error("residual-sd", "The setting residual-sd has a meaning for continuous outcomes only.")
            : (family, link);
    }

    /// <summary>The standard deviation of continuous outcomes.</summary>
    public static double ReadResidual(ScenarioCell cell, Family family) =>
        family == Family.Gaussian ? cell.Number("residual-sd", 1, least: 1e-12) : 1;

    /// <summary>Refuses a mechanism whose means do not exist or leave what its outcomes can have.</summary>
    public static void RequireDomain(ScenarioCell cell, Mechanism mechanism)
    {
        foreach (var law in new[] { mechanism.RandomEffect, mechanism.TreatedEffect })
        {
            if (mechanism.Link == Link.Log && law is { StandardDeviation: > 0, HasExponentialMoments: false })
            {
                throw cell.Error(
                    "random-effect",
                    $"With a log link the marginal mean under {law} effects is infinite.",
                    "Choose normal effects.");
            }
        }

        var (least, most) = PredictorRange.Allowed(mechanism.Family, mechanism.Link);
        if (double.IsInfinity(least) && double.IsInfinity(most))
        {
            return;
        }

        var (lowest, highest) = PredictorRange.Of(mechanism);
        if (lowest < least || highest > most)
        {
            var outcome = mechanism.Family == Family.Binomial ? "probabilities of a binary outcome" : "means of a count";
            throw cell.Error(
                "link",
                $"The setting link is \"{mechanism.Link.Name}\": its linear predictors go "
                    + FormattableString.Invariant($"from {lowest:0.###} to {highest:0.###}, and the {outcome} need them ")
                    + FormattableString.Invariant($"from {least:0.###} to {most:0.###}."),
                "Choose effects that stay there, such as two-point effects or sigma 0, or another link.");
        }
    }
}
