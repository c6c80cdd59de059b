using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Tests.Functions;

public sealed class ElementaryTests
{
    [Fact]
    public void Exponential_minus_one_keeps_its_digits_near_zero()
    {
        foreach (var x in new[] { 1e-300, 1e-17, 3e-9, -2e-6, 1e-3 })
        {
            var series = x * (1 + (x / 2 * (1 + (x / 3 * (1 + (x / 4 * (1 + (x / 5))))))));
            AssertClose(series, Elementary.ExpMinusOne(x));
        }

        AssertClose(Math.E - 1, Elementary.ExpMinusOne(1));
        Assert.Equal(-1, Elementary.ExpMinusOne(-800));
        Assert.Equal(double.PositiveInfinity, Elementary.ExpMinusOne(800));
    }

    [Fact]
    public void Logarithm_of_one_plus_keeps_its_digits_near_zero()
    {
        foreach (var x in new[] { 1e-300, 1e-17, 3e-9, -2e-6, 1e-4 })
        {
            AssertClose(x * (1 - (x / 2) + (x * x / 3) - (x * x * x / 4)), Elementary.LogOnePlus(x));
        }

        AssertClose(Math.Log(3), Elementary.LogOnePlus(2));
        Assert.Equal(double.NegativeInfinity, Elementary.LogOnePlus(-1));
        Assert.Equal(double.PositiveInfinity, Elementary.LogOnePlus(double.PositiveInfinity));
    }

    [Fact]
    public void Logistic_does_not_overflow()
    {
        AssertClose(Math.Exp(-700), Elementary.Logistic(-700));
        Assert.Equal(1, Elementary.Logistic(800));
        Assert.Equal(0.5, Elementary.Logistic(0));
    }

    [Fact]
    public void Zero_times_the_logarithm_of_zero_is_zero()
    {
        Assert.Equal(0, Elementary.XLogRatio(0, 0.3));
        AssertClose(2 * Math.Log(4), Elementary.XLogRatio(2, 0.5));
    }

    private static void AssertClose(double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-15 * Math.Abs(expected), $"expected {expected:R}, got {actual:R}");
}
