using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.Tests.Distributions;

/// <summary>Against mvtnorm 1.1-3 (<c>pmvnorm</c> with <c>TVPACK(abseps = 1e-15)</c>), closed forms, and plain integrals.</summary>
public sealed class BivariateNormalGolden
{
    [Theory]
    [InlineData(0, 0, 0.5, 1.0 / 3)]
    [InlineData(-1, 0.5, 0.3, 0.1332561354499512)]
    [InlineData(0.2, -1.3, -0.7, 0.008370047586882395)]
    [InlineData(1, 1, 0.99, 0.8276930269850802)]
    [InlineData(-2, -2.1, 0.95, 0.01391651679875245)]
    [InlineData(-3, -4, 0.2, 4.436317500600612e-07)]
    [InlineData(0.5, -0.6, -0.97, 0.01916844239795332)]
    [InlineData(5, -5, 0.9, 2.866515718791939e-07)]
    [InlineData(-1, 1.01, -0.9999, 0.002888266821990282)]
    public void Quadrants_agree_with_mvtnorm(double h, double k, double correlation, double expected)
    {
        Assert.Equal(expected, BivariateNormal.Cumulative(h, k, correlation), 2e-15);
        Assert.Equal(expected, BivariateNormal.Cumulative(k, h, correlation), 2e-15);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-0.999)]
    [InlineData(-0.5)]
    [InlineData(0)]
    [InlineData(0.924)]
    [InlineData(0.926)]
    [InlineData(1)]
    public void At_the_means_a_quadrant_is_an_angle(double correlation) =>
        Assert.Equal(0.25 + (Math.Asin(correlation) / (2 * Math.PI)), BivariateNormal.Cumulative(0, 0, correlation), 1e-15);

    [Fact]
    public void Quadrants_are_the_integral_of_a_conditional_probability()
    {
        foreach (var correlation in new[] { -0.99, -0.93, -0.9, -0.4, 0.1, 0.6, 0.92, 0.95, 0.99 })
        {
            foreach (var (h, k) in new[] { (0.3, -0.8), (-2.5, -1.0), (1.7, 1.65), (-0.4, 3.0), (2.0, -2.0) })
            {
                Assert.Equal(Plainly(h, k, correlation), BivariateNormal.Cumulative(h, k, correlation), 1e-13);
            }
        }
    }

    [Fact]
    public void Bounds_and_infinite_limits_are_exact()
    {
        Assert.Equal(StandardNormal.Cumulative(-0.7), BivariateNormal.Cumulative(0.2, -0.7, 1), 1e-16);
        Assert.Equal(0, BivariateNormal.Cumulative(0.2, -0.7, -1));
        Assert.Equal(StandardNormal.Cumulative(0.9) + StandardNormal.Cumulative(0.2) - 1, BivariateNormal.Cumulative(0.9, 0.2, -1), 1e-15);
        Assert.Equal(StandardNormal.Cumulative(0.9), BivariateNormal.Cumulative(0.9, double.PositiveInfinity, 0.4), 1e-16);
        Assert.Equal(0, BivariateNormal.Cumulative(0.9, double.NegativeInfinity, 0.4));
        Assert.Throws<ArgumentOutOfRangeException>(() => BivariateNormal.Cumulative(0, 0, 1.1));
    }

    [Fact]
    public void The_slope_by_the_angle_is_that_of_the_probability()
    {
        foreach (var angle in new[] { -1.4, -0.6, 0, 0.3, 1.2, 1.5 })
        {
            const double Step = 1e-5;
            var difference = BivariateNormal.Cumulative(0.4, -0.3, Math.Sin(angle + Step))
                - BivariateNormal.Cumulative(0.4, -0.3, Math.Sin(angle - Step));
            Assert.Equal(difference / (2 * Step), BivariateNormal.SlopeByAngle(0.4, -0.3, angle), 1e-8);
        }
    }

    // ∫ φ(x) Φ{(k − rx)/√(1 − r²)} dx up to h, in x = h − t by Simpson's rule.
    private static double Plainly(double h, double k, double correlation)
    {
        const int Steps = 40_000;
        var width = (h + 10) / Steps;
        var root = Math.Sqrt(1 - (correlation * correlation));
        var sum = 0.0;
        for (var i = 0; i <= Steps; i++)
        {
            var x = h - (i * width);
            var weight = i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * StandardNormal.Density(x) * StandardNormal.Cumulative((k - (correlation * x)) / root);
        }

        return sum * width / 3;
    }
}
