using MarginalConditional.Compare.Planning.Simulated;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Data;
using MarginalConditional.Gee.Planning;

namespace MarginalConditional.Compare.Tests.Planning.Simulated;

/// <summary><see cref="StudyPlanner"/> and <see cref="PlannedStudy"/> where the answer is known, and what they refuse.</summary>
public sealed class StudyPlannerTests
{
    /// <summary>Normal outcomes of total variance 1 and correlation 0.05, tested by t with K − 2.</summary>
    private const string Normal =
        """
        study: normal
        seed: 4
        replicates: 10
        data-generating-mechanisms:
          design: parallel
          clusters: 16
          cluster-size: 20
          outcome: continuous
          link: identity
          sigma: 0.22360679774997896
          residual-sd: 0.97467943448089633
          effect: 0.5
        estimands: [risk-difference]
        methods:
          - cluster-means: {estimand: risk-difference}
        """;

    private static readonly SimulatedPlanOptions Options = new() { Trials = 2_000, Seed = 4 };

    [Fact]
    public void Clusters_power_and_effect_of_normal_outcomes_are_those_of_the_noncentral_t()
    {
        var trial = PlannedStudy.Parse(Normal, "study");
        Assert.Equal(2, trial.Multiple);
        var exact = Plan(0.5);
        var power = Assert.Single(StudyPlanner.Powers(trial, 16, Options)).Power;
        Assert.Equal((2_000, 0), (power.Total, power.Failed));
        Assert.InRange(exact.Power(16), power.Estimate - (4 * power.Error), power.Estimate + (4 * power.Error));
        Assert.InRange(exact.Power(16), power.Lower, power.Upper);
        var clusters = Assert.Single(StudyPlanner.Clusters(trial, Options));
        var needed = exact.Clusters(0.8)!.Value;
        Assert.InRange(needed, clusters.AtLeast, clusters.AtMost!.Value);
        Assert.InRange(clusters.Needed!.Value, needed - 2, needed + 2);
        Assert.Equal(0.5, clusters.Effect, 1e-12);
        var effect = Assert.Single(StudyPlanner.Effects(trial, 16, Options));
        Assert.Equal(0.5 * effect.Needed!.Value, effect.Effect, 1e-12);
        Assert.InRange(Plan(effect.Effect).Power(16), 0.75, 0.85);
        Assert.InRange(Plan(0.5 * effect.AtLeast).Power(16), 0, 0.8);
    }

    [Fact]
    public void A_trial_of_more_clusters_contains_that_of_fewer_and_a_ratio_is_raised_to_the_factor()
    {
        var text = Normal.Replace("continuous", "binary", StringComparison.Ordinal).Replace("identity", "logit", StringComparison.Ordinal)
            .Replace(
                "  residual-sd: 0.97467943448089633\n",
                "  arms: 3\n  effect-arm3: [1.2]\n  effect-scale: odds-ratio\n",
                StringComparison.Ordinal)
            .Replace("effect: 0.5", "effect: 1.5", StringComparison.Ordinal);
        var trial = PlannedStudy.Parse(text, "study");
        Assert.Equal(3, trial.Multiple);
        var (few, many) = (SimulationRunner.Draw(trial.At(6, 1), 0, 3).Frame, SimulationRunner.Draw(trial.At(9, 1), 0, 3).Frame);
        Assert.Equal(few.Response.ToArray(), many.Response[..few.Rows].ToArray());
        var effects = trial.At(6, 2).Scenarios[0].Mechanism!.Effects;
        Assert.Equal(Math.Log(1.5 * 1.5), effects.Effect, 1e-12);
        Assert.Equal(Math.Log(1.2 * 1.2), effects.FurtherEffects[0], 1e-12);
    }

    [Fact]
    public void An_effect_that_no_trial_has_ends_the_search()
    {
        var text = Normal.Replace("continuous", "binary", StringComparison.Ordinal).Replace("identity", "logit", StringComparison.Ordinal)
            .Replace(
                "  residual-sd: 0.97467943448089633\n",
                "  baseline: 0.5\n  baseline-scale: population-mean\n",
                StringComparison.Ordinal)
            .Replace("effect: 0.5", "effect: 0.2\n  effect-scale: risk-difference", StringComparison.Ordinal);
        var answer = Assert.Single(StudyPlanner.Effects(
            PlannedStudy.Parse(text.Replace("cluster-size: 20", "cluster-size: 2", StringComparison.Ordinal), "study"),
            4,
            Options with { Trials = 100, Power = 0.999 }));
        Assert.Null(answer.Needed);
        Assert.InRange(answer.Power.Factor, 2.4, 2.5);
    }

    [Theory]
    [InlineData("clusters: 16", "clusters: [16, 20]", "The study has 2 scenarios; a trial is planned by one.")]
    [InlineData("  effect: 0.5\n", "  trend: 0\n", "The setting trend has no meaning")]
    public void What_cannot_be_planned_is_refused(string own, string other, string message)
    {
        var text = Normal.ReplaceLineEndings("\n").Replace(own, other, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<InputException>(() => PlannedStudy.Parse(text, "study")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_no_effects_and_effects_of_0_are_refused()
    {
        var spread = Normal.Replace("estimands: [risk-difference]", "estimands: [win-probability]", StringComparison.Ordinal)
            .Replace("continuous", "ordinal", StringComparison.Ordinal).Replace("identity", "logit", StringComparison.Ordinal)
            .Replace("residual-sd: 0.97467943448089633", "categories: '0.2, 0.8'", StringComparison.Ordinal)
            .Replace("cluster-means: {estimand: risk-difference}", "compare: {row: win-probability}", StringComparison.Ordinal);
        Assert.Contains(
            "0 under no hypothesis of no effect",
            Assert.Throws<InputException>(() => PlannedStudy.Parse(spread, "study")).Message,
            StringComparison.Ordinal);
        var without = PlannedStudy.Parse(Normal.Replace("effect: 0.5", "effect: 0", StringComparison.Ordinal), "study");
        Assert.Contains(
            "no trial has power for it",
            Assert.Throws<InputException>(() => StudyPlanner.Clusters(without, Options)).Message,
            StringComparison.Ordinal);
        Assert.InRange(Assert.Single(StudyPlanner.Powers(without, 8, Options)).Power.Estimate, 0.03, 0.07);
    }

    private static TrialPlan Plan(double difference) => new()
    {
        Outcome = PlannedOutcome.Continuous(difference, 1),
        Information = ClusterInformation.Exchangeable(0.05).Average([20]),
    };
}
