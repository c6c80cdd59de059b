using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Pseudo;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Simulation.Methods;

/// <summary>Methods of studies give what the commands' own fitters give for the replicate's CSV.</summary>
public sealed class LinearMixedMethodTests
{
    private const string Parallel = "clusters: 12, cluster-size: 9, outcome: continuous, sigma: 0.7, effect: 0.5";

    [Theory]
    [InlineData("lmm", "normal", true)]
    [InlineData("lmm: {ml: false}", "normal", true)]
    [InlineData("lmm: {df: satterthwaite}", "satterthwaite", true)]
    [InlineData("lmm: {df: kenward-roger}", "kenward-roger", true)]
    [InlineData("lmm: {ml: true, df: satterthwaite}", "satterthwaite", false)]
    public void A_linear_mixed_model_is_the_commands(string method, string reference, bool restricted)
    {
        var study = Drawn.Study(Parallel, method);
        var replicate = Drawn.Replicate(study);
        var fit = LmmFitter.Fit(
            Drawn.Frame(replicate, "y ~ treatment + (1 | cluster)"), new LmmOptions { Restricted = restricted, Threads = 1 });
        Assert.True(LmmReference.TryParse(reference, out var asked));
        Same(asked.Of(fit), 1, Drawn.Estimate(study, replicate));
    }

    [Fact]
    public void Sandwiches_covariates_slopes_residuals_and_periods_are_the_commands()
    {
        var study = Drawn.Study(
            Parallel + ", covariate: normal, covariate-slope: 0.4", "lmm: {adjust: covariates, se: bias-reduced, df: satterthwaite}");
        var replicate = Drawn.Replicate(study);
        var sandwich = LmmReference.WithSandwich(SandwichCorrection.BiasReduced, moments: true);
        Same(sandwich.Of(Fit(replicate.AdjustedFrame, RandomPart.Intercept, replicate)), 1, Drawn.Estimate(study, replicate));

        study = Drawn.Study(
            "design: by-person, clusters: 14, cluster-size: 10, outcome: continuous, effect: 1, sigma: 0.7, treatment-sigma: 0.6",
            "lmm: {random: treatment, df: kenward-roger}");
        replicate = Drawn.Replicate(study);
        // With several covariance parameters the last step of the search rounds in another way.
        Same(Of("y ~ treatment + (treatment | cluster)", LmmReference.KenwardRoger), 1, Drawn.Estimate(study, replicate), 1e-7);

        study = Drawn.Study(
            "design: stepped-wedge, clusters: 12, cluster-size: 15, outcome: continuous, effect: 1, sigma: 0.7, period-sigma: 0.5",
            "lmm: {random: period, df: satterthwaite}");
        replicate = Drawn.Replicate(study);
        Assert.Equal(60, RandomPart.Period.Terms(replicate, 2)[1].GroupCount);

        Assert.True(Drawn.Estimate(study, replicate).IsUsable);

        study = Drawn.Study(
            "design: longitudinal, clusters: 20, cluster-size: 4, outcome: continuous, effect: 1, sigma: 0.7",
            "lmm: {random: none, residual: ar1}");
        replicate = Drawn.Replicate(study);
        var fit = LmmFitter.Fit(
            Drawn.Frame(replicate, "y ~ treatment * time", wave: "wave"),
            new LmmOptions { Residual = ResidualStructure.FirstOrderAutoregression, Threads = 1 });
        Same(LmmReference.Normal.Of(fit), 3, Drawn.Estimate(study, replicate), 1e-7);

        LmmInference Of(string formula, LmmReference reference) =>
            reference.Of(LmmFitter.Fit(Drawn.Frame(replicate, formula), new LmmOptions { Threads = 1 }));
    }

    [Theory]
    [InlineData("pseudo-likelihood: {df: kenward-roger}", "kenward-roger", true)]
    [InlineData("pseudo-likelihood", "normal", true)]
    [InlineData("pseudo-likelihood: {method: repl}", "normal", true)]
    [InlineData("pseudo-likelihood: {method: mpl, df: satterthwaite}", "satterthwaite", false)]
    public void Pseudo_likelihood_is_the_commands(string method, string reference, bool restricted)
    {
        var study = Drawn.Study("clusters: 16, cluster-size: 12, sigma: 0.8, effect: 0.5", method);
        var replicate = Drawn.Replicate(study);
        var fit = PseudoLikelihoodFitter.Fit(
            Drawn.Frame(replicate, "y ~ treatment + (1 | cluster)"),
            new PseudoLikelihoodOptions { Family = Family.Binomial, Link = Link.Logit, Restricted = restricted, Threads = 1 });
        Assert.True(LmmReference.TryParse(reference, out var asked));
        Same(asked.Of(fit.Linear), 1, Drawn.Estimate(study, replicate));
    }

    [Fact]
    public void A_linear_model_of_risks_is_held_to_their_difference()
    {
        var study = Drawn.Study("clusters: 16, cluster-size: 12, sigma: 0.8, effect: 0.5", "lmm: {estimand: risk-difference}");
        Assert.Equal("risk-difference", study.Methods[0].Target.Name);
        Assert.True(Drawn.Estimate(study, Drawn.Replicate(study)).IsUsable);
    }

    [Theory]
    [InlineData("lmm: {df: kenward-roger, se: bias-reduced}", "belong to model-based standard errors")]
    [InlineData("lmm: {ml: true, df: kenward-roger}", "needs a fit by restricted maximum likelihood")]
    [InlineData("pseudo-likelihood: {method: mpl, df: kenward-roger}", "needs a fit by restricted maximum likelihood")]
    [InlineData("lmm: {df: kenward}", "The method lmm has no df \"kenward\". Did you mean \"kenward-roger\"?")]
    [InlineData("lmm: {estimand: risk}", "\"risk\" is not among the study's estimands.")]
    [InlineData("pseudo-likelihood: {nodes: 3}", "has no setting \"nodes\"")]
    public void What_is_wrong_is_said(string method, string part)
    {
        var exception = Assert.Throws<InputException>(() => Drawn.Study(Parallel, method));
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.Line);
    }

    private static LmmFit Fit(ModelFrame frame, RandomPart random, Replicate replicate) =>
        LmmFitter.Fit(frame.WithTerms(frame.Design, random.Terms(replicate, 2)), new LmmOptions { Threads = 1 });

    private static void Same(LmmInference expected, int column, EffectEstimate actual, double tolerance = 1e-10)
    {
        var row = expected.Table()[column];
        Drawn.Same(row.Estimate, actual.Value, tolerance);
        Drawn.Same(row.StandardError, actual.StandardError, tolerance);
        Assert.True(actual.IsUsable);
        if (double.IsFinite(actual.DegreesOfFreedom))
        {
            Drawn.Same(row.DegreesOfFreedom!.Value, actual.DegreesOfFreedom, 1e-7);
        }
        else
        {
            Assert.True(row.DegreesOfFreedom is null or double.PositiveInfinity);
        }
    }
}
