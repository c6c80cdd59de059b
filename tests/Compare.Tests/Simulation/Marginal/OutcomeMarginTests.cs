using MarginalConditional.Compare.Simulation.Marginal;
using MathNet.Numerics.Distributions;

namespace MarginalConditional.Compare.Tests.Simulation.Marginal;

/// <summary>
/// An outcome exceeds k exactly when its score exceeds the threshold k: Φ(−threshold) is the probability, summed by hand.
/// </summary>
public sealed class OutcomeMarginTests
{
    [Theory]
    [InlineData(0.2, 0.5, 0.3)]
    [InlineData(0.7, 0.1, 0.2)]
    [InlineData(1e-12, 0.5, 0.499999999999)]
    [InlineData(0.5, 0.499999999999, 1e-12)]
    public void A_category_is_exceeded_with_the_probability_of_those_above(double first, double second, double third)
    {
        var margin = OutcomeMargin.Categories([first, second, third]);
        Assert.Equal(2, margin.Thresholds.Length);
        Close(first, Normal.CDF(0, 1, margin.Thresholds[0]));
        Close(second + third, Normal.CDF(0, 1, -margin.Thresholds[0]));
        Close(first + second, Normal.CDF(0, 1, margin.Thresholds[1]));
        Close(third, Normal.CDF(0, 1, -margin.Thresholds[1]));
        var mean = second + (2 * third);
        Close(mean, margin.Mean);
        Assert.Equal(second + (4 * third) - (mean * mean), margin.Deviation * margin.Deviation, 1e-14);
    }

    /// <summary>The probabilities in the other order have the negative thresholds, in the other order.</summary>
    [Fact]
    public void Categories_turned_round_have_their_thresholds_mirrored()
    {
        double[] probabilities = [1e-9, 0.25, 0.3, 0.2, 0.25 - 1e-9 - 1e-13, 1e-13];
        var margin = OutcomeMargin.Categories(probabilities);
        Array.Reverse(probabilities);
        var mirrored = OutcomeMargin.Categories(probabilities);
        Assert.Equal(5, margin.Thresholds.Length);
        foreach (var (k, threshold) in margin.Thresholds.ToArray().Index())
        {
            Assert.Equal(-threshold, mirrored.Thresholds[4 - k], 1e-9);
            Assert.True(k == 0 || threshold > margin.Thresholds[k - 1]);
        }
    }

    [Fact]
    public void A_last_category_that_nobody_is_in_is_never_exceeded_into()
    {
        var margin = OutcomeMargin.Categories([0.4, 0.6, 0]);
        Close(0.6, Normal.CDF(0, 1, -Assert.Single(margin.Thresholds.ToArray())));
        Assert.True(margin.IsBinary);
        Assert.Equal(1, margin.Value(100));
    }

    /// <summary>The tails of a Poisson law, summed from far out: a count that is exceeded less often than 1e-17 is the last.</summary>
    [Theory]
    [InlineData(0.05)]
    [InlineData(1)]
    [InlineData(37.5)]
    [InlineData(400)]
    public void A_count_is_exceeded_with_the_tail_of_its_law(double mean)
    {
        var margin = OutcomeMargin.Poisson(mean);
        var thresholds = margin.Thresholds;
        Assert.Equal(mean, margin.Mean);
        Assert.Equal(Math.Sqrt(mean), margin.Deviation, 1e-12);
        var (above, most) = (0.0, (int)(mean + (30 * Math.Sqrt(mean)) + 40));
        for (var k = most - 1; k >= 0; k--)
        {
            above += Poisson.PMF(mean, k + 1);
            if (k >= thresholds.Length)
            {
                Assert.True(above <= 1.01e-17, $"{k}: {above}");
                continue;
            }

            Assert.True(above > 0.99e-17, $"{k}: {above}");
            Assert.Equal(above, Normal.CDF(0, 1, -thresholds[k]), (1e-8 * above) + 1e-20);
            if (above > 0.5)
            {
                Close(Enumerable.Range(0, k + 1).Sum(count => Poisson.PMF(mean, count)), Normal.CDF(0, 1, thresholds[k]));
            }
        }
    }

    /// <summary>A gamma mixture of Poisson laws has the terms of R's <c>dnbinom(size = μ / (d − 1), mu = μ)</c>.</summary>
    [Theory]
    [InlineData(2, 1.5)]
    [InlineData(11, 6)]
    public void A_count_of_more_variance_has_the_tail_of_the_negative_binomial(double mean, double dispersion)
    {
        var margin = OutcomeMargin.Overdispersed(mean, dispersion);
        Assert.Equal(mean, margin.Mean);
        Assert.Equal(dispersion * mean, margin.Deviation * margin.Deviation, 1e-10);
        var law = new NegativeBinomial(mean / (dispersion - 1), 1 / dispersion);
        for (var k = 0; k < 3 * mean; k++)
        {
            var upto = Enumerable.Range(0, k + 1).Sum(law.Probability);
            Assert.Equal(upto, Normal.CDF(0, 1, margin.Thresholds[k]), 1e-10);
        }
    }

    [Fact]
    public void The_value_is_the_number_of_thresholds_below_the_score()
    {
        var margin = OutcomeMargin.Categories([0.1, 0.2, 0.3, 0.4]);
        Assert.False(margin.IsContinuous || margin.IsBinary);
        foreach (var score in new[] { -5, -1.3, -1.28, -0.6, -0.5, 0.2, 0.3, 5 })
        {
            Assert.Equal(margin.Thresholds.ToArray().Count(threshold => threshold < score), margin.Value(score));
        }

        // At a threshold itself the score does not exceed it.
        Assert.Equal([0, 1, 2], margin.Thresholds.ToArray().Select(margin.Value));
        var binary = OutcomeMargin.Bernoulli(0.3);
        Assert.Equal([0, 0, 1], new[] { -1, binary.Thresholds[0], 1 }.Select(binary.Value));
        Assert.Equal([3, 11, -1], new[] { 0, 2.0, -1 }.Select(OutcomeMargin.Normal(3, 4).Value));
    }

    private static void Close(double expected, double actual) => Assert.Equal(1, actual / expected, 1e-8);
}
