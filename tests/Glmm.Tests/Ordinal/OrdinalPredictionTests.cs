using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Tests.Ordinal;

/// <summary>Predicted categories against sums over the normal density and against refitted parameters.</summary>
public sealed class OrdinalPredictionTests
{
    private const double Step = 1e-5;

    [Theory]
    [InlineData("logit")]
    [InlineData("probit")]
    [InlineData("cloglog")]
    [InlineData("loglog")]
    public void Marginal_probabilities_are_averages_over_the_effects(string link)
    {
        var frame = OrdinalShapes.Frame("y ~ x + w + (1 + x | g)", seed: 3, weighted: true, groups: 25);
        var fit = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Link = OrdinalGolden.Link(link), NominalColumns = [2] });
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        var predictions = OrdinalPrediction.Of(fit);
        for (var row = 0; row < frame.Rows; row += 17)
        {
            var expected = Average(fit, row);
            for (var k = 0; k < expected.Length; k++)
            {
                Assert.Equal(expected[k], predictions[row].Marginal[k], 1e-9);
            }

            Assert.Equal(1, predictions[row].Conditional.ToArray().Sum(), 1e-12);
            Assert.All(predictions[row].MarginalErrors.ToArray(), error => Assert.True(error > 0));
        }
    }

    [Fact]
    public void Standard_errors_follow_the_parameters()
    {
        var frame = OrdinalShapes.Frame("y ~ x + w + (1 | g)", seed: 3, groups: 25);
        var fit = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Nodes = 25 });
        var row = NewRow.Of(frame, 5);
        var m = fit.ParameterCount;
        for (var j = 0; j < m; j++)
        {
            // With a covariance of 1 in one place the error is the size of the slope there.
            var covariance = new double[m * m];
            covariance[j * (m + 1)] = 1;
            var slope = OrdinalPrediction.Of(fit, [row], covariance)[0].MarginalErrors.ToArray();
            var (up, down) = (Average(fit, 5, j, Step), Average(fit, 5, j, -Step));
            for (var k = 0; k < slope.Length; k++)
            {
                Assert.Equal(Math.Abs(up[k] - down[k]) / (2 * Step), slope[k], 1e-7);
            }
        }
    }

    [Fact]
    public void Separated_categories_have_no_finite_estimates()
    {
        var frame = OrdinalShapes.Frame("y ~ x + (1 | g)", seed: 3, groups: 10, categories: 3);
        double[] outcomes = [.. frame.Design.Column(1).ToArray().Select(x => x < -0.3 ? 0.0 : x < 0.3 ? 1 : 2)];
        var separated = frame.WithResponse(outcomes);
        var fit = OrdinalGlmmFitter.Fit(separated, new OrdinalGlmmOptions());
        Assert.Equal(ConvergenceStatus.Separation, fit.Convergence.Status);
        Assert.Contains("\"x\"", fit.Convergence.Message, StringComparison.Ordinal);
        Assert.Equal(double.PositiveInfinity, fit.FixedParameters[fit.Layout.Thresholds]);
        Assert.True(double.IsNaN(OrdinalPrediction.Of(fit)[0].Marginal[0]));
    }

    [Fact]
    public void A_variance_that_grows_for_ever_has_no_estimate()
    {
        // Every group has one category: the more they differ, the better.
        var frame = OrdinalShapes.Frame("y ~ 1 + (1 | g)", seed: 3, groups: 9, categories: 3);
        var alike = frame.WithResponse([.. frame.RandomTerms[0].Groups.ToArray().Select(group => (double)(group % 3))]);
        var fit = OrdinalGlmmFitter.Fit(alike, new OrdinalGlmmOptions());
        Assert.Equal(ConvergenceStatus.Separation, fit.Convergence.Status);
        Assert.True(fit.HasInfiniteEstimates);
        Assert.Contains("their variance grows", fit.Convergence.Message, StringComparison.Ordinal);
        Assert.True(double.IsNaN(fit.Thresholds[0]));
    }

    private static double[] Average(OrdinalGlmmFit fit, int row, int parameter = 0, double by = 0)
    {
        const int Steps = 3_000;
        const double Far = 10;
        var parameters = fit.Parameters.ToArray();
        parameters[parameter] += by;
        var own = NewRow.Of(fit.Frame, row);
        var z = own.Effects[0];
        var start = fit.Layout.Count;
        var first = (parameters[start] * z[0]) + (z.Length > 1 ? parameters[start + 1] * z[1] : 0);
        var second = z.Length > 1 ? parameters[start + 2] * z[1] : 0;
        var tau = Math.Sqrt((first * first) + (second * second));
        var probabilities = new double[fit.Layout.Thresholds + 1];
        for (var s = 0; s <= Steps; s++)
        {
            var v = -Far + (2 * Far * s / Steps);
            var density = Math.Exp(-0.5 * v * v) / Math.Sqrt(2 * Math.PI) * 2 * Far / Steps;
            var below = 0.0;
            for (var k = 0; k < probabilities.Length; k++)
            {
                var above = k == fit.Layout.Thresholds
                    ? 1
                    : fit.Link.Cumulative(fit.Layout.Point(parameters, own.Fixed, k) - own.Offset - (tau * v));
                probabilities[k] += density * (above - below);
                below = above;
            }
        }

        return probabilities;
    }
}
