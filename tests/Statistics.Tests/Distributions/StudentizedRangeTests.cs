using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.Tests.Distributions;

/// <summary>Tukey's range against R 4.2.2 (<c>ptukey</c>, <c>qtukey</c>), whose algorithm AS 190 has about eight digits.</summary>
public sealed class StudentizedRangeTests
{
    [Theory]
    [InlineData(1, 3, 67, 0.760147141389109327)]
    [InlineData(3, 5, 12.5, 0.270383256843854891)]
    [InlineData(6, 10, double.PositiveInfinity, 0.000921515303877074)]
    [InlineData(3.5, 4, 5, 0.179246118997278159)]
    public void Tail_agrees_with_R(double q, int means, double df, double expected) =>
        Assert.Equal(1, StudentizedRange.UpperTail(q, means, df) / expected, 1e-7);

    /// <summary>By R's <c>integrate</c> over the density of s, where <c>ptukey</c>, at .00704219, is wrong in its third digit.</summary>
    [Fact]
    public void Far_tail_with_few_degrees_of_freedom_agrees_with_direct_integration() =>
        Assert.Equal(1, StudentizedRange.UpperTail(12, 3, 3) / 0.00703552236627497, 1e-9);

    [Theory]
    [InlineData(0.05, 3, 67, 3.38970236043)]
    [InlineData(0.01, 6, 10, 6.42753554883)]
    public void Quantile_agrees_with_R(double tail, int means, double df, double expected) =>
        Assert.Equal(expected, StudentizedRange.UpperQuantile(tail, means, df), 1e-7);

    /// <summary>Of two means the range is |T|√2.</summary>
    [Theory]
    [InlineData(0.3, 1)]
    [InlineData(2.2, 4.7)]
    [InlineData(8, 30)]
    [InlineData(3, 2e3)]
    [InlineData(40, 12)]
    public void Two_means_are_Students_t(double t, double df) =>
        Assert.Equal(1, StudentizedRange.UpperTail(t * Math.Sqrt(2), 2, df) / StudentDistribution.TwoSided(t, df), 1e-11);
}
