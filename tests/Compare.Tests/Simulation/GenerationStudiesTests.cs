using System.Text.RegularExpressions;
using MarginalConditional.Compare.Simulation.Calibration;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Missingness;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>
/// Study files that say means and correlations (<c>MarginalSettings</c>), what a trial is to look like (<c>CalibrationSettings</c>) and
/// what is missing of it (<c>MissingnessSettings</c>), and what is refused of them.
/// </summary>
public sealed class GenerationStudiesTests
{
    [Theory]
    [InlineData("generation: emrich-piedmonte, correlation: exchangeable(0.1)")]
    [InlineData("generation: qaqish, correlation: exchangeable(0.1), cluster-size: poisson(9)")]
    [InlineData("generation: qaqish, correlation: 'nested(0.1, 0.05)', design: stepped-wedge, periods: 4, cluster-size: 8, clusters: 21")]
    [InlineData("generation: gaussian-copula, correlation: ar1(0.5), design: longitudinal, outcome: count")]
    [InlineData("generation: gaussian-copula, correlation: exchangeable(0.2), outcome: continuous")]
    [InlineData("baseline: 0.2, baseline-scale: population-mean, icc: 0.05, effect: 1.6, effect-scale: marginal-odds-ratio")]
    [InlineData("icc: 0.2, icc-scale: latent, random-effect: bridge, baseline: 0.4, baseline-scale: cluster-mean")]
    [InlineData("design: longitudinal, sigma: 1, missingness: dropout, missing-share: 0.3, missing-previous: 0.7")]
    [InlineData("sigma: 1, missingness: rows, missing-intercept: -1.5, missing-present: 0.5, missing-treated: 0.4")]
    [InlineData("design: crossover, sigma: 1, cluster-size: 2, missingness: dropout, missing-share: 0.2, missing-present: 1")]
    public void A_study_is_read_and_run(string settings)
    {
        var study = Read(settings);
        var result = SimulationRunner.Run(study with { Replicates = 4 }, new SimulationOptions { Threads = 1 });
        foreach (var row in result.Scenarios[0].Performance)
        {
            Assert.Equal(0, row.Failed);
            Assert.True(double.IsFinite(row.Truth), row.Method);
        }
    }

    [Fact]
    public void Gee_estimates_the_coefficient_that_correlated_outcomes_were_made_with()
    {
        var study = Studies.Read("""
            study: margins
            seed: 5
            replicates: 300
            data-generating-mechanisms: {clusters: 60, cluster-size: 10, baseline: -1, effect: 0.5, correlation: exchangeable(0.1),
              generation: [emrich-piedmonte, gaussian-copula, qaqish]}
            estimands: [marginal, risk-difference, conditional]
            methods: [gee, standardized-gee, glmm: {nodes: 7}]
            """);
        foreach (var scenario in SimulationRunner.Run(study, new SimulationOptions()).Scenarios)
        {
            var rows = scenario.Performance;
            Assert.Equal(0.5, rows[0].Truth, 1e-12);
            Assert.InRange(rows[0].Bias.Value, -4 * rows[0].Bias.MonteCarloError, (4 * rows[0].Bias.MonteCarloError) + 0.01);
            Assert.InRange(rows[1].Bias.Value, -4 * rows[1].Bias.MonteCarloError, 4 * rows[1].Bias.MonteCarloError);
            Assert.InRange(rows[0].Coverage.Value, 0.90, 0.985);
            Assert.Equal(double.NaN, rows[2].Truth);
        }
    }

    [Fact]
    public void Parameters_are_solved_and_kept_beside_the_settings()
    {
        const string Target = "baseline: 0.2, baseline-scale: population-mean, icc: 0.05, effect: 1.5, effect-scale: marginal-odds-ratio";
        var scenario = Read(Target).Scenarios[0];

        // The numbers of R in CalibratorTests.
        Assert.Equal(-1.4805480692181, scenario.Solved!.Baseline, 1e-9);
        Assert.Equal(0.57442718492554, scenario.Mechanism!.RandomEffect.StandardDeviation, 1e-9);
        Assert.Equal(0.42900512837814, scenario.Mechanism.Effects.Effect, 1e-9);
        Assert.Equal(Math.Log(1.5), StudyTarget.Marginal.Truth(scenario.Mechanism), 1e-10);
        Assert.Equal("0.05", scenario.Setting("icc"));
        Assert.Null(Read("sigma: 1").Scenarios[0].Solved);
    }

    [Fact]
    public void Scenarios_that_differ_by_size_share_a_solution_and_others_have_their_own()
    {
        var study = Studies.Read("""
            study: grid
            seed: 1
            replicates: 1
            data-generating-mechanisms: {clusters: [10, 20], cluster-size: [5, 9], effect: 0.1, effect-scale: risk-difference,
              baseline: [0.2, 0.3], baseline-scale: population-mean, sigma: [0.5, 1]}
            estimands: [risk-difference]
            methods: [standardized-gee]
            """);
        Assert.Equal(16, study.Scenarios.Count);
        Assert.Equal(4, study.Scenarios.Select(scenario => scenario.Solved).Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.All(study.Scenarios, scenario => Assert.Equal(
            scenario.Setting("baseline") == "0.2" ? 0.2 : 0.3, new Population(scenario.Mechanism!).Mean(0), 1e-10));
    }

    [Fact]
    public void Population_means_count_covariates_and_effects_that_vary()
    {
        foreach (var settings in new[]
        {
            "sigma: 0.7, covariate: normal, covariate-slope: 1, covariate-interaction: -0.5",
            "sigma: 0.7, treatment-sigma: 0.8, design: by-person",
            "sigma: 0.4, sigma-treated: 1.5, random-effect: gamma(2)",
        })
        {
            var mechanism = Read(settings + ", baseline: 0.3, baseline-scale: population-mean, effect: 0.1, effect-scale: risk-difference")
                .Scenarios[0].Mechanism!;
            var population = new Population(mechanism);
            Assert.Equal(0.3, population.Mean(0), 1e-10);
            Assert.Equal(0.4, population.Mean(1), 1e-10);
        }
    }

    [Fact]
    public void Several_arms_have_their_effects_on_one_scale()
    {
        var mechanism = Read("arms: 3, sigma: 1, baseline: 0.3, baseline-scale: population-mean, effect: 0.8, effect-arm3: 1.3, "
            + "effect-scale: risk-ratio").Scenarios[0].Mechanism!;
        var population = new Population(mechanism);
        Assert.Equal(0.24, population.Mean(1), 1e-10);
        Assert.Equal(0.39, population.Mean(2), 1e-10);
    }

    [Fact]
    public void What_is_missing_is_solved_for_and_the_truth_stays_that_of_the_whole_trial()
    {
        const string Trial = "design: longitudinal, cluster-size: 5, clusters: 4000, baseline: -1, sigma: 1.5";
        var whole = Read(Trial).Scenarios[0];
        var part = Read(Trial + ", missingness: dropout, missing-share: 0.1, missing-share-treated: 0.4, missing-previous: 1").Scenarios[0];
        foreach (var estimand in StudyTarget.All.Take(3))
        {
            Assert.Equal(whole.Truth(estimand), part.Truth(estimand));
        }

        Assert.Equal("MAR", ((LogisticMissingness)part.Mechanism!.Missingness!).Kind);
        var frame = part.Source.Open().Draw(new(1, 2, 3), 3);
        var leavers = new double[2];
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            Assert.Equal(0, frame.Waves[frame.Clusters.Start(c)]);
            leavers[c % 2] += frame.Clusters.Size(c) < 5 ? 1.0 / 2000 : 0;
        }

        Assert.Equal(0.1, leavers[0], 0.03);
        Assert.Equal(0.4, leavers[1], 0.05);
    }

    [Fact]
    public void Missing_at_random_biases_working_independence_and_not_the_likelihood()
    {
        var study = Studies.Read("""
            study: dropout
            seed: 3
            replicates: 60
            data-generating-mechanisms: {design: longitudinal, clusters: 400, cluster-size: 6, baseline: 0, trend: 0, effect: 0.3, sigma: 2,
              missingness: dropout, missing-share: 0.2, missing-share-treated: 0.7, missing-previous: 2}
            estimands: [conditional, marginal]
            methods: [glmm: {nodes: 9}, gee: {correlation: independence}]
            """);
        var rows = SimulationRunner.Run(study, new SimulationOptions()).Scenarios[0].Performance;
        Assert.InRange(rows[0].Bias.Value, -3.5 * rows[0].Bias.MonteCarloError, 3.5 * rows[0].Bias.MonteCarloError);
        Assert.True(Math.Abs(rows[1].Bias.Value) > 5 * rows[1].Bias.MonteCarloError);
    }

    [Fact]
    public void Standardized_means_are_those_of_the_rows_that_are_seen()
    {
        // Rows missing completely at random leave the standardized difference of a parallel trial without bias.
        var study = Read("sigma: 1, effect: 1, missingness: rows, missing-share: 0.4", "standardized-gee", "risk-difference");
        var row = SimulationRunner.Run(study with { Replicates = 200 }, new SimulationOptions()).Scenarios[0].Performance[0];
        Assert.InRange(row.Bias.Value, -4 * row.Bias.MonteCarloError, 4 * row.Bias.MonteCarloError);
    }

    [Fact]
    public void Settings_at_their_default_change_no_hash()
    {
        var plain = Read("sigma: 1").Scenarios[0].Hash;
        Assert.Equal(plain, Read("sigma: 1, generation: conditional, missingness: none, baseline-scale: link").Scenarios[0].Hash);
        Assert.Equal(plain, Read("sigma: 1, effect-scale: coefficient").Scenarios[0].Hash);
        Assert.NotEqual(plain, Read("sigma: 1, effect-scale: odds-ratio").Scenarios[0].Hash);
    }

    [Theory]
    [InlineData("generation: emrich-piedmonte", "The data-generating mechanisms lack \"correlation\".")]
    [InlineData(
        "sigma: 1, correlation: exchangeable(0.1)",
        "The setting correlation has no meaning where random effects make outcomes alike.")]
    [InlineData("generation: qaqish, correlation: exchangeable(0.1), outcome: count", "which makes binary outcomes only.")]
    [InlineData(
        "generation: qaqish, correlation: exchangeable(0.1), sigma: 1",
        "The setting sigma has no meaning with generation \"qaqish\"")]
    [InlineData("generation: qaqsh, correlation: exchangeable(0.1)", "Did you mean \"qaqish\"?")]
    [InlineData("generation: qaqish, correlation: exchangeable(1.1)", "The setting correlation has 1.1; correlations go from -1 to 1.")]
    [InlineData("generation: qaqish, correlation: echangeable(0.1)", "The setting correlation is \"echangeable(0.1)\".")]
    [InlineData("generation: qaqish, correlation: exchangeable(-0.05), cluster-size: 40", "it has to exceed -0.0256.")]
    [InlineData(
        "generation: emrich-piedmonte, correlation: ar1(0.95), design: longitudinal, baseline: -3",
        "their Fréchet bounds; ar1(0.95)")]
    [InlineData("clusters: 20", "The data-generating mechanisms lack \"sigma\".")]
    [InlineData("sigma: 1, icc: 0.1", "The settings sigma and icc say the same thing")]
    [InlineData("sigma: 1, icc-scale: latent", "The setting icc-scale has no meaning without an icc.")]
    [InlineData("icc: 0.1, covariate: normal", "Beside covariate the correlation of outcomes is not one number.")]
    [InlineData("icc: 0.1, icc-scale: latent, outcome: count", "With a log link no latent variable has an ICC")]
    [InlineData("sigma: 1, effect: 2, effect-scale: oddsratio", "Did you mean \"odds-ratio\"?")]
    [InlineData(
        "sigma: 1, outcome: count, effect-scale: odds-ratio",
        "It takes coefficient, marginal-coefficient, mean-ratio, mean-difference.")]
    [InlineData("sigma: 1, baseline: 2, baseline-scale: population-mean", "as a population-mean it must be a risk, between 0 and 1.")]
    [InlineData(
        "sigma: 1, design: longitudinal, effect-scale: risk-ratio",
        "In the longitudinal design the effect is not that of one treatment")]
    [InlineData("sigma: 1, size-slope: 1, baseline: 0.2, baseline-scale: population-mean", "there is no one population mean to solve for.")]
    [InlineData("sigma: 1, missingness: dropout, missing-share: 0.2", "Dropout needs clusters that are participants")]
    [InlineData("sigma: 1, missingness: rows", "How much is missing is said by either missing-share or missing-intercept.")]
    [InlineData("sigma: 1, missing-share: 0.2", "The setting missing-share has no meaning where missingness is \"none\".")]
    [InlineData("sigma: 1, missingness: rows, missing-share: 1.2", "The setting missing-share is 1.2; it must be from")]
    [InlineData("sigma: 1, missingness: rows, missing-share: 0.2, missing-previous: 1", "The setting missing-previous belongs to dropout")]
    [InlineData("sigma: 1, missingness: rows, missing-intercept: 0, missing-share-treated: 0.2", "stands beside missing-share")]
    [InlineData("sigma: 1, missingness: mar, missing-share: 0.2", "It takes none, rows, dropout.")]
    [InlineData(
        "sigma: 1, design: longitudinal, trend-sigma: 1, missingness: dropout, missing-share: 0.2, missing-previous: 1",
        "has a known share only where outcomes are independent given the clusters' intercepts.")]
    public void What_has_no_meaning_is_refused(string settings, string message)
    {
        var error = Assert.Throws<InputException>(() => Read(settings));
        Assert.Contains(message, error.Message + error.Hint);
        Assert.Equal(4, error.Line);
    }

    private static Study Read(string settings, string method = "gee", string estimand = "marginal")
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        (all["clusters"], all["cluster-size"], all["effect"]) = ("40", "9", "0.4");
        foreach (var setting in Regex.Split(settings, ", (?=[a-z0-9-]+:)", RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            var parts = setting.Split(": ", 2);
            all[parts[0]] = parts[1];
        }

        return Studies.Read($$"""
            study: one
            seed: 2
            replicates: 10
            data-generating-mechanisms: { {{string.Join(", ", all.Select(pair => $"{pair.Key}: {pair.Value}"))}} }
            estimands: [{{estimand}}]
            methods: [{{method}}]
            """);
    }
}
