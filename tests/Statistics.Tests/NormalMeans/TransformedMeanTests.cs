using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;
using Xunit;

namespace MarginalConditional.Statistics.Tests.NormalMeans;

/// <summary>E[h(g⁻¹(η + τz))] against a plain sum over a fine grid, and its slopes against differences.</summary>
public sealed class TransformedMeanTests
{
    public static TheoryData<string, bool> Cases => new()
    {
        { "logit", false }, { "probit", false }, { "cloglog", false }, { "probit", true }, { "cloglog", true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_the_mean_over_normal_effects(string name, bool odds)
    {
        var link = LinkOf(name);
        var mean = (odds ? TransformedMean.Logit(link) : TransformedMean.Logarithm(link))!;
        foreach (var eta in new[] { -3.0, -0.4, 0, 1.1, 2.5 })
        {
            foreach (var tau in new[] { 0.3, 1.0, 1.7 })
            {
                var expected = Sum(link, odds, eta, tau);
                Assert.Equal(expected, mean.At(eta, tau).Value, 1e-9 * Math.Max(1, Math.Abs(expected)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_slopes_are_those_of_differences(string name, bool odds)
    {
        var link = LinkOf(name);
        var mean = (odds ? TransformedMean.Logit(link) : TransformedMean.Logarithm(link))!;
        const double Step = 1e-5;
        foreach (var (eta, tau) in new[] { (-2.0, 0.8), (0.3, 0.0), (0.6, 1.5) })
        {
            var point = mean.At(eta, tau);
            var slope = (mean.At(eta + Step, tau).Value - mean.At(eta - Step, tau).Value) / (2 * Step);
            Assert.Equal(slope, point.Slope, 1e-7 * Math.Max(1, Math.Abs(slope)));
            if (tau > 0)
            {
                var spread = (mean.At(eta, tau + Step).Value - mean.At(eta, tau - Step).Value) / (2 * Step);
                Assert.Equal(spread, point.SpreadSlope, 1e-7 * Math.Max(1, Math.Abs(spread)));
            }
        }
    }

    [Fact]
    public void The_links_own_transform_leaves_the_predictor_as_it_is()
    {
        Assert.Equal((1.3, 1, 0), TransformedMean.Logit(Link.Logit)!.At(1.3, 2));
        Assert.Equal((-0.7, 1, 0), TransformedMean.Logarithm(Link.Log)!.At(-0.7, 2));
        Assert.Null(TransformedMean.Logit(Link.Identity));
        Assert.Null(TransformedMean.Logarithm(Link.Sqrt));
    }

    /// <summary>The obvious sum: 40,000 points from −10 to 14 standard deviations.</summary>
    private static double Sum(Link link, bool odds, double eta, double tau)
    {
        const int Points = 40_000;
        const double Low = -10, High = 14;
        var step = (High - Low) / Points;
        var sum = 0.0;
        for (var k = 0; k <= Points; k++)
        {
            var z = Low + (k * step);
            var u = eta + (tau * z);
            sum += step * StandardNormal.Density(z) * (odds ? Log(link, u) - LogUpper(link, u) : Log(link, u));
        }

        return sum;
    }

    private static Link LinkOf(string name) => name == "logit" ? Link.Logit : name == "probit" ? Link.Probit : Link.Cloglog;

    private static double Log(Link link, double u) => link == Link.Cloglog && u > 3 ? Math.Log(1 - Math.Exp(-Math.Exp(u)))
        : link == Link.Probit && u < -8 ? Tail(u) : Math.Log(link.Mean(u));

    private static double LogUpper(Link link, double u) => link == Link.Cloglog ? -Math.Exp(u)
        : link == Link.Probit ? (u > 8 ? Tail(-u) : Math.Log(link.Mean(-u))) : Math.Log(1 - link.Mean(u));

    /// <summary>log Φ(−t) by its asymptotic series.</summary>
    private static double Tail(double u)
    {
        var t2 = 1 / (u * u);
        return (-u * u / 2) - Math.Log(-u * Math.Sqrt(2 * Math.PI)) + Math.Log(1 - (t2 * (1 - (3 * t2 * (1 - (5 * t2 * (1 - (7 * t2))))))));
    }
}
