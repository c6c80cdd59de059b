using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Cli.Commands.Demo;

/// <summary>
/// The small study of the demonstration: one true conditional odds ratio, more and more spread between clusters, no confounding.
/// </summary>
internal static class NoncollapsibilityStudy
{
    /// <summary>The conditional log odds ratio of every scenario.</summary>
    public const double Effect = 1;

    /// <summary>Standard deviations of the random intercepts.</summary>
    public static IReadOnlyList<double> Spreads { get; } = [0, 0.5, 1, 2, 3];

    /// <summary>The study.</summary>
    /// <param name="replicates">Replicates a scenario.</param>
    /// <param name="seed">Names the random streams.</param>
    public static Study Create(int replicates, ulong seed) => new()
    {
        Name = "demo",
        Seed = seed,
        Replicates = replicates,
        Scenarios = [.. Spreads.Select(Scenario)],
        Methods = [new GlmmEstimator { Name = "GLMM" }, new GeeEstimator { Name = "GEE" }],
    };

    private static Scenario Scenario(double spread, int index)
    {
        var mechanism = new Mechanism
        {
            Clusters = 100,
            Size = SizeLaw.OfSize(10),
            Effects = new TrialEffects { Baseline = -0.5, Effect = Effect },
            RandomEffect = EffectLaw.Normal(spread),
        };
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["sigma"] = FormattableString.Invariant($"{spread:R}") };
        return new Scenario(index + 1, settings, ["sigma"], mechanism);
    }
}
