using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.Tests.Distributions;

/// <summary>Fisher's tail with many degrees of freedom of the denominator.</summary>
public sealed class FisherDistributionTests
{
    /// <summary>By mpmath 1.3.0: the density of the odds integrated with 60 digits.</summary>
    [Theory]
    [InlineData(2.2, 3, 1e4, 0.0858709412452019551)]
    [InlineData(0.5, 7, 5e3, 0.835169914962383369)]
    [InlineData(12, 2, 1e7, 6.14430083048156824e-6)]
    [InlineData(1.7, 40, 2e5, 0.00375351609375313969)]
    [InlineData(3, 5, 1e13, 0.0103623379158248922)]
    [InlineData(1.01, 100, 6e3, 0.453887205987682502)]
    [InlineData(3, 89, 4e3, 7.7312968516733324e-19)]
    [InlineData(1.5, 62, 4e3, 0.00708867005311707706)]
    [InlineData(0.9, 10, 4e3, 0.532210239899744521)]
    public void Many_degrees_of_freedom_cost_no_digits(double f, double numerator, double denominator, double expected) =>
        Assert.Equal(1, FisherDistribution.UpperTail(f, numerator, denominator) / expected, 1e-12);

    /// <summary>Two methods meet where the number of degrees of freedom passes from one to the other.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3.5)]
    [InlineData(10)]
    [InlineData(89)]
    public void Nothing_jumps_where_the_method_changes(double numerator)
    {
        foreach (var f in (double[])[0.01, 0.4, 1, 1.5, 3, 20])
        {
            var below = FisherDistribution.UpperTail(f, numerator, 4000 * (1 - 1e-12));
            // What the other method has lost by then.
            Assert.Equal(1, FisherDistribution.UpperTail(f, numerator, 4000) / below, 3e-10);
        }
    }
}
