using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Data;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Simulation.Methods;

/// <summary><see cref="PersonComparisonEstimator"/> and <see cref="PersonRow"/> as study files name them.</summary>
public sealed class PersonMethodTests
{
    private const string Trial =
        "clusters: 90, cluster-size: 1, sigma: 0, baseline: -0.5, effect: 0.8, covariate: normal, covariate-slope: 1";

    [Theory]
    [InlineData("{rung: 1, scale: log-odds-ratio, adjust: covariates}", 1, "log odds ratio", "rung-1-log-odds-ratio")]
    [InlineData("{rung: 2, adjust: covariates}", 2, "risk difference", "risk-difference")]
    [InlineData("{adjust: covariates}", 3, "risk difference", "rung-3-difference")]
    [InlineData("{scale: log-odds-ratio, adjust: covariates, df: normal}", 3, "log odds ratio", "rung-3-log-odds-ratio")]
    public void Rungs_are_those_of_the_comparison_of_the_replicate_s_file(string options, int rung, string scale, string target)
    {
        var study = Drawn.Study(Trial, $"compare-by-person: {options}");
        var replicate = Drawn.Replicate(study);
        var normal = options.Contains("normal", StringComparison.Ordinal);
        var comparison = Comparison(replicate, "y ~ treatment + x", StandardizedErrors.Influence, normal);
        var expected = comparison.Ladder.Rungs.First(own => own.Rung == rung && own.Scale == scale).Inference;
        var actual = Drawn.Estimate(study, replicate);
        Drawn.Same(expected.Estimate, actual.Value, 1e-9);
        Drawn.Same(expected.StandardError, actual.StandardError, 1e-9);
        Assert.Equal(normal ? double.PositiveInfinity : 87, actual.DegreesOfFreedom);
        Assert.Equal(target, study.Methods[0].Target.Name);
    }

    [Theory]
    [InlineData("ye")]
    [InlineData("ge-hc3")]
    public void Standard_errors_of_persons_are_those_of_the_standardized_table(string errors)
    {
        var study = Drawn.Study(Trial, $"compare-by-person: {{se: {errors}, adjust: covariates}}");
        var replicate = Drawn.Replicate(study);
        var kind = StandardizedErrors.All.First(own => own.Name == errors);
        var contrast = Comparison(replicate, "y ~ treatment + x", kind, false).Standardized!.Contrasts
            .First(own => own.Measure == EffectMeasure.Difference);
        Drawn.Same(contrast.Inference.StandardError, Drawn.Estimate(study, replicate).StandardError);
    }

    [Fact]
    public void Raw_means_are_counts_of_the_arms_whatever_the_covariates()
    {
        var study = Drawn.Study(Trial, "compare-by-person: {row: raw-means, scale: log-odds-ratio, adjust: covariates}");
        var replicate = Drawn.Replicate(study);
        var (treated, outcome) = (replicate.Frame.Design.Column(1).ToArray(), replicate.Frame.Response.ToArray());
        double Odds(double arm)
        {
            var mean = outcome.Where((_, row) => treated[row] == arm).Average();
            return mean / (1 - mean);
        }

        Drawn.Same(Math.Log(Odds(1) / Odds(0)), Drawn.Estimate(study, replicate).Value);
    }

    [Fact]
    public void The_coefficient_is_that_of_the_generalized_linear_model()
    {
        var study = Drawn.Study(
            Trial, "compare-by-person: {row: conditional, adjust: covariates}", "glm: {adjust: covariates}");
        var replicate = Drawn.Replicate(study);
        Drawn.Same(study.Methods[1].Estimate(replicate).Value, study.Methods[0].Estimate(replicate).Value, 1e-7);
        Assert.Equal("conditional", study.Methods[0].Target.Name);
    }

    [Fact]
    public void Clusters_are_not_looked_at_and_arms_are_told_apart()
    {
        var study = Drawn.Study(
            "design: by-person, arms: 3, clusters: 8, cluster-size: 12, sigma: 0.5, effect: 0.5, effect-arm3: 1",
            "compare-by-person: {name: two, rung: 2, scale: log-odds-ratio}",
            "compare-by-person: {name: three, rung: 2, scale: log-odds-ratio, arm: 3}",
            "glm", "glm: {name: g3, arm: 3}");
        var replicate = Drawn.Replicate(study);
        Drawn.Same(study.Methods[2].Estimate(replicate).Value, study.Methods[0].Estimate(replicate).Value, 1e-7);
        Drawn.Same(study.Methods[3].Estimate(replicate).Value, study.Methods[1].Estimate(replicate).Value, 1e-7);
        Assert.Equal("rung-2-log-odds-ratio-arm3", study.Methods[1].Target.Name);
    }

    [Fact]
    public void Each_row_is_unbiased_for_its_own_truth_and_the_coefficient_is_not_for_the_population_s()
    {
        var study = Drawn.Study(
            "clusters: 1000, cluster-size: 1, sigma: 0, baseline: -0.5, effect: 0.8, covariate: normal, covariate-slope: 1.5",
            "compare-by-person: {name: rung-1, rung: 1, scale: log-odds-ratio, adjust: covariates}",
            "compare-by-person: {name: rung-3, scale: log-odds-ratio, adjust: covariates}",
            "compare-by-person: {name: raw, row: raw-means, scale: log-odds-ratio}",
            "compare-by-person: {name: wrong, rung: 1, scale: log-odds-ratio, adjust: covariates, estimand: rung-3-log-odds-ratio}");
        var rows = SimulationRunner.Run(study with { Replicates = 300 }, new SimulationOptions { Threads = 1 }).Scenarios[0].Performance;
        Assert.All(rows.Take(3), row => Assert.InRange(Math.Abs(row.Bias.Value), 0, 4 * row.Bias.MonteCarloError));
        Assert.True(rows[3].Bias.Value > 10 * rows[3].Bias.MonteCarloError);
        Assert.True(rows[1].EmpiricalError.Value < rows[2].EmpiricalError.Value);
    }

    [Fact]
    public void Arms_without_variation_fail_and_nothing_is_made_up()
    {
        var study = Drawn.Study(
            "clusters: 10, cluster-size: 1, sigma: 0, baseline: -12, effect: 24", "compare-by-person: {scale: log-odds-ratio}");
        Assert.Equal(EstimateOutcome.Failed, Drawn.Estimate(study, Drawn.Replicate(study)).Outcome);
    }

    [Theory]
    [InlineData("{rung: 1, scale: log-odds-ratio, se: ye}", "which are rung 3")]
    [InlineData("{rung: 1, row: raw-means}", "not both")]
    [InlineData("{row: conditional, scale: difference}", "has no scale")]
    [InlineData("{rung: 4}", "1 to 3")]
    [InlineData("{se: robust}", "no se \"robust\"")]
    public void What_has_no_meaning_is_refused_with_its_line(string options, string meant)
    {
        var error = Assert.Throws<InputException>(() => Drawn.Study(Trial, $"compare-by-person: {options}"));
        Assert.Contains(meant, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Line);
    }

    private static PersonComparison Comparison(Replicate replicate, string formula, StandardizedErrors errors, bool normal) =>
        PersonComparer.Compare(
            Drawn.Frame(replicate, formula, cluster: null),
            new PersonOptions { Treatment = "treatment", Family = Family.Binomial, Errors = errors, NormalReference = normal });
}
