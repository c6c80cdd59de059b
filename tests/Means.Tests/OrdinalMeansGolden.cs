using System.Text.Json;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Means.Models;

namespace MarginalConditional.Means.Tests;

/// <summary>
/// Means of ordered outcomes against emmeans 1.8.4.1 on clm and clmm of ordinal 2022.11-16: <c>mode = "latent"</c>, <c>"prob"</c>,
/// <c>"cum.prob"</c>, <c>"mean.class"</c>. emmeans has random effects 0; averages over them are held to a sum over their density elsewhere.
/// </summary>
public sealed class OrdinalMeansGolden
{
    private static readonly JsonElement Expected = MeansFrames.Expected("means_ordinal");

    private static readonly FittedModel Wine = Conditional("wine", "rating ~ temp + contact + (1 | judge)");

    [Fact]
    public void Latent_means_and_their_difference_agree_with_clmm()
    {
        var expected = Expected.GetProperty("wine_clmm");
        var means = EstimatedMeans.Of(Wine, new MeansRequest { Variables = ["contact"], Pairs = PairChoice.All });
        AssertSame(expected.Rows("latent"), "emmean", means.Means, 1e-5, limits: true);
        var pair = expected.Rows("latent.pairs")[0];
        Assert.Equal(pair.Number("estimate"), means.Pairs[0].Own.Estimate, 1e-5);
        Assert.Equal(pair.Number("SE"), means.Pairs[0].Own.StandardError, 1e-5);
        Assert.Equal(pair.Number("p.value"), means.Pairs[0].Adjusted, 1e-7);
        Assert.True(means.Pairs[0].IsDifference);
    }

    [Theory]
    [InlineData("prob", "categories")]
    [InlineData("cum.prob", "cumulative")]
    [InlineData("mean.class", "score")]
    public void Probabilities_and_scores_of_the_median_cluster_agree_with_clmm(string mode, string name)
    {
        var expected = Expected.GetProperty("wine_clmm");
        Assert.True(CategoryMean.TryParse(name, out var kind));
        var means = EstimatedMeans.Of(
            Wine,
            new MeansRequest { Variables = ["contact"], Pairs = PairChoice.All, Scale = MeanScale.Median, CategoryMean = kind });
        AssertSame(expected.Rows(mode), mode == "cum.prob" ? "cumprob" : mode, means.Means, 2e-6, limits: mode == "mean.class");
        var pairs = expected.Rows(mode + ".pairs");
        Assert.Equal(pairs.Length, means.Pairs.Count);
        for (var i = 0; i < pairs.Length; i++)
        {
            Assert.Equal(pairs[i].Number("estimate"), means.Pairs[i].Own.Estimate, 2e-6);
            Assert.Equal(pairs[i].Number("SE"), means.Pairs[i].Own.StandardError, 2e-6);
        }

        Assert.All(means.Means, mean => Assert.True(mode == "mean.class" || mean.Estimate is { Lower: > 0, Upper: < 1 }));
    }

    [Fact]
    public void Four_cells_and_joint_tests_agree_with_clmm()
    {
        var expected = Expected.GetProperty("wine_product");
        var model = Conditional("wine", "rating ~ temp * contact + (1 | judge)");
        var means = EstimatedMeans.Of(
            model, new MeansRequest { Variables = ["temp", "contact"], Pairs = PairChoice.All, Joint = true });
        AssertSame(expected.Rows("latent"), "emmean", means.Means, 1e-5, limits: true);
        var pairs = expected.Rows("latent.pairs");
        for (var i = 0; i < pairs.Length; i++)
        {
            Assert.Equal(pairs[i].Number("estimate"), means.Pairs[i].Own.Estimate, 1e-5);
            Assert.Equal(pairs[i].Number("p.value"), means.Pairs[i].Adjusted, 5e-6);
        }

        // emmeans prints three decimals of F.
        var joint = expected.Rows("joint");
        Assert.Equal(joint.Length, means.JointTests.Count);
        for (var i = 0; i < joint.Length; i++)
        {
            Assert.Equal(joint[i].Number("F.ratio"), means.JointTests[i].Test.Statistic, 6e-4);
        }
    }

    /// <summary>Under independence the marginal model is clm's; its standard errors are others.</summary>
    [Theory]
    [InlineData("wine_clm", false)]
    [InlineData("wine_nominal", true)]
    public void Marginal_probabilities_agree_with_clm(string name, bool nominal)
    {
        var expected = Expected.GetProperty(name);
        var model = Marginal("wine", "rating ~ temp + contact", "judge", nominal ? [2] : []);
        foreach (var (mode, kind) in new[]
        {
            ("prob", CategoryMean.Categories), ("cum.prob", CategoryMean.Cumulative), ("mean.class", CategoryMean.Score),
        })
        {
            var means = EstimatedMeans.Of(
                model, new MeansRequest { Variables = ["contact"], Scale = MeanScale.Response, CategoryMean = kind }).Means;
            var rows = expected.Rows(mode);
            Assert.Equal(rows.Length, means.Count);
            for (var i = 0; i < rows.Length; i++)
            {
                Assert.Equal(rows[i].Number(mode == "cum.prob" ? "cumprob" : mode), means[i].Estimate.Estimate, 1e-6);
            }
        }
    }

    /// <summary>
    /// With a coefficient a threshold emmeans' latent mode averages it over the whole grid, so that it makes no difference; the mean of
    /// its linear predictors over the thresholds, turned, is ours.
    /// </summary>
    [Fact]
    public void A_latent_mean_with_coefficients_by_threshold_is_their_mean()
    {
        var expected = Expected.GetProperty("wine_nominal").Rows("linear.predictor");
        var means = EstimatedMeans.Of(
            Marginal("wine", "rating ~ temp + contact", "judge", [2]), new MeansRequest { Variables = ["contact"] }).Means;
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(-expected[i].Number("emmean"), means[i].Estimate.Estimate, 1e-6);
        }
    }

    [Fact]
    public void Slopes_agree_with_clm()
    {
        var expected = Expected.GetProperty("arthritis_clm");
        var model = Marginal("arthritis", "y ~ trt * baseline", "id", [], "trt");
        var latent = EstimatedMeans.Of(model, new MeansRequest { Variables = ["trt"], Slope = "baseline" }).Slopes;
        var score = EstimatedMeans.Of(
            model,
            new MeansRequest
            {
                Variables = ["trt"],
                Slope = "baseline",
                Scale = MeanScale.Response,
                CategoryMean = CategoryMean.Score,
            }).Slopes;
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(expected.Rows("slopes")[i].Number("baseline.trend"), latent[i].Estimate.Estimate, 1e-6);

            // emmeans takes a forward difference.
            Assert.Equal(expected.Rows("slopes.score")[i].Number("baseline.trend"), score[i].Estimate.Estimate, 1e-4);
        }
    }

    private static void AssertSame(
        JsonElement[] expected, string name, IReadOnlyList<Estimates.MeanEstimate> means, double tolerance, bool limits)
    {
        Assert.Equal(expected.Length, means.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].Number(name), means[i].Estimate.Estimate, tolerance);
            Assert.Equal(expected[i].Number("SE"), means[i].Estimate.StandardError, tolerance);
            if (limits)
            {
                Assert.Equal(expected[i].Number("asymp.LCL"), means[i].Estimate.Lower, 3 * tolerance);
                Assert.Equal(expected[i].Number("asymp.UCL"), means[i].Estimate.Upper, 3 * tolerance);
            }
        }
    }

    private static FittedModel Conditional(string data, string formula) => FittedModel.Of(OrdinalGlmmInference.Of(
        OrdinalGlmmFitter.Fit(MeansFrames.Ordered(data, formula), new OrdinalGlmmOptions { Nodes = 25 })));

    private static FittedModel Marginal(string data, string formula, string cluster, int[] nominal, params string[] factors)
    {
        ModelFrame frame = MeansFrames.Ordered(data, formula, cluster, factors);
        var fit = OrdinalGeeFitter.Fit(
            frame, new OrdinalGeeOptions { Correlation = WorkingCorrelation.Independence, Nominal = nominal });
        return FittedModel.Of(fit, GeeInference.Of(fit.Indicators));
    }
}
