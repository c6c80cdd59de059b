using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Simulation.Methods;

/// <summary>Units beside their true effects: <see cref="UnitProfileEstimator"/> and <see cref="UnitMeasure"/>.</summary>
public sealed class UnitProfileMethodTests
{
    private const string Normal = "design: units, clusters: 60, cluster-size: 8, outcome: continuous, sigma: 0.7, residual-sd: 1.5";

    [Fact]
    public void Measures_are_counts_over_the_units_by_hand()
    {
        UnitMeasure.Unit[] units = [new(2, 1.5, 0.4), new(1.5, 0.2, 0.5), new(-1, 0.6, 0.5), new(-0.5, -0.5, 0.1), new(0.5, 0.5, 0.6)];
        Assert.Equal((0.25 + 1.69 + 2.56) / 5, UnitMeasure.MeanSquaredError.Of(units, 1).Value, 1e-12);
        Assert.Equal(0.4, UnitMeasure.Coverage.Of(units, 1).Value, 1e-12);
        Assert.Equal(0.5, UnitMeasure.Sensitivity.Of(units, 1).Value, 1e-12);
        Assert.Equal(0.5, UnitMeasure.FalseFlags.Of(units, 1).Value, 1e-12);

        // Truths have the ranks 5, 4, 1, 2, 3, effects 5, 2, 4, 1, 3: Σd² is 4 + 9 + 1, and 1 − 6·14/120 is 0.3.
        Assert.Equal(0.3, UnitMeasure.RankCorrelation.Of(units, 1).Value, 1e-12);
        Assert.Equal(double.NaN, UnitMeasure.Sensitivity.Of(units, 3).Value);
        Assert.True(UnitMeasure.Coverage.Of([new(0, 0, 1), new(0, 0, 1)], 1).Error > 0);
    }

    [Fact]
    public void Effects_are_those_of_the_mixed_model_beside_those_that_were_drawn()
    {
        var study = Study("design: units, clusters: 40, cluster-size: 'poisson(12)', sigma: 1, baseline: -0.5", "profile: {nodes: 9}");
        var replicate = Drawn.Replicate(study);
        var fit = GlmmFitter.Fit(
            Drawn.Frame(replicate, "y ~ 1"), new GlmmOptions { Family = Family.Binomial, Link = Link.Logit, Nodes = 9, Threads = 1 });
        var modes = fit.RandomEffects[0].Modes.ToArray();
        var truths = replicate.UnitEffects!;
        Assert.Equal(40, truths.Length);
        var expected = modes.Zip(truths, (mode, truth) => (mode - truth) * (mode - truth)).Average();
        Drawn.Same(expected, study.Methods[0].Estimate(replicate).Value, 1e-7);
    }

    [Fact]
    public void Normal_units_have_the_errors_and_the_coverage_of_theory()
    {
        var study = Study(Normal, "profile", "profile: {name: c, measure: coverage}", "profile: {name: r, measure: rank-correlation}");
        var mechanism = study.Scenarios[0].Mechanism!;
        var noise = 1.5 * 1.5 / 8;
        Assert.Equal(0.49 * noise / (0.49 + noise), StudyTarget.UnitMeanSquaredError.Truth(mechanism), 1e-12);
        Assert.Equal(double.NaN, StudyTarget.UnitMeanSquaredError.Truth(mechanism with { Family = Family.Binomial, Link = Link.Logit }));
        var rows = SimulationRunner.Run(study with { Replicates = 150 }, new SimulationOptions { Threads = 2 }).Scenarios[0].Performance;

        // Estimated parameters cost a little; the errors given them leave a little coverage out.
        Assert.InRange(rows[0].Bias.Value / rows[0].Truth, -0.03, 0.12);
        Assert.InRange(rows[1].Mean.Value, 0.91, 0.96);
        Assert.InRange(rows[2].Mean.Value, 0.72, 0.84);
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        Assert.Contains(
            "has no measure \"mes\". Did you mean \"mse\"?",
            Assert.Throws<InputException>(() => Study(Normal, "profile: {measure: mes}")).Message,
            StringComparison.Ordinal);
    }

    private static Study Study(string mechanism, params string[] methods) => StudyReader.Parse(
        $$"""
        study: units
        seed: 3
        replicates: 3
        data-generating-mechanisms: { {{mechanism}} }
        estimands: [unit-mse, unit-coverage, unit-rank-correlation, unit-sensitivity, unit-false-flags]
        methods:
        {{string.Concat(methods.Select(method => $"  - {method}\n"))}}
        """,
        "study.yaml");
}
