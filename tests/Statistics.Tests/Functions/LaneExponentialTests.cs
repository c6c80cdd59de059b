using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Tests.Functions;

/// <summary>The exponential of lanes is that of the mathematics library to its last place.</summary>
public sealed class LaneExponentialTests
{
    [Fact]
    public void Every_lane_is_within_two_roundings()
    {
        for (var k = -7440; k <= 7090; k++)
        {
            var x = (k / 10.0) + (0.05 * Math.Sin(k));
            var expected = Math.Exp(x);
            Assert.Equal(expected, LaneExponential.Exp(Vector256.Create(x))[0], Math.Max(4.5e-16 * expected, 1e-323));
            if (x <= 0 && x > -708)
            {
                Assert.Equal(expected, LaneExponential.OfNegative(Vector256.Create(x))[0], 4.5e-16 * expected);
            }
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-800, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(710.5, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void Its_ends_are_those_of_doubles(double x, double expected) =>
        Assert.Equal(expected, LaneExponential.Exp(Vector256.Create(x))[0]);

    [Fact]
    public void Of_negative_numbers_it_ends_before_they_are_subnormal()
    {
        Assert.InRange(LaneExponential.OfNegative(Vector256.Create(-1e6))[0], 0, 1e-307);
        Assert.InRange(LaneExponential.OfNegative(Vector256.Create(double.NegativeInfinity))[0], 0, 1e-307);
        Assert.True(double.IsNaN(LaneExponential.OfNegative(Vector256.Create(double.NaN))[0]));
    }
}
