using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.Tests.Distributions;

/// <summary>Against R 4.2.2 <c>pnorm</c> and <c>qnorm</c>, printed with 17 digits, and exact values.</summary>
public sealed class StandardNormalGolden
{
    [Theory]
    [InlineData(-37.50000000, 4.6053530095819552e-308)]
    [InlineData(-30.00000000, 4.9067139271481872e-198)]
    [InlineData(-20.00000000, 2.7536241186062337e-89)]
    [InlineData(-10.00000000, 7.6198530241605269e-24)]
    [InlineData(-6.00000000, 9.8658764503769809e-10)]
    [InlineData(-5.65685000, 7.7088197335601884e-09)]
    [InlineData(-5.00000000, 2.8665157187919391e-07)]
    [InlineData(-3.00000000, 0.0013498980316300946)]
    [InlineData(-1.00000000, 0.15865525393145705)]
    [InlineData(-0.67448975, 0.25000000006231027)]
    [InlineData(-0.50000000, 0.30853753872598694)]
    [InlineData(-0.00000001, 0.49999999601057721)]
    [InlineData(0.00000000, 0.5)]
    [InlineData(0.30000000, 0.61791142218895267)]
    [InlineData(1.00000000, 0.84134474606854293)]
    [InlineData(2.00000000, 0.97724986805182079)]
    [InlineData(5.00000000, 0.99999971334842808)]
    [InlineData(8.00000000, 0.99999999999999933)]
    public void Cumulative_probability_agrees_with_R(double x, double expected)
    {
        AssertRelative(expected, StandardNormal.Cumulative(x), 4e-16);
        AssertRelative(expected, StandardNormal.UpperTail(-x), 4e-16);
    }

    [Theory]
    [InlineData(1.00000e-300, -37.047096299361201)]
    [InlineData(1.00000e-100, -21.273453560965319)]
    [InlineData(1.00000e-20, -9.2623400897984052)]
    [InlineData(1.00000e-10, -6.3613409024040557)]
    [InlineData(1.00000e-05, -4.2648907939228256)]
    [InlineData(1.00000e-03, -3.0902323061678132)]
    [InlineData(2.50000e-02, -1.9599639845400538)]
    [InlineData(7.40000e-02, -1.4466320671589785)]
    [InlineData(2.00000e-01, -0.84162123357291418)]
    [InlineData(5.00000e-01, 0)]
    [InlineData(6.00000e-01, 0.25334710313579978)]
    [InlineData(9.00000e-01, 1.2815515655446008)]
    [InlineData(9.75000e-01, 1.9599639845400536)]
    [InlineData(9.99999e-01, 4.7534243088170891)]
    public void Quantile_agrees_with_R(double p, double expected) => AssertRelative(expected, StandardNormal.Quantile(p), 1e-15);

    [Fact]
    public void Tails_beyond_the_range_of_doubles_are_zero_and_one()
    {
        Assert.Equal(0, StandardNormal.Cumulative(-41));
        Assert.Equal(1, StandardNormal.Cumulative(41));
        Assert.Equal(0, StandardNormal.UpperTail(double.PositiveInfinity));
        Assert.True(double.IsNaN(StandardNormal.Cumulative(double.NaN)));
        Assert.Equal(double.NegativeInfinity, StandardNormal.Quantile(0));
        Assert.Equal(double.PositiveInfinity, StandardNormal.Quantile(1));
        Assert.True(double.IsNaN(StandardNormal.Quantile(1.5)));
        Assert.True(double.IsNaN(StandardNormal.Quantile(double.NaN)));
    }

    [Fact]
    public void Quantile_undoes_the_cumulative_probability()
    {
        for (var x = -37.0; x <= 5; x += 0.0625)
        {
            Assert.Equal(x, StandardNormal.Quantile(StandardNormal.Cumulative(x)), x > 2 ? 1e-9 : 1e-13 * Math.Max(1, Math.Abs(x)));
        }
    }

    private static void AssertRelative(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected), $"expected {expected:R}, got {actual:R}");
}
