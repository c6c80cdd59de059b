using System.Text.Json;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Means.Tests;

/// <summary>
/// The respiratory trial by GEE (geepack 1.3.9) and GLMM (lme4 1.1.31, 25 nodes): emmeans 1.8.4.1 under R 4.2.2, and R's
/// <c>integrate</c> for means over the random effects, which emmeans can only approximate.
/// </summary>
public sealed class RespiratoryGolden
{
    private static readonly JsonElement Marginal = MeansFrames.Expected("means_respiratory_gee");
    private static readonly JsonElement Conditional = MeansFrames.Expected("means_respiratory_glmm");

    private static readonly FittedModel Gee = FittedModel.Of(GeeInference.Of(GeeFitter.Fit(
        MeansFrames.Of("respiratory", "y ~ treatment * centre + gender + baseline + age", "subject", ["centre"]),
        new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Exchangeable, Moments = MomentConvention.Geepack })));

    private static readonly FittedModel Glmm = FittedModel.Of(GlmmInference.Of(GlmmFitter.Fit(
        MeansFrames.Of("respiratory", "y ~ treatment * centre + gender + baseline + age + (1 | subject)", null, ["centre"]),
        new GlmmOptions { Family = Family.Binomial, Nodes = 25 })));

    [Theory]
    [InlineData("equal")]
    [InlineData("proportional")]
    [InlineData("cells")]
    [InlineData("outer")]
    public void Weights_agree_with_emmeans_with_covariates_at_their_means(string name)
    {
        Assert.True(MeanWeighting.TryParse(name, out var weighting));
        var means = EstimatedMeans.Of(Gee, new MeansRequest { Variables = ["treatment"], Weighting = weighting }).Means;
        var rows = Marginal.Rows($"link_{name}_baseline_at_mean");
        for (var i = 0; i < rows.Length; i++)
        {
            Assert.Equal(rows[i].Number("emmean"), means[i].Estimate.Estimate, 1e-6);
            Assert.Equal(rows[i].Number("SE"), means[i].Estimate.StandardError, 1e-6);
            Assert.Equal(rows[i].Number("asymp.LCL"), means[i].Estimate.Lower, 2e-6);
            Assert.Equal(rows[i].Number("p.value"), means[i].Estimate.PValue, 1e-6);
        }
    }

    /// <summary>emmeans averages a covariate of two values at .5 (−.1435), which <c>--at</c> can ask for; the mean gives −.2398.</summary>
    [Fact]
    public void A_covariate_of_two_values_stands_at_its_mean_unless_asked_otherwise()
    {
        var half = EstimatedMeans.Of(Gee, new MeansRequest { Variables = ["treatment"], At = [("baseline", ["0.5"])] });
        Assert.Equal(Marginal.Rows("link_equal")[0].Number("emmean"), half.Means[0].Estimate.Estimate, 1e-6);
        Assert.Equal(Marginal.Rows("link_equal")[0].Number("SE"), half.Means[0].Estimate.StandardError, 1e-6);
    }

    [Fact]
    public void Transformed_means_have_transformed_limits()
    {
        var request = new MeansRequest { Variables = ["treatment"], At = [("baseline", ["0.5"])], Scale = MeanScale.Response };
        var means = EstimatedMeans.Of(Gee, request).Means;
        var rows = Marginal.Rows("response_backtransformed");
        for (var i = 0; i < rows.Length; i++)
        {
            Assert.Equal(rows[i].Number("prob"), means[i].Estimate.Estimate, 1e-6);
            Assert.Equal(rows[i].Number("SE"), means[i].Estimate.StandardError, 1e-6);
            Assert.Equal(rows[i].Number("asymp.LCL"), means[i].Estimate.Lower, 1e-6);
            Assert.Equal(rows[i].Number("asymp.UCL"), means[i].Estimate.Upper, 1e-6);
            Assert.Equal(rows[i].Number("p.value"), means[i].Estimate.PValue, 1e-6);
        }
    }

    /// <summary>Averages of responses and their difference: .471478, .723576, difference .2521 (.0601), by regrid.</summary>
    [Fact]
    public void Averaged_responses_and_their_difference_agree_with_regrid()
    {
        // emmeans' grid has baseline at 0 and 1, half each.
        var model = FittedModel.Of(GeeInference.Of(GeeFitter.Fit(
            MeansFrames.Of(
                "respiratory", "y ~ treatment * centre + gender + baseline + age", "subject", ["centre", "baseline"]),
            new GeeOptions
            {
                Family = Family.Binomial,
                Correlation = WorkingCorrelation.Exchangeable,
                Moments = MomentConvention.Geepack,
            })));
        var result = EstimatedMeans.Of(model, new MeansRequest
        {
            Variables = ["treatment"],
            Scale = MeanScale.Response,
            AveragesResponses = true,
            Pairs = PairChoice.Reverse,
        });
        var rows = Marginal.Rows("response_regrid_first");
        for (var i = 0; i < rows.Length; i++)
        {
            Assert.Equal(rows[i].Number("prob"), result.Means[i].Estimate.Estimate, 1e-6);
            Assert.Equal(rows[i].Number("SE"), result.Means[i].Estimate.StandardError, 1e-6);
            Assert.Equal(rows[i].Number("asymp.UCL"), result.Means[i].Estimate.Upper, 1e-6);
        }

        var difference = Marginal.Rows("risk_difference")[0];
        Assert.Equal("response", result.Pairs[0].Scale);
        Assert.Equal(difference.Number("estimate"), result.Pairs[0].Own.Estimate, 1e-6);
        Assert.Equal(difference.Number("SE"), result.Pairs[0].Own.StandardError, 1e-6);
        Assert.Equal(difference.Number("asymp.LCL"), result.Pairs[0].Lower, 1e-6);
    }

    [Fact]
    public void Odds_ratio_effects_by_centre_and_their_difference_agree_with_emmeans()
    {
        var all = EstimatedMeans.Of(Gee, new MeansRequest { Variables = ["treatment"], Pairs = PairChoice.Reverse }).Pairs;
        var ratio = Marginal.Rows("pairs_or")[0];
        Assert.Equal(ratio.Number("odds.ratio"), Math.Exp(all[0].Own.Estimate), 5e-6);
        Assert.Equal(ratio.Number("asymp.LCL"), Math.Exp(all[0].Lower), 5e-6);
        var by = EstimatedMeans.Of(Gee, new MeansRequest { Variables = ["treatment"], By = ["centre"], Pairs = PairChoice.Reverse }).Pairs;
        var rows = Marginal.Rows("by_centre");
        for (var i = 0; i < rows.Length; i++)
        {
            Assert.Equal([("centre", rows[i].GetProperty("centre").GetString()!)], by[i].At);
            Assert.Equal(rows[i].Number("estimate"), by[i].Own.Estimate, 1e-6);
            Assert.Equal(rows[i].Number("SE"), by[i].Own.StandardError, 1e-6);
            Assert.Equal(rows[i].Number("p.value"), by[i].Adjusted, 1e-6);
        }

        var interaction = EstimatedMeans.Of(
            Gee, new MeansRequest { Variables = ["treatment", "centre"], Pairs = PairChoice.Interaction }).Pairs;
        Assert.Equal("(treatment - placebo) \u00D7 (2 - 1)", Assert.Single(interaction).Contrast);
        Assert.Equal(Marginal.Rows("interaction")[0].Number("estimate"), interaction[0].Own.Estimate, 1e-6);
        Assert.Equal(Marginal.Rows("interaction")[0].Number("SE"), interaction[0].Own.StandardError, 1e-6);
    }

    /// <summary>lme4 stops at about 1e-4 of its optimum, so its numbers have the case's tolerance.</summary>
    [Fact]
    public void Conditional_means_agree_with_emmeans_on_the_link_and_for_the_median_cluster()
    {
        var link = EstimatedMeans.Of(Glmm, new MeansRequest { Variables = ["treatment"] }).Means;
        var median = EstimatedMeans.Of(Glmm, new MeansRequest
        {
            Variables = ["treatment"],
            Scale = MeanScale.Median,
            AveragesResponses = false,
        }).Means;
        for (var i = 0; i < 2; i++)
        {
            var (onLink, response) = (Conditional.Rows("link")[i], Conditional.Rows("response")[i]);
            Assert.Equal(onLink.Number("emmean"), link[i].Estimate.Estimate, 4e-4);
            Assert.Equal(1, link[i].Estimate.StandardError / onLink.Number("SE"), 1e-2);
            Assert.Equal(response.Number("prob"), median[i].Estimate.Estimate, 2e-4);
            Assert.Equal(response.Number("asymp.LCL"), median[i].Estimate.Lower, 2e-3);
        }
    }

    /// <summary>.437, .735: each cell integrated, then averaged; .437, .749: integrated at the averaged predictor.</summary>
    [Theory]
    [InlineData(true, "integrated_averaged_over_grid")]
    [InlineData(false, "integrated_at_averaged_link")]
    public void Responses_average_over_the_random_effects_exactly(bool responses, string name)
    {
        var means = EstimatedMeans.Of(Glmm, new MeansRequest
        {
            Variables = ["treatment"],
            Scale = MeanScale.Response,
            AveragesResponses = responses,
        }).Means;
        var expected = Conditional.GetProperty(name);
        Assert.Equal(expected.GetProperty("placebo").GetDouble(), means[0].Estimate.Estimate, 2e-4);
        Assert.Equal(expected.GetProperty("treatment").GetDouble(), means[1].Estimate.Estimate, 2e-4);
    }
}
