using MarginalConditional.Data;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Means.Tests;

/// <summary>Means of ordered outcomes against sums over the density of the effects, and their errors against moved parameters.</summary>
public sealed class OrdinalMeansTests
{
    private const double Move = 1e-5;

    [Theory]
    [InlineData("logit", "categories")]
    [InlineData("cloglog", "categories")]
    [InlineData("loglog", "cumulative")]
    [InlineData("probit", "score")]
    public void Means_over_random_effects_and_their_errors_are_sums_over_the_density(string link, string name)
    {
        Assert.True(CumulativeLink.TryParse(link, out var chosen));
        Assert.True(CategoryMean.TryParse(name, out var kind));
        var frame = MeansFrames.Ordered("wine", "rating ~ temp + contact + (1 + temp | judge)");
        var fit = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Link = chosen, Nodes = 9, NominalColumns = [2] });
        var request = new MeansRequest { Variables = ["contact"], Scale = MeanScale.Response, CategoryMean = kind };
        var means = EstimatedMeans.Of(FittedModel.Of(OrdinalGlmmInference.Of(fit)), request).Means;
        var m = fit.ParameterCount;
        var names = kind == CategoryMean.Score ? 1 : kind == CategoryMean.Cumulative ? 4 : 5;
        Assert.Equal(2 * names, means.Count);
        for (var i = 0; i < means.Count; i++)
        {
            double Twin(double[] psi) => OfGrid(fit, chosen, psi, contact: i % 2, kind, part: i / 2);
            double[] own = fit.Parameters.ToArray();
            var slope = new double[m];
            for (var j = 0; j < m; j++)
            {
                double[] up = [.. own], down = [.. own];
                (up[j], down[j]) = (own[j] + Move, own[j] - Move);
                slope[j] = (Twin(up) - Twin(down)) / (2 * Move);
            }

            var variance = 0.0;
            for (var a = 0; a < m; a++)
            {
                for (var b = 0; b < m; b++)
                {
                    variance += slope[a] * fit.JointCovariance[(a * m) + b] * slope[b];
                }
            }

            Assert.Equal(Twin(own), means[i].Estimate.Estimate, 1e-9);
            Assert.Equal(Math.Sqrt(variance), means[i].Estimate.StandardError, 1e-6);
        }
    }

    [Fact]
    public void Probabilities_of_the_categories_add_up_to_one_and_those_of_at_most_each_add_them_up()
    {
        var model = Marginal();
        var request = new MeansRequest { Variables = ["temp"], Scale = MeanScale.Response };
        var own = EstimatedMeans.Of(model, request).Means;
        var cumulative = EstimatedMeans.Of(model, request with { CategoryMean = CategoryMean.Cumulative }).Means;
        for (var arm = 0; arm < 2; arm++)
        {
            var sum = 0.0;
            for (var k = 0; k < 4; k++)
            {
                sum += own[(2 * k) + arm].Estimate.Estimate;
                Assert.Equal(sum, cumulative[(2 * k) + arm].Estimate.Estimate, 1e-12);
            }

            Assert.Equal(1, sum + own[8 + arm].Estimate.Estimate, 1e-12);
        }

        Assert.Equal([("temp", "warm"), ("rating", "1|2")], cumulative[1].At);
    }

    /// <summary>Comparisons stay within a category, and are a family there.</summary>
    [Fact]
    public void A_category_is_a_family_of_comparisons()
    {
        var means = EstimatedMeans.Of(
            Marginal(),
            new MeansRequest { Variables = ["temp", "contact"], Pairs = PairChoice.All, Scale = MeanScale.Response });
        Assert.Equal(6, means.LargestFamily);
        Assert.Equal(30, means.Pairs.Count);
        Assert.All(means.Pairs, pair => Assert.Equal("rating", Assert.Single(pair.At).Variable));
    }

    /// <summary>Differences on the latent scale are combinations of coefficients, with the degrees of freedom that these have.</summary>
    [Fact]
    public void Degrees_of_freedom_are_those_of_the_coefficient()
    {
        var fit = OrdinalGeeFitter.Fit(
            MeansFrames.Ordered("wine", "rating ~ temp + contact", "judge"), new OrdinalGeeOptions());
        var inference = GeeInference.Of(fit.Indicators, degreesOfFreedom: GeeDegreesOfFreedom.Satterthwaite);
        var model = FittedModel.Of(fit, inference);
        var pair = EstimatedMeans.Of(model, new MeansRequest { Variables = ["contact"], Pairs = PairChoice.Reverse }).Pairs[0].Own;
        var own = inference.CoefficientTable()[^1];
        Assert.Equal("contactyes", own.Term);
        Assert.Equal(own.Estimate, pair.Estimate, 1e-12);
        Assert.Equal(own.StandardError, pair.StandardError, 1e-12);
        Assert.Equal(own.DegreesOfFreedom!.Value, pair.DegreesOfFreedom!.Value, 1e-8);
        var mean = EstimatedMeans.Of(model, new MeansRequest { Variables = ["contact"], Scale = MeanScale.Response }).Means[0];
        Assert.InRange(mean.Estimate.DegreesOfFreedom!.Value, 1, 9);
    }

    [Fact]
    public void A_category_has_no_slope()
    {
        var problem = Assert.Throws<InputException>(
            () => EstimatedMeans.Of(Marginal(), new MeansRequest { Slope = "contact" }));
        Assert.Contains("is a category", problem.Message, StringComparison.Ordinal);
    }

    private static FittedModel Marginal()
    {
        var fit = OrdinalGeeFitter.Fit(
            MeansFrames.Ordered("wine", "rating ~ temp * contact", "judge"), new OrdinalGeeOptions());
        return FittedModel.Of(fit, GeeInference.Of(fit.Indicators));
    }

    /// <summary>The mean over cold and warm of a number of the categories, by the trapezoid rule over each effect.</summary>
    private static double OfGrid(OrdinalGlmmFit fit, CumulativeLink link, double[] psi, int contact, CategoryMean kind, int part)
    {
        const double Width = 0.01;
        var (mean, j) = (0.0, fit.Layout.Thresholds);
        for (var warm = 0; warm < 2; warm++)
        {
            // ψ = (θ, β of temp, γ of contact, L of judge by columns).
            var (first, cross, second) = (psi[^3], psi[^2], psi[^1]);
            var tau = Math.Sqrt(Math.Pow(first + (cross * warm), 2) + Math.Pow(second * warm, 2));
            double Point(int k) => psi[k] - (warm * psi[j]) - (contact * psi[j + 1 + k]);
            for (var z = -9.0; z <= 9; z += Width)
            {
                double AtMost(int k) => k < 0 ? 0 : k >= j ? 1 : link.Cumulative(Point(k) + (tau * z));
                var value = kind == CategoryMean.Categories ? AtMost(part) - AtMost(part - 1)
                    : kind == CategoryMean.Cumulative ? AtMost(part)
                    : Enumerable.Range(0, j + 1).Sum(k => (k + 1) * (AtMost(k) - AtMost(k - 1)));
                mean += 0.5 * Width * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI) * value;
            }
        }

        return mean;
    }
}
