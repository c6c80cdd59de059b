using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.Tests.Distributions;

/// <summary>Student's tails where they are known in closed form, and at the ends of their arguments.</summary>
public class StudentDistributionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(-4)]
    [InlineData(1e5)]
    public void One_and_two_degrees_of_freedom_have_closed_forms(double t)
    {
        // Beyond, atan of the inverse keeps the digits.
        Assert.Equal(1, StudentDistribution.TwoSided(t, 1) / (2 / Math.PI * Math.Atan2(1, Math.Abs(t))), 1e-11);
        var root = Math.Sqrt(2 + (t * t));
        Assert.Equal(1, StudentDistribution.TwoSided(t, 2) / (2 / (root * (root + Math.Abs(t)))), 1e-11);
    }

    /// <summary>By mpmath 1.3.0: the density integrated, or <c>betainc</c>, with 60 digits.</summary>
    [Theory]
    [InlineData(8, 3990, 1.61658673883212847e-15)]
    [InlineData(8, 4000, 1.61553995495742301e-15)]
    [InlineData(0.3, 5000, 0.764189626669443137)]
    [InlineData(2.2, 1e4, 0.0278296863267350807)]
    [InlineData(30, 1e6, 1.20200942336634379e-197)]
    [InlineData(2.2, 1e7, 0.027806917815878075)]
    [InlineData(0.01, 1e9, 0.992021287372731604)]
    [InlineData(2.2, 1e11, 0.0278068950292760965)]
    [InlineData(3, 1e21, 0.00269979606326018905)]
    public void Many_degrees_of_freedom_cost_no_digits(double t, double df, double expected)
    {
        Assert.Equal(1, StudentDistribution.TwoSided(t, df) / expected, df < 4000 ? 1e-11 : 5e-13);
        Assert.Equal(t, -StudentDistribution.Quantile(0.5 * expected, df), 1e-12);
        const double Step = 1e-4;
        var slope = (StudentDistribution.TwoSided(t - Step, df) - StudentDistribution.TwoSided(t + Step, df)) / (4 * Step);
        Assert.Equal(1, StudentDistribution.Density(t, df) / slope, 2e-6);
    }

    [Theory]
    [InlineData(2.2)]
    [InlineData(0)]
    [InlineData(-35)]
    public void The_limit_is_the_normal_distribution(double t)
    {
        Assert.Equal(1, StudentDistribution.TwoSided(t, 1e18) / StudentDistribution.TwoSided(t, double.PositiveInfinity), 1e-12);
        Assert.Equal(1, StudentDistribution.TwoSided(t, 1e300) / StudentDistribution.TwoSided(t, double.PositiveInfinity), 1e-12);
        Assert.Equal(1, StudentDistribution.Density(t, 1e300) / StudentDistribution.Density(t, double.PositiveInfinity), 1e-12);
    }

    [Fact]
    public void The_ends_of_the_arguments_have_their_limits()
    {
        foreach (var t in new[] { double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.Equal(0, StudentDistribution.TwoSided(t, 3));
            Assert.Equal(0, StudentDistribution.TwoSided(t, 1e5));
            Assert.Equal(0, FisherDistribution.UpperTail(Math.Abs(t), 3, 1e5));
            Assert.Equal(0, StudentDistribution.TwoSided(t, double.PositiveInfinity));
            Assert.Equal(t > 0 ? 1 : 0, StudentDistribution.Cumulative(t, 3));
        }

        foreach (var none in new[] { 0, -1, double.NaN })
        {
            Assert.All((double[])[0, 1, -3, double.PositiveInfinity], t => Assert.Equal(double.NaN, StudentDistribution.TwoSided(t, none)));
        }

        Assert.Equal(double.NaN, StudentDistribution.TwoSided(double.NaN, 3));
        Assert.Equal(double.NaN, StudentDistribution.TwoSided(double.NaN, 1e5));
        Assert.Equal(0, StudentDistribution.TwoSided(1e200, 1e5));
        Assert.Equal(0, FisherDistribution.UpperTail(1e308, 1e2, 1e5));
    }
}
