using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Statistics.Tests.NormalMeans;

public sealed class MarginalSquareTests
{
    private static readonly Link[] Links = [Link.Logit, Link.Probit, Link.Cloglog, Link.Log, Link.Identity, Link.Sqrt];

    public static TheoryData<string, double, double> Rows()
    {
        var rows = new TheoryData<string, double, double>();
        foreach (var link in Links)
        {
            foreach (var eta in new[] { -9, -3, -0.4, 0, 1.3, 6 })
            {
                foreach (var tau in new[] { 0, 0.01, 0.35, 1, 2, 4, 7.09, 10 })
                {
                    // Beyond it the lognormal's square lies outside the range of the slow integral.
                    if (link != Link.Log || tau <= 2)
                    {
                        rows.Add(link.Name, eta, tau);
                    }
                }
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_mean_square_and_its_slopes_match_brute_force(string name, double eta, double tau)
    {
        var link = Links.Single(candidate => candidate.Name == name);
        var square = MarginalMean.For(link).Square(eta, tau);
        Near(BruteForce.NormalMean(z => Math.Pow(Mean(eta + (tau * z)), 2), tau), square.Value);
        Near(BruteForce.NormalMean(z => 2 * Mean(eta + (tau * z)) * Slope(eta + (tau * z)), tau), square.Slope);
        if (tau > 0)
        {
            Near(BruteForce.NormalMean(z => 2 * Mean(eta + (tau * z)) * Slope(eta + (tau * z)) * z, tau), square.SpreadSlope);
        }
        else
        {
            Assert.Equal(0, square.SpreadSlope);
        }

        // The complementary log-log without the link's clamp in its tails.
        double Mean(double u) => link == Link.Cloglog ? -Elementary.ExpMinusOne(-Math.Exp(u)) : link.Mean(u);
        double Slope(double u) => link == Link.Cloglog ? (u > 7 ? 0 : Math.Exp(u - Math.Exp(u))) : link.Derivative(u);
    }

    [Theory]
    [InlineData(-14.0, 1.0)]
    [InlineData(-20.0, 3.0)]
    [InlineData(-30.0, 2.0)]
    public void The_lower_tail_keeps_its_relative_accuracy(double eta, double tau)
    {
        // So far down the logistic and the complementary log-log are e^u: the square is that of the log link.
        var logit = MarginalMean.For(Link.Logit).Square(eta, tau);
        var exact = BruteForce.NormalMean(z => Math.Pow(1 / (1 + Math.Exp(-(eta + (tau * z)))), 2), tau);
        Assert.Equal(1, logit.Value / exact, 1e-12);
        var cloglog = MarginalMean.For(Link.Cloglog).Square(eta, tau);
        exact = BruteForce.NormalMean(z => Math.Pow(Elementary.ExpMinusOne(-Math.Exp(eta + (tau * z))), 2), tau);
        Assert.Equal(1, cloglog.Value / exact, 1e-12);
    }

    [Fact]
    public void Without_spread_it_is_the_square_of_the_mean()
    {
        foreach (var link in Links)
        {
            var rule = MarginalMean.For(link);
            Assert.Equal(Math.Pow(rule.At(0.7, 0).Mean, 2), rule.Square(0.7, 0).Value, 1e-15);
            Assert.Throws<ArgumentOutOfRangeException>(() => rule.Square(0.7, -1));
        }
    }

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-12 * Math.Max(1, Math.Abs(expected)));
}
