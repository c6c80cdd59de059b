using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Statistics.Tests.Random;

/// <summary>Moments within five Monte Carlo standard errors; the streams are fixed, so a test passes always or never.</summary>
public sealed class RandomDistributionsTests
{
    private const int N = 100_000;

    [Fact]
    public void Normal_moments() => AssertMoments(stream => stream.NextNormal(), 0, 1, 3);

    [Theory]
    [InlineData(0.2)]
    [InlineData(4.5)]
    [InlineData(29.9)]
    [InlineData(80)]
    [InlineData(2000)]
    public void Poisson_moments(double mean) => AssertMoments(stream => stream.NextPoisson(mean), mean, mean, 3 + (1 / mean));

    [Theory]
    [InlineData(10, 0.3)]
    [InlineData(200, 0.02)]
    [InlineData(1001, 0.9)]
    public void Binomial_moments(int trials, double p) =>
        AssertMoments(
            stream => stream.NextBinomial(trials, p),
            trials * p,
            trials * p * (1 - p),
            3 + ((1 - (6 * p * (1 - p))) / (trials * p * (1 - p))));

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(7.5)]
    public void Gamma_moments(double shape) => AssertMoments(stream => stream.NextGamma(shape), shape, shape, 3 + (6 / shape));

    [Fact]
    public void Negative_binomial_moments() =>
        AssertMoments(stream => stream.NextNegativeBinomial(3, 2), 3, 3 + 4.5, 3 + (6 / 2.0) + (1 / 7.5));

    [Fact]
    public void Student_moments() => AssertMoments(stream => stream.NextStudent(9), 0, 9 / 7.0, 3 + (6 / 5.0));

    [Fact]
    public void Bridge_moments()
    {
        var phi = BridgeDistribution.AttenuationOf(1.5);
        AssertMoments(stream => stream.NextBridge(phi), 0, 2.25, 4.2);
    }

    [Fact]
    public void Bernoulli_moments() => AssertMoments(stream => stream.NextBernoulli(0.3), 0.3, 0.21, 1 / 0.21);

    [Fact]
    public void Poisson_by_inversion_has_the_right_probabilities()
    {
        var stream = new RandomStream(9, 9, 9);
        var counts = new int[6];
        for (var i = 0; i < N; i++)
        {
            counts[(int)Math.Min(stream.NextPoisson(1.3), 5)]++;
        }

        double[] p = [0.27253179303401, 0.35429133094421, 0.23028936511374, 0.09979205821595, 0.03243241892018];
        for (var k = 0; k < p.Length; k++)
        {
            Assert.Equal(p[k], counts[k] / (double)N, 5 * Math.Sqrt(p[k] / N));
        }
    }

    [Fact]
    public void Poisson_of_mean_zero_is_zero() => Assert.Equal(0, new RandomStream(1, 1, 1).NextPoisson(0));

    [Fact]
    public void Bridge_quantiles_integrate_the_density()
    {
        // F(b) by the trapezoidal rule over f(b) = sin(φπ)/{2π[cosh(φb) + cos(φπ)]}.
        const double Phi = 0.5;
        const double H = 0.001;
        var area = 0.0;
        var upper = BridgeDistribution.Quantile(0.8, Phi);
        for (var k = 0; k < 100_000; k++)
        {
            area += H * Density(upper - ((k + 0.5) * H));
        }

        Assert.Equal(0.8, area, 1e-6);

        static double Density(double b) => Math.Sin(Phi * Math.PI) / (2 * Math.PI * (Math.Cosh(Phi * b) + Math.Cos(Phi * Math.PI)));
    }

    [Fact]
    public void A_bridge_effect_leaves_a_logistic_model_logistic_and_attenuated()
    {
        // Wang and Louis (2003): E expit(η + b) = expit(φη), exactly; here by the midpoint rule over the quantiles.
        foreach (var eta in new[] { -1.0, 1.0, 2.0 })
        {
            const int Points = 200_000;
            var sum = 0.0;
            for (var i = 0; i < Points; i++)
            {
                var b = BridgeDistribution.Quantile((i + 0.5) / Points, 0.5);
                sum += 1 / (1 + Math.Exp(-eta - b));
            }

            Assert.Equal(1 / (1 + Math.Exp(-0.5 * eta)), sum / Points, 1e-6);
        }
    }

    [Fact]
    public void Parameters_outside_the_domain_are_refused()
    {
        var stream = new RandomStream(1, 1, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextPoisson(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextGamma(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextBridge(1));
    }

    private static void AssertMoments(Func<RandomStream, double> draw, double mean, double variance, double kurtosis)
    {
        var stream = new RandomStream(20, 26, 11);
        var (sum, square) = (0.0, 0.0);
        for (var i = 0; i < N; i++)
        {
            var deviation = draw(stream) - mean;
            sum += deviation;
            square += deviation * deviation;
        }

        Assert.Equal(mean, mean + (sum / N), 5 * Math.Sqrt(variance / N));
        Assert.Equal(variance, square / N, 5 * variance * Math.Sqrt((kurtosis - 1) / N));
    }
}
