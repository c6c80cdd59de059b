using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Data;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Tests.Simulation.Methods;

public sealed class ComparisonMethodTests
{
    private const string Trial = "clusters: 16, cluster-size: 'poisson(10)', sigma: 0.8, effect: 0.6";

    [Theory]
    [InlineData("compare: {rung: 0, scale: log-odds-ratio}", "rung-0-log-odds-ratio")]
    [InlineData("compare: {rung: 1, scale: log-odds-ratio}", "rung-1-log-odds-ratio")]
    [InlineData("compare: {rung: 2}", "risk-difference")]
    [InlineData("compare: {rung: 2, weighting: cluster, scale: risk-difference}", "rung-2-cluster-difference")]
    [InlineData("compare: {rung: 3}", "rung-3-difference")]
    [InlineData("compare: {rung: 3, weighting: cluster}", "rung-3-cluster-difference")]
    public void Rungs_are_those_of_the_comparison(string method, string target)
    {
        var study = Drawn.Study(Trial, method);
        var replicate = Drawn.Replicate(study);
        var row = ((ComparisonEstimator)study.Methods[0]).Row;
        Same(row.Find(Comparison(replicate, marginalLikelihood: false), "treatment", "")!, Drawn.Estimate(study, replicate));
        Assert.Equal(target, study.Methods[0].Target.Name);
    }

    [Fact]
    public void Coefficients_and_standardized_effects_are_those_of_the_comparison()
    {
        foreach (var (word, target) in new[]
        {
            ("conditional", "conditional"),
            ("marginalized", "marginal"),
            ("marginal", "marginal"),
            ("marginal-likelihood", "marginal"),
            ("standardized-gee", "risk-difference"),
            ("standardized-glmm", "risk-difference"),
        })
        {
            var study = Drawn.Study(Trial, $"compare: {{row: {word}}}");
            var replicate = Drawn.Replicate(study);
            var comparison = Comparison(replicate, marginalLikelihood: true);
            var expected = word switch
            {
                "conditional" => comparison.Effects[0].Conditional.Inference,
                "marginalized" => comparison.Effects[0].Marginalized.Inference,
                "marginal" => comparison.Effects[0].Marginal.Inference,
                "marginal-likelihood" => comparison.Effects[0].MarginalLikelihood!.Inference,
                _ => comparison.Standardized
                    .First(result => result.Method == word[13..].ToUpperInvariant() && result.Means.Weighting.Name == "participant")
                    .Contrasts.First(own => own.Measure.Name == "risk difference").Inference,
            };
            Same(expected, Drawn.Estimate(study, replicate));
            Assert.Equal(target, study.Methods[0].Target.Name);
        }
    }

    [Fact]
    public void The_data_of_a_replicate_have_its_covariates()
    {
        var replicate = Drawn.Replicate(Drawn.Study(
            "clusters: 8, cluster-size: 3, sigma: 0.4, effect: 0.5, covariate: normal, cluster-covariate: normal", "glm"));
        var data = Drawn.Data(replicate);
        Assert.Equal(["cluster", "wave", "treatment", "x", "z", "y"], data.Columns.Select(column => column.Name));
        foreach (var name in new[] { "x", "z" })
        {
            var own = replicate.Frame.AuxiliaryColumns.Single(column => column.Name == name);
            var shown = data.Columns.Single(column => column.Name == name);
            Assert.Equal(((NumericColumn)own).Values.ToArray(), ((NumericColumn)shown).Values.ToArray());
        }
    }

    [Fact]
    public void Further_arms_and_covariates_are_compared()
    {
        var study = Drawn.Study(
            "clusters: 24, arms: 3, cluster-size: 10, sigma: 0.4, effect: 0.5, effect-arm3: 1, covariate: normal, covariate-slope: 0.5",
            "compare: {rung: 2, scale: log-odds-ratio, arm: 3, adjust: covariates}",
            "compare: {name: c, row: conditional, arm: 3, adjust: covariates}",
            "glmm: {arm: 3, adjust: covariates}");
        var replicate = Drawn.Replicate(study);
        Assert.True(study.Methods[0].Estimate(replicate).IsUsable);
        Drawn.Same(study.Methods[2].Estimate(replicate).Value, study.Methods[1].Estimate(replicate).Value, 1e-6);
    }

    [Theory]
    [InlineData("compare: {rung: 5}", "it must be a whole number from 0 to 4")]
    [InlineData("compare: {rung: 2, row: marginal}", "takes a rung of the ladder or a row, not both")]
    [InlineData("compare: {row: marginal, scale: difference}", "is a coefficient and has no scale")]
    [InlineData("compare: {row: marginl}", "The method compare has no row \"marginl\". Did you mean \"marginal\"?")]
    public void What_is_wrong_is_said(string method, string part) => Assert.Contains(
        part, Assert.Throws<InputException>(() => Drawn.Study(Trial, method)).Message, StringComparison.Ordinal);

    private static ModelComparison Comparison(Replicate replicate, bool marginalLikelihood) => ModelComparer.Compare(
        Drawn.Frame(replicate, "y ~ treatment"),
        new ComparisonOptions
        {
            Treatment = "treatment",
            Gee = new GeeOptions { Family = Family.Binomial, Link = Link.Logit, Threads = 1 },
            Glmm = new GlmmOptions { Family = Family.Binomial, Link = Link.Logit, Nodes = 15, CheckNodes = false, Threads = 1 },
            MarginalLikelihood = marginalLikelihood,
        });

    private static void Same(Coefficient expected, EffectEstimate actual)
    {
        Drawn.Same(expected.Estimate, actual.Value);
        Drawn.Same(expected.StandardError, actual.StandardError);
        Assert.Equal(expected.DegreesOfFreedom, actual.DegreesOfFreedom);
        Assert.True(actual.IsUsable);
    }
}
