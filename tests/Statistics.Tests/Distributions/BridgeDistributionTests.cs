using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.Tests.Distributions;

public sealed class BridgeDistributionTests
{
    [Theory]
    [InlineData(-1, -0.5)]
    [InlineData(1, 0.5)]
    [InlineData(2, 1)]
    public void Half_the_conditional_logit_is_the_marginal_one_when_phi_is_a_half(double eta, double marginal)
    {
        var law = new BridgeDistribution(0.5);
        var mean = Integral(b => law.Density(b) / (1 + Math.Exp(-eta - b)));

        Assert.Equal(marginal, Math.Log(mean / (1 - mean)), 1e-9);
        Assert.Equal(law.MarginalMean(eta), mean, 1e-10);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Density_integrates_to_one_and_has_the_stated_variance(double phi)
    {
        var law = new BridgeDistribution(phi);

        Assert.Equal(1, Integral(law.Density), 1e-9);
        Assert.Equal(law.Variance, Integral(b => b * b * law.Density(b)), 1e-6);
        Assert.Equal(phi, BridgeDistribution.WithStandardDeviation(Math.Sqrt(law.Variance)).Attenuation, 1e-14);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.8)]
    public void Quantile_inverts_the_cumulative_probability(double phi)
    {
        var law = new BridgeDistribution(phi);
        foreach (var u in new[] { 1e-12, 0.01, 0.3, 0.5, 0.9 })
        {
            Assert.Equal(1, law.Cumulative(law.Quantile(u)) / u, 1e-9);
            var step = 1e-6;
            var slope = (new BridgeDistribution(phi + step).Quantile(u) - new BridgeDistribution(phi - step).Quantile(u)) / (2 * step);
            Assert.Equal(slope, law.QuantileSlope(u), 1e-5 * (1 + Math.Abs(slope)));
        }
    }

    [Fact]
    public void Cumulative_probability_has_the_density_as_slope()
    {
        var law = new BridgeDistribution(0.6);
        foreach (var b in new[] { -4.0, -0.5, 0, 1, 3 })
        {
            Assert.Equal(law.Density(b), (law.Cumulative(b + 1e-5) - law.Cumulative(b - 1e-5)) / 2e-5, 1e-9);
        }
    }

    [Fact]
    public void Attenuation_outside_the_unit_interval_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BridgeDistribution(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BridgeDistribution(double.NaN));
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1.5)]
    [InlineData(6.0)]
    public void The_slope_of_the_attenuation_is_its_difference(double sigma)
    {
        var slope = (BridgeDistribution.AttenuationOf(sigma + 1e-5) - BridgeDistribution.AttenuationOf(sigma - 1e-5)) / 2e-5;
        Assert.Equal(slope, BridgeDistribution.AttenuationSlope(sigma), 1e-10);
    }

    private static double Integral(Func<double, double> f)
    {
        const int Panels = 400_000;
        var sum = 0.0;
        for (var k = 0; k <= Panels; k++)
        {
            sum += (k == 0 || k == Panels ? 1 : k % 2 == 1 ? 4 : 2) * f(-120 + (240.0 * k / Panels));
        }

        return sum * 240 / Panels / 3;
    }
}
