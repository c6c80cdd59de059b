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

    [Fact]
    public void The_ends_of_the_arguments_have_their_limits()
    {
        foreach (var t in new[] { double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.Equal(0, StudentDistribution.TwoSided(t, 3));
            Assert.Equal(0, StudentDistribution.TwoSided(t, double.PositiveInfinity));
            Assert.Equal(t > 0 ? 1 : 0, StudentDistribution.Cumulative(t, 3));
        }

        foreach (var none in new[] { 0, -1, double.NaN })
        {
            Assert.All((double[])[0, 1, -3, double.PositiveInfinity], t => Assert.Equal(double.NaN, StudentDistribution.TwoSided(t, none)));
        }

        Assert.Equal(double.NaN, StudentDistribution.TwoSided(double.NaN, 3));
    }
}
