using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Profiles;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Reference;

/// <summary>
/// Profile-likelihood limits of every parameter agree with those found in
/// glmmTMB's Laplace likelihood, and with lme4's confint (profiles.R).
/// </summary>
public sealed class ProfileGolden
{
    // Relative to the width of the interval. lme4 interpolates its profiles by splines between a dozen points.
    private const double Exact = 2e-5;
    private const double Interpolated = 3e-4;
    private static readonly string Folder = Path.Combine(ReferenceCase.Root, "..", "Glmm.Tests", "Reference");
    private static readonly JsonElement Expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "profiles.json"))).RootElement;

    [Fact]
    public void Every_parameter_of_correlated_slopes_agrees_with_glmmTMB()
    {
        var fit = GlmmFitter.Fit(
            ReferenceCase.Frame("slope_count", "y ~ arm * t + (t | id)"),
            new GlmmOptions { Family = Family.Poisson, Nodes = 1 });
        var want = Expected.GetProperty("glmmTMB").GetProperty("poisson_slopes");
        for (var j = 0; j < 4; j++)
        {
            Same(want.GetProperty("coefficients")[j], GlmmProfiles.OfCoefficient(fit, j), Exact);
        }

        Same(want.GetProperty("sd0"), GlmmProfiles.OfStandardDeviation(fit, 0, 0), Exact);
        Same(want.GetProperty("sd1"), GlmmProfiles.OfStandardDeviation(fit, 0, 1), Exact);
        Same(want.GetProperty("correlation"), GlmmProfiles.OfCorrelation(fit, 0, 0, 1), Exact);
        Same(want.GetProperty("correlation"), GlmmProfiles.OfCorrelation(fit, 0, 1, 0), Exact);
    }

    [Fact]
    public void Uncorrelated_slopes_agree_with_glmmTMB()
    {
        var fit = GlmmFitter.Fit(
            ReferenceCase.Frame("slope_count", "y ~ arm * t + (t || id)"),
            new GlmmOptions { Family = Family.Poisson, Nodes = 1 });
        var want = Expected.GetProperty("glmmTMB").GetProperty("poisson_uncorrelated");
        var terms = fit.RandomEffects.Count;
        Same(want.GetProperty("sd0"), GlmmProfiles.OfStandardDeviation(fit, 0, 0), Exact);
        Same(want.GetProperty("sd1"), GlmmProfiles.OfStandardDeviation(fit, terms - 1, terms == 1 ? 1 : 0), Exact);
    }

    [Fact]
    public void Nested_levels_agree_with_glmmTMB()
    {
        var frame = ModelFrameBuilder.Build(
            DatasetReader.Read(Path.Combine(Folder, "nested.csv")),
            new FrameRequest { Formula = FormulaParser.Parse("y ~ x + (1 | hospital/ward)") });
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Nodes = 1 });
        var want = Expected.GetProperty("glmmTMB").GetProperty("nested");
        Same(want.GetProperty("coefficients")[0], GlmmProfiles.OfCoefficient(fit, 0), Exact);
        Same(want.GetProperty("coefficients")[1], GlmmProfiles.OfCoefficient(fit, 1), Exact);
        Same(want.GetProperty("hospital"), GlmmProfiles.OfStandardDeviation(fit, 0), Exact);
        Same(want.GetProperty("ward"), GlmmProfiles.OfStandardDeviation(fit, 1), Exact);
    }

    [Fact]
    public void The_dispersion_of_a_negative_binomial_agrees_with_glmmTMB_and_ends_at_zero()
    {
        var fit = GlmmFitter.Fit(
            ReferenceCase.Frame("unbalanced_shuffled", "count ~ arm + x1 + offset(log(exposure)) + (1 | id)"),
            new GlmmOptions { Family = Family.NegativeBinomial(1), Nodes = 1 });
        var want = Expected.GetProperty("glmmTMB").GetProperty("negative_binomial");
        Same(want.GetProperty("sd"), GlmmProfiles.OfStandardDeviation(fit), Exact);
        var dispersion = GlmmProfiles.OfDispersion(fit)!;
        Assert.Equal(want.GetProperty("dispersion")[1].GetDouble(), dispersion.Upper, 1e-6);
        Assert.Equal((0, true), (dispersion.Lower, dispersion.LowerIsEdge));
    }

    [Fact]
    public void The_dispersion_of_a_gamma_agrees_with_glmmTMB()
    {
        var fit = GlmmFitter.Fit(
            ReferenceCase.Frame("unbalanced_shuffled", "positive ~ arm + x1 + (1 | id)"),
            new GlmmOptions { Family = Family.Gamma, Nodes = 1 });
        var want = Expected.GetProperty("glmmTMB").GetProperty("gamma");
        Same(want.GetProperty("sd"), GlmmProfiles.OfStandardDeviation(fit), Exact);
        Same(want.GetProperty("dispersion"), GlmmProfiles.OfDispersion(fit)!, Exact);
    }

    [Fact]
    public void A_gaussian_model_agrees_with_glmmTMB_and_lme4_in_every_parameter()
    {
        var fit = GlmmFitter.Fit(
            ReferenceCase.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)"),
            new GlmmOptions { Family = Family.Gaussian, Nodes = 1 });
        var want = Expected.GetProperty("glmmTMB").GetProperty("gaussian");
        var peer = Expected.GetProperty("lme4").GetProperty("sleepstudy_ml");
        var variances = GlmmProfiles.OfVariances(fit);
        Assert.Equal(
            ["SD (Intercept) | Subject", "SD Days | Subject", "correlation (Intercept), Days | Subject", "residual SD"],
            variances.Select(profile => profile.Label));
        string[] names = ["sd0", "sd1", "correlation", "residual"];
        string[] peerNames = ["sd_(Intercept)|Subject", "sd_Days|Subject", "cor_Days.(Intercept)|Subject", "sigma"];
        for (var k = 0; k < 4; k++)
        {
            Same(want.GetProperty(names[k]), variances[k], Exact);
            Same(peer.GetProperty(peerNames[k]), variances[k], Interpolated);
        }

        Same(peer.GetProperty("(Intercept)"), GlmmProfiles.OfCoefficient(fit, 0), Interpolated);
        Same(peer.GetProperty("Days"), GlmmProfiles.OfCoefficient(fit, 1), Interpolated);
    }

    [Fact]
    public void Fifteen_nodes_agree_with_lme4()
    {
        var fit = GlmmFitter.Fit(
            ReferenceCase.Frame("ohio", "resp ~ age + smoke + (1 | id)"),
            new GlmmOptions { Family = Family.Binomial, Nodes = 15 });
        var peer = Expected.GetProperty("lme4").GetProperty("ohio_15_nodes");
        Same(peer.GetProperty("sd_(Intercept)|id"), GlmmProfiles.OfStandardDeviation(fit), Interpolated);
        for (var j = 0; j < 3; j++)
        {
            Same(peer.GetProperty(fit.Frame.Design.Names[j]), GlmmProfiles.OfCoefficient(fit, j), Interpolated);
        }
    }

    private static void Same(JsonElement expected, ProfileInterval interval, double tolerance)
    {
        var (lower, upper) = (expected[0].GetDouble(), expected[1].GetDouble());
        Assert.Equal(lower, interval.Lower, tolerance * (upper - lower));
        Assert.Equal(upper, interval.Upper, tolerance * (upper - lower));
        Assert.False(interval.LowerIsEdge || interval.UpperIsEdge);
    }
}
