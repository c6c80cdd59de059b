using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Statistics.Tests.NormalMeans;

/// <summary><see cref="MarginalMean.Shared"/>: its limits, its slopes, and a fine sum over both effects.</summary>
public sealed class SharedMeanSquareTests
{
    public static TheoryData<string, double, double, double> Arguments => new()
    {
        { "logit", -1, 0.8, 0.6 },
        { "logit", -6, 3, 0.2 },
        { "logit", 4, 0.1, 2.5 },
        { "probit", 0.5, 1.2, 0.7 },
        { "cloglog", -2, 0.9, 1.1 },
        { "cloglog", 1.5, 2, 0.4 },
    };

    [Theory]
    [MemberData(nameof(Arguments))]
    public void The_mean_product_is_a_fine_sum_and_its_slopes_are_differences(string name, double eta, double shared, double rest)
    {
        Assert.True(Link.TryParse(name, out var link));
        var rule = MarginalMean.For(link);
        var actual = rule.Shared(eta, shared, rest);
        Assert.Equal(1, Sum(link, eta, shared, rest) / actual.Value, 1e-9);
        const double H = 1e-5;
        Assert.Equal((rule.Shared(eta + H, shared, rest).Value - rule.Shared(eta - H, shared, rest).Value) / (2 * H), actual.Slope, 1e-9);
        Assert.Equal(
            (rule.Shared(eta, shared + H, rest).Value - rule.Shared(eta, shared - H, rest).Value) / (2 * H),
            actual.SharedSlope,
            1e-9);
        Assert.Equal(
            (rule.Shared(eta, shared, rest + H).Value - rule.Shared(eta, shared, rest - H).Value) / (2 * H),
            actual.RestSlope,
            1e-9);
    }

    [Theory]
    [MemberData(nameof(Arguments))]
    public void It_lies_between_the_squared_mean_and_the_mean_square(string name, double eta, double shared, double rest)
    {
        Assert.True(Link.TryParse(name, out var link));
        var rule = MarginalMean.For(link);
        var spread = Math.Sqrt((shared * shared) + (rest * rest));
        var mean = rule.At(eta, spread).Mean;
        Assert.InRange(rule.Shared(eta, shared, rest).Value, mean * mean, rule.Square(eta, spread).Value);
        Assert.Equal(rule.Square(eta, shared).Value, rule.Shared(eta, shared, 0).Value);
        Assert.Equal(Math.Pow(rule.At(eta, rest).Mean, 2), rule.Shared(eta, 0, rest).Value, 1e-15);
        Assert.Equal(rule.Square(eta, shared).Value, rule.Shared(eta, shared, 1e-9).Value, 1e-12);
    }

    /// <summary>
    /// Effects of a hundred units take no more sums than small ones: the outer rule is as coarse as the inner integral is smooth, and
    /// a fine sum of the exact means says the same.
    /// </summary>
    [Theory]
    [InlineData("logit", -60, 32, 40)]
    [InlineData("logit", 5, 90, 11)]
    [InlineData("cloglog", -150, 32, 40)]
    [InlineData("probit", 20, 45, 100)]
    public void Large_spreads_are_a_fine_sum_of_means(string name, double eta, double shared, double rest)
    {
        Assert.True(Link.TryParse(name, out var link));
        var rule = MarginalMean.For(link);
        const double Step = 0.01;
        var sum = 0.0;
        for (var z = -10.0; z <= 14; z += Step)
        {
            var mean = rule.At(eta + (shared * z), rest).Mean;
            sum += Step * Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI) * mean * mean;
        }

        Assert.Equal(1, sum / rule.Shared(eta, shared, rest).Value, 1e-12);
    }

    private static double Sum(Link link, double eta, double shared, double rest)
    {
        const double Step = 0.02;
        var sum = 0.0;
        for (var z = -10.0; z <= 14; z += Step)
        {
            var inner = 0.0;
            for (var u = -9.0; u <= 9; u += Step)
            {
                inner += Step * Math.Exp(-0.5 * u * u) * link.Mean(eta + (shared * z) + (rest * u));
            }

            sum += Step * Math.Exp(-0.5 * z * z) * inner * inner;
        }

        return sum / Math.Pow(2 * Math.PI, 1.5);
    }
}
