using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Statistics.Tests.NormalMeans;

public sealed class MarginalMeanTests
{
    [Fact]
    public void A_spread_of_minus_zero_is_none()
    {
        foreach (var link in new[] { Link.Logit, Link.Probit, Link.Cloglog, Link.Log, Link.Identity })
        {
            Assert.Equal(MarginalMean.For(link).At(-0.4, 0).Mean, MarginalMean.For(link).At(-0.4, -0.0).Mean);
            Assert.Throws<ArgumentOutOfRangeException>(() => MarginalMean.For(link).At(-0.4, -1e-9));
        }
    }

    [Theory]
    [InlineData(0.0, 0.3)]
    [InlineData(-1.5, 0.7)]
    [InlineData(1.0, 1.0)]
    [InlineData(-3.0, 2.0)]
    [InlineData(2.5, 4.0)]
    [InlineData(-7.0, 4.0)]
    [InlineData(0.5, 10.0)]
    [InlineData(-20.0, 12.0)]
    [InlineData(-30.0, 1.0)]
    [InlineData(4.0, 0.01)]
    [InlineData(-20.0, 100.0)]
    [InlineData(300.0, 150.0)]
    [InlineData(-2500.0, 1000.0)]
    public void Logistic_normal_mean_and_slopes_match_brute_force(double eta, double tau)
    {
        var point = MarginalMean.For(Link.Logit).At(eta, tau);
        var mean = BruteForce.NormalMean(z => 1 / (1 + Math.Exp(-(eta + (tau * z)))), tau);
        var slope = BruteForce.NormalMean(z => Density(eta + (tau * z)), tau);
        var spreadSlope = BruteForce.NormalMean(z => Density(eta + (tau * z)) * z, tau);

        Near(mean, point.Mean, 1e-13);
        Near(slope, point.MeanSlope, 1e-13);
        Near(spreadSlope, point.MeanSpreadSlope, 1e-13);
        Near(Math.Log(mean / (1 - mean)), point.Predictor, 1e-11);

        static double Density(double u)
        {
            var t = Math.Exp(-Math.Abs(u));
            return t / ((1 + t) * (1 + t));
        }
    }

    [Theory]
    [InlineData(0.0, 0.3)]
    [InlineData(-1.5, 1.0)]
    [InlineData(1.0, 0.5)]
    [InlineData(3.0, 2.0)]
    [InlineData(-5.0, 3.0)]
    [InlineData(2.0, 6.0)]
    [InlineData(-20.0, 100.0)]
    [InlineData(300.0, 150.0)]
    [InlineData(-2500.0, 1000.0)]
    public void Complementary_log_log_mean_and_slopes_match_brute_force(double eta, double tau)
    {
        var point = MarginalMean.For(Link.Cloglog).At(eta, tau);
        var mean = BruteForce.NormalMean(z => 1 - Math.Exp(-Math.Exp(eta + (tau * z))), tau);
        var slope = BruteForce.NormalMean(z => Density(eta + (tau * z)), tau);
        var spreadSlope = BruteForce.NormalMean(z => Density(eta + (tau * z)) * z, tau);

        Near(mean, point.Mean, 1e-13);
        Near(slope, point.MeanSlope, 1e-13);
        Near(spreadSlope, point.MeanSpreadSlope, 1e-13);
        Near(Math.Log(-Math.Log(1 - mean)), point.Predictor, 1e-11);

        static double Density(double u) => u > 7 ? 0 : Math.Exp(u - Math.Exp(u));
    }

    /// <summary>Both sums, over the effect and over the latent outcome, where one takes over from the other.</summary>
    [Theory]
    [InlineData("logit", -12)]
    [InlineData("logit", 700)]
    [InlineData("logit", -2900)]
    [InlineData("cloglog", -12)]
    [InlineData("cloglog", 700)]
    [InlineData("cloglog", -2900)]
    public void Means_and_squares_go_on_where_spreads_are_large(string name, double eta)
    {
        Assert.True(Link.TryParse(name, out var link));
        var rule = MarginalMean.For(link);
        var (below, above) = (rule.At(eta, Math.BitDecrement(100.0)), rule.At(eta, 100));
        Same(below.Mean, above.Mean);
        Same(below.MeanSlope, above.MeanSlope);
        Same(below.MeanSpreadSlope, above.MeanSpreadSlope);
        var (squareBelow, squareAbove) = (rule.Square(eta, Math.BitDecrement(100.0)), rule.Square(eta, 100));
        Same(squareBelow.Value, squareAbove.Value);
        Same(squareBelow.Slope, squareAbove.Slope);
        Same(squareBelow.SpreadSlope, squareAbove.SpreadSlope);

        static void Same(double expected, double actual) => Assert.InRange(actual / expected, 1 - 1e-12, 1 + 1e-12);
    }

    [Fact]
    public void Tiny_probabilities_keep_their_relative_accuracy()
    {
        // Far in the tail expit(u) = e^u to rounding, and E exp(η + τZ) = exp(η + τ²/2).
        var point = MarginalMean.For(Link.Logit).At(-60, 2);

        Assert.Equal(-58, point.Predictor, 1e-12);
        Assert.Equal(1, point.PredictorSlope, 1e-12);
        Assert.Equal(2, point.PredictorSpreadSlope, 1e-11);
        Assert.Equal(1, point.Mean / Math.Exp(-58), 1e-12);
    }

    [Fact]
    public void Predictors_of_seven_hundred_stay_finite()
    {
        foreach (var link in new[] { Link.Logit, Link.Probit, Link.Identity })
        {
            foreach (var eta in new[] { -700.0, 700.0 })
            {
                var point = MarginalMean.For(link).At(eta, 3);
                Assert.True(double.IsFinite(point.Predictor) && double.IsFinite(point.PredictorSlope), $"{link} at {eta}: {point}");
            }
        }
    }

    [Fact]
    public void No_spread_leaves_the_conditional_mean()
    {
        foreach (var link in new[] { Link.Logit, Link.Probit, Link.Cloglog, Link.Log, Link.Identity })
        {
            var point = MarginalMean.For(link).At(0.4, 0);
            Assert.Equal(link.Mean(0.4), point.Mean, 1e-15);
            Assert.Equal(0.4, point.Predictor, 1e-15);
            Assert.Equal(1, point.PredictorSlope, 1e-15);
            Assert.Equal(0, point.PredictorSpreadSlope);
        }
    }

    [Fact]
    public void Small_spread_joins_the_limit_smoothly()
    {
        foreach (var link in new[] { Link.Logit, Link.Cloglog })
        {
            var limit = MarginalMean.For(link).At(0.4, 0);
            var near = MarginalMean.For(link).At(0.4, 1e-7);
            Assert.Equal(limit.Mean, near.Mean, 1e-14);
            Assert.Equal(limit.MeanSlope, near.MeanSlope, 1e-14);
        }
    }

    [Fact]
    public void Logit_reflects()
    {
        var rule = MarginalMean.For(Link.Logit);
        var (below, above) = (rule.At(-1.3, 2), rule.At(1.3, 2));

        Assert.Equal(below.Mean, 1 - above.Mean, 1e-15);
        Assert.Equal(-below.Predictor, above.Predictor);
        Assert.Equal(-below.PredictorSpreadSlope, above.PredictorSpreadSlope);
    }

    [Fact]
    public void Probit_attenuates_by_the_root_of_one_plus_the_variance()
    {
        var point = MarginalMean.For(Link.Probit).At(1.2, 0.75);

        Assert.Equal(1.2 / 1.25, point.Predictor, 1e-15);
        Assert.Equal(0.831472392533162, point.Mean, 1e-14); // pnorm(0.96) of R
    }

    [Fact]
    public void Log_link_moves_by_half_the_variance_and_identity_not_at_all()
    {
        Assert.Equal(1.2 + (0.5 * 0.49), MarginalMean.For(Link.Log).At(1.2, 0.7).Predictor, 1e-15);
        Assert.Equal(1.2, MarginalMean.For(Link.Identity).At(1.2, 0.7).Predictor);
    }

    [Fact]
    public void Inverse_link_is_refused() => Assert.Throws<ArgumentException>(() => MarginalMean.For(Link.Inverse));

    [Fact]
    public void Inversion_returns_the_predictor_it_came_from()
    {
        foreach (var link in new[] { Link.Logit, Link.Probit, Link.Cloglog, Link.Log, Link.Identity, Link.Sqrt })
        {
            var rule = MarginalMean.For(link);
            foreach (var (eta, tau) in new[] { (0.3, 0.5), (3.0, 2.0), (1.0, 4.0), (0.1, 9.0) })
            {
                Assert.Equal(eta, rule.Invert(rule.At(eta, tau).Predictor, tau), 1e-11);
            }
        }
    }

    [Fact]
    public void Rows_together_equal_rows_alone()
    {
        var rule = MarginalMean.For(Link.Logit);
        double[] eta = [0.1, -2, 0.1, 3];
        double[] tau = [1, 2, 1, 0];
        var points = new MarginalPoint[4];
        rule.At(eta, tau, points);

        for (var i = 0; i < eta.Length; i++)
        {
            var alone = rule.At(eta[i], tau[i]);
            Near(alone.Mean, points[i].Mean, 1e-15);
            Near(alone.MeanSlope, points[i].MeanSlope, 1e-15);
            Near(alone.MeanSpreadSlope, points[i].MeanSpreadSlope, 1e-15);
            Near(alone.Predictor, points[i].Predictor, 1e-15);
            Near(alone.PredictorSlope, points[i].PredictorSlope, 1e-15);
            Near(alone.PredictorSpreadSlope, points[i].PredictorSpreadSlope, 1e-15);
        }
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{actual:R} is {Math.Abs(expected - actual):E1} from {expected:R}");
}
