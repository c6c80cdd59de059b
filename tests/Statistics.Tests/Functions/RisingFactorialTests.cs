using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Tests.Functions;

/// <summary>Against mpmath 1.3.0 with 60 digits (<c>loggamma(x + d) - loggamma(x) - d*log(x)</c>).</summary>
public sealed class RisingFactorialTests
{
    [Theory]
    [InlineData(0.3, 2, 1.46633706879342707)]
    [InlineData(15, 0.5, -0.00833179217417290914)]
    [InlineData(16, 0.5, -0.00781122991996762446)]
    [InlineData(17, 40, 28.3524032708334856)]
    [InlineData(50, 1e7, 112061380.654353555)]
    [InlineData(1e4, 0.5, -0.0000124999999947916667)]
    [InlineData(1e9, 3e4, 0.449980500292491785)]
    [InlineData(1e12, 0.5, -1.25e-13)]
    [InlineData(1e300, 7, 0)]
    [InlineData(3, 0, 0)]
    public void Agrees_with_the_logarithms_of_the_gamma_function(double x, double d, double expected) =>
        Assert.Equal(expected, RisingFactorial.LogOverPower(x, d), Error(x, d) + (2e-14 * Math.Abs(expected)));

    // The logarithms of the gamma function that small x takes have 3e-13; d and a number close to it leave what a double has of d.
    private static double Error(double x, double d) => x < 16 ? 3e-13 : 2e-16 * d;

    /// <summary>Γ(x + n)/Γ(x) is a product of n factors.</summary>
    [Theory]
    [InlineData(0.7, 5)]
    [InlineData(15.999, 12)]
    [InlineData(16, 12)]
    [InlineData(2e5, 1)]
    [InlineData(2e5, 400)]
    public void Is_the_product_of_its_factors(double x, int n) => Assert.Equal(
        Enumerable.Range(0, n).Sum(i => Elementary.LogOnePlus(i / x)), RisingFactorial.LogOverPower(x, n), 1e-12);
}
