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
    [InlineData(1e12, 5)]
    [InlineData(1e30, 2.5)]
    [InlineData(2.2, 1e7)]
    [InlineData(2.2, 1e11)]
    [InlineData(1.1, 1e16)]
    [InlineData(3, 1e21)]
    [InlineData(3, 1e300)]
    public void Two_means_are_Students_t(double t, double df) =>
        Assert.Equal(1, StudentizedRange.UpperTail(t * Math.Sqrt(2), 2, df) / StudentDistribution.TwoSided(t, df), 1e-11);

    [Fact]
    public void No_range_is_infinite()
    {
        Assert.Equal(0, StudentizedRange.UpperTail(double.PositiveInfinity, 3, 7));
        Assert.Equal(0, StudentizedRange.UpperTail(1e300, 300, 1e6));
        Assert.Equal(0, StudentizedRange.UpperTail(1e9, 4, double.PositiveInfinity));
    }

    /// <summary>The interpolated range is the summed one at every width, in the far tail as well.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(300)]
    public void A_table_of_the_range_has_the_digits_of_the_sum(int means)
    {
        var (table, sum) = (NormalRange.Tabulated(means), NormalRange.Summed(means));
        for (var width = 0.003; width < 20; width += 0.0371)
        {
            Assert.Equal(1, table.UpperTail(width) / sum.UpperTail(width), 2e-13);
        }
    }

    [Theory]
    [InlineData(3, 2.5)]
    [InlineData(6, 31.7)]
    [InlineData(25, 400)]
    public void Probabilities_and_quantiles_from_a_table_are_those_without(int means, double df)
    {
        var table = NormalRange.Tabulated(means);
        foreach (var q in new[] { 0.1, 1.7, 3.3, 6, 25 })
        {
            Assert.Equal(1, StudentizedRange.UpperTail(q, table, df) / StudentizedRange.UpperTail(q, means, df), 1e-13);
        }

        Assert.Equal(1, StudentizedRange.UpperQuantile(0.05, table, df) / StudentizedRange.UpperQuantile(0.05, means, df), 1e-12);
    }
}
