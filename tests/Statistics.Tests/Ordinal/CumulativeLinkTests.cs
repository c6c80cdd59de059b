using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Statistics.Tests.Ordinal;

public sealed class CumulativeLinkTests
{
    public static TheoryData<string> Names => [.. CumulativeLink.Names];

    [Fact]
    public void Probabilities_at_hand_computed_points()
    {
        Assert.Equal(0.75, CumulativeLink.Logit.Cumulative(Math.Log(3)), 1e-15);
        Assert.Equal(0.97724986805182079, CumulativeLink.Probit.Cumulative(2), 1e-15);
        Assert.Equal(1 - Math.Exp(-2), CumulativeLink.Cloglog.Cumulative(Math.Log(2)), 1e-15);
        Assert.Equal(Math.Exp(-0.5), CumulativeLink.Loglog.Cumulative(Math.Log(2)), 1e-15);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Distribution_density_and_quantile_belong_together(string name)
    {
        var link = Of(name);
        foreach (var x in new[] { -3.1, -0.7, 0, 0.4, 1.3 })
        {
            const double H = 1e-5;
            var f = link.Density(x);
            Assert.Equal(1, link.Cumulative(x) + link.Complement(x), 1e-14);
            Assert.Equal(x, link.Quantile(link.Cumulative(x)), 1e-10);
            Assert.Equal((link.Cumulative(x + H) - link.Cumulative(x - H)) / (2 * H), f, 1e-9);
            Assert.Equal((link.Density(x + H) - link.Density(x - H)) / (2 * H), f * link.DensitySlope(x), 1e-9);
            Assert.Equal(
                ((link.Density(x + H) * link.DensitySlope(x + H)) - (link.Density(x - H) * link.DensitySlope(x - H))) / (2 * H),
                f * link.DensityCurvature(x),
                1e-9);
            var mean = link.IsReflected ? 1 - link.Marginal.Mean(-x) : link.Marginal.Mean(x);
            Assert.Equal(mean, link.Cumulative(x), 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Intervals_are_differences_where_these_are_exact(string name)
    {
        var link = Of(name);
        double[] points = [double.NegativeInfinity, -2.2, -0.6, 0.3, 1.1, double.PositiveInfinity];
        for (var l = 0; l < points.Length; l++)
        {
            for (var u = l + 1; u < points.Length; u++)
            {
                var difference = link.Cumulative(points[u]) - link.Cumulative(points[l]);
                Assert.Equal(difference, Math.Exp(link.LogInterval(points[l], points[u])), 1e-14);
            }
        }
    }

    // Narrow and far away, where F(u) − F(l) has no digit left: the mean density times the width, by Simpson's rule of log f.
    [Theory]
    [InlineData("logit", 40, 1e-3)]
    [InlineData("logit", -45, 0.2)]
    [InlineData("probit", -0.0245, 0.049)]
    [InlineData("probit", 0.988, 0.0245)]
    [InlineData("probit", -1.512, 0.0195)]
    [InlineData("probit", 2.994, 0.0123)]
    [InlineData("probit", 9, 1e-3)]
    [InlineData("probit", 9, 0.3)]
    [InlineData("probit", -30, 0.02)]
    [InlineData("probit", 45, 0.1)]
    [InlineData("probit", 0.2, 1e-7)]
    [InlineData("cloglog", -50, 0.5)]
    [InlineData("cloglog", 3.5, 1e-6)]
    [InlineData("cloglog", 4.5, 0.05)]
    [InlineData("loglog", 50, 0.5)]
    [InlineData("loglog", -3.5, 1e-6)]
    public void Intervals_keep_their_digits_in_the_tails(string name, double lower, double width)
    {
        const int Panels = 20_000;
        var link = Of(name);
        var reference = link.LogDensity(lower);
        double sum = 0;
        for (var i = 0; i <= Panels; i++)
        {
            var weight = i is 0 or Panels ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.Exp(link.LogDensity(lower + (width * i / Panels)) - reference);
        }

        var expected = reference + Math.Log(sum * width / (3 * Panels));
        Assert.Equal(expected, link.LogInterval(lower, lower + width), 1e-10 * Math.Max(1, Math.Abs(expected)));
    }

    /// <summary>log P(Z &gt; x) = log φ(x) − log(x + 1/(x + 2/(x + …))) (Laplace), near and far, on both sides.</summary>
    [Theory]
    [InlineData(6)]
    [InlineData(20)]
    [InlineData(36.9)]
    [InlineData(37.1)]
    [InlineData(45)]
    [InlineData(1e4)]
    public void Tails_of_the_probit_are_those_of_its_continued_fraction(double x)
    {
        var fraction = x;
        for (var k = 400; k > 0; k--)
        {
            fraction = x + (k / fraction);
        }

        var expected = CumulativeLink.Probit.LogDensity(x) - Math.Log(fraction);
        Assert.Equal(expected, CumulativeLink.Probit.LogInterval(x, double.PositiveInfinity), 1e-10 + (1e-15 * -expected));
        Assert.Equal(expected, CumulativeLink.Probit.LogInterval(double.NegativeInfinity, -x), 1e-10 + (1e-15 * -expected));
    }

    /// <summary>Where an interval holds nearly all, the log of its probability is what it leaves out.</summary>
    [Theory]
    [InlineData("logit", -40, 50)]
    [InlineData("logit", -50, 40)]
    [InlineData("probit", -9, 9.5)]
    [InlineData("probit", -12, 9)]
    [InlineData("cloglog", -40, 4)]
    [InlineData("loglog", -4, 40)]
    public void Intervals_that_hold_nearly_all_keep_the_digits_of_the_rest(string name, double lower, double upper)
    {
        var link = Of(name);
        var outside = link.Cumulative(lower) + link.Complement(upper);
        Assert.InRange(outside, 1e-30, 1e-15);
        Assert.Equal(1, link.LogInterval(lower, upper) / -outside, 1e-10);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_interval_has_no_probability(string name)
    {
        Assert.Equal(double.NegativeInfinity, Of(name).LogInterval(1, 1));
        Assert.Equal(double.NegativeInfinity, Of(name).LogInterval(2, 1));
        Assert.Equal(double.NaN, Of(name).LogInterval(double.NaN, 1));
        Assert.Equal(0, Of(name).LogInterval(double.NegativeInfinity, double.PositiveInfinity), 1e-300);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Derivatives_match_differences(string name)
    {
        const double H = 1e-5;
        var link = Of(name);
        foreach (var (l, u) in new[]
        {
            (double.NegativeInfinity, -0.4), (double.NegativeInfinity, 1.2), (-0.9, 0.3), (0.2, 1.4), (0.5, double.PositiveInfinity),
            (-1.5, double.PositiveInfinity),
        })
        {
            var terms = CategoryTerms.Of(link, l, u);
            CategoryTerms At(double lower, double upper) => CategoryTerms.Of(link, l + lower, u + upper);
            double Along(Func<CategoryTerms, double> of, double lower, double upper) =>
                (of(At(lower * H, upper * H)) - of(At(-lower * H, -upper * H))) / (2 * H);

            Assert.Equal(Along(t => t.LogProbability, 0, 1), terms.Upper, 1e-8);
            Assert.Equal(Along(t => t.LogProbability, 1, 0), terms.Lower, 1e-8);
            Assert.Equal(Along(t => t.LogProbability, 1, 1), terms.Shift, 1e-8);
            Assert.Equal(Along(t => t.Upper, 0, 1), terms.UpperUpper, 1e-8);
            Assert.Equal(Along(t => t.Upper, 1, 0), terms.UpperLower, 1e-8);
            Assert.Equal(Along(t => t.Lower, 1, 0), terms.LowerLower, 1e-8);
            Assert.Equal(Along(t => t.Upper, 1, 1), terms.ShiftUpper, 1e-8);
            Assert.Equal(Along(t => t.Lower, 1, 1), terms.ShiftLower, 1e-8);
            Assert.Equal(Along(t => t.Shift, 1, 1), terms.ShiftShift, 1e-8);
            Assert.Equal(Along(t => t.ShiftUpper, 1, 1), terms.ShiftShiftUpper, 1e-7);
            Assert.Equal(Along(t => t.ShiftLower, 1, 1), terms.ShiftShiftLower, 1e-7);
            Assert.True(terms.ShiftShift < 0);
        }
    }

    private static CumulativeLink Of(string name) =>
        CumulativeLink.TryParse(name, out var link) ? link : throw new ArgumentException(name, nameof(name));
}
