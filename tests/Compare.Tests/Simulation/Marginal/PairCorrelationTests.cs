using MarginalConditional.Compare.Simulation.Marginal;

namespace MarginalConditional.Compare.Tests.Simulation.Marginal;

/// <summary>Correlations of scores against those of outcomes: closed forms, R's packages, and the bounds.</summary>
public sealed class PairCorrelationTests
{
    /// <summary>R's mvtBinaryEP 1.0.1 (<c>tetra1</c> with <c>crit = 1e-12</c>).</summary>
    [Theory]
    [InlineData(0.3, 0.3, 0.1, 0.169273114788)]
    [InlineData(0.2, 0.6, 0.3, 0.580915989159)]
    [InlineData(0.1, 0.4, -0.15, -0.350792147232)]
    [InlineData(0.05, 0.05, 0.02, 0.080329349502)]
    public void Binary_scores_agree_with_R(double first, double second, double correlation, double expected) => Assert.Equal(
        expected, PairCorrelation.ScoresOf(OutcomeMargin.Bernoulli(first), OutcomeMargin.Bernoulli(second), correlation), 1e-10);

    /// <summary>The example of R's bindata, <c>commonprob2sigma</c>: P(both) of two fair coins is 1/4 + arcsin(r)/(2π).</summary>
    [Theory]
    [InlineData(1.0 / 5)]
    [InlineData(1.0 / 6)]
    [InlineData(0.3)]
    public void Fair_coins_have_scores_of_an_angle(double both)
    {
        var coin = OutcomeMargin.Bernoulli(0.5);
        Assert.Equal(Math.Sin(2 * Math.PI * (both - 0.25)), PairCorrelation.ScoresOf(coin, coin, (both - 0.25) / 0.25), 1e-14);
    }

    /// <summary>Sums of mvtnorm's quadrants over the thresholds, R 4.2.2.</summary>
    [Fact]
    public void Counts_and_categories_agree_with_sums_in_R()
    {
        Assert.Equal(0.478093816347, PairCorrelation.OfScores(OutcomeMargin.Poisson(2), OutcomeMargin.Poisson(5), 0.5), 1e-9);
        Assert.Equal(-0.250163742919, PairCorrelation.OfScores(OutcomeMargin.Poisson(0.5), OutcomeMargin.Poisson(0.5), -0.4), 1e-9);
        Assert.Equal(
            0.493316240628,
            PairCorrelation.OfScores(OutcomeMargin.Categories([0.2, 0.3, 0.5]), OutcomeMargin.Categories([0.1, 0.4, 0.3, 0.2]), 0.6),
            1e-10);
    }

    [Fact]
    public void Scores_give_back_the_correlation()
    {
        OutcomeMargin[] margins =
        [
            OutcomeMargin.Bernoulli(0.5), OutcomeMargin.Bernoulli(0.03), OutcomeMargin.Bernoulli(0.8), OutcomeMargin.Poisson(0.2),
            OutcomeMargin.Poisson(40), OutcomeMargin.Categories([0.5, 0.3, 0.2]),
        ];
        foreach (var first in margins)
        {
            foreach (var second in margins)
            {
                var (least, largest) = PairCorrelation.Bounds(first, second);
                foreach (var share in new[] { -0.999, -0.5, -0.01, 0.01, 0.3, 0.9, 0.9999 })
                {
                    var correlation = share > 0 ? share * largest : -share * least;
                    var r = PairCorrelation.ScoresOf(first, second, correlation);
                    Assert.Equal(correlation, PairCorrelation.OfScores(first, second, r), 1e-12);
                }
            }
        }
    }

    [Fact]
    public void Bounds_are_those_of_Frechet()
    {
        var (low, high) = (OutcomeMargin.Bernoulli(0.1), OutcomeMargin.Bernoulli(0.5));
        var (least, largest) = PairCorrelation.Bounds(low, high);
        Assert.Equal(Math.Sqrt(0.1 * 0.5 / (0.9 * 0.5)), largest, 1e-14);
        Assert.Equal(-Math.Sqrt(0.1 * 0.5 / (0.9 * 0.5)), least, 1e-14);
        Assert.Equal(double.NaN, PairCorrelation.ScoresOf(low, high, 0.34));
        Assert.Equal(1, PairCorrelation.ScoresOf(high, high, 1), 1e-7);
    }

    [Fact]
    public void Margins_have_their_moments_and_steps()
    {
        foreach (var mean in new[] { 0.01, 0.7, 3, 25, 400 })
        {
            // Steps at the quantiles: E Y is the sum of P(Y > k).
            var margin = OutcomeMargin.Poisson(mean);
            var sum = 0.0;
            foreach (var threshold in margin.Thresholds)
            {
                sum += MarginalConditional.Statistics.Distributions.StandardNormal.UpperTail(threshold);
            }

            Assert.Equal(mean, sum, 1e-12 * (1 + mean));
            Assert.Equal(0, margin.Value(-40));
            Assert.Equal(margin.Thresholds.Length, margin.Value(40));
        }

        var ordinal = OutcomeMargin.Categories([0.2, 0.3, 0.5]);
        Assert.Equal(1.3, ordinal.Mean, 1e-15);
        Assert.Equal(Math.Sqrt(0.3 + 2.0 - 1.69), ordinal.Deviation, 1e-15);
        Assert.Equal([0.0, 1.0, 2.0], new[] { -1.0, -0.5, 0.5 }.Select(ordinal.Value));
    }
}
