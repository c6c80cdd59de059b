using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Multiplicity;

namespace MarginalConditional.Statistics.Tests.Multiplicity;

/// <summary>Adjusted p values against R 4.2.2 (<c>p.adjust</c>) and by hand.</summary>
public sealed class AdjustmentTests
{
    // p = .01, .02, .03, .04 of z: adjusted by hand.
    private static readonly double[] Statistics = [2.5758293035489, 2.3263478740408, 2.1700903775846, 2.0537489106318];

    public static TheoryData<string, double[]> Adjusted => new()
    {
        { "none", [.01, .02, .03, .04] },
        { "bonferroni", [.04, .08, .12, .16] },
        { "holm", [.04, .06, .06, .06] },
        { "hochberg", [.04, .04, .04, .04] },
        { "bh", [.04, .04, .04, .04] },
        { "sidak", [.03940399, .07763184, .11470719, .15065344] },
    };

    [Theory]
    [MemberData(nameof(Adjusted))]
    public void P_values_agree(string name, double[] expected)
    {
        Assert.True(Adjustment.TryParse(name, out var adjustment));
        var found = adjustment.Of(Family(), 0.95).PValues;
        for (var j = 0; j < expected.Length; j++)
        {
            Assert.Equal(expected[j], found[j], 1e-8);
        }
    }

    /// <summary>By hand, as p.adjust: p = .01, .04, .03, .005, where steps up and down part; and a fifth that has no p.</summary>
    [Theory]
    [InlineData("holm", new[] { .03, .06, .06, .02 }, new[] { .04, .09, .09, .025, double.NaN })]
    [InlineData("hochberg", new[] { .03, .04, .04, .02 }, new[] { .04, .08, .08, .025, double.NaN })]
    [InlineData("bh", new[] { .02, .04, .04, .02 }, new[] { .025, .05, .05, .025, double.NaN })]
    public void Steps_go_up_or_down(string name, double[] expected, double[] besideUnknown)
    {
        Assert.True(Adjustment.TryParse(name, out var adjustment));
        double[] z = [.. new[] { .01, .04, .03, .005 }.Select(p => -StandardNormal.Quantile(p / 2))];
        var four = new TestFamily(z, Infinite(4), new double[16]);
        var five = new TestFamily([.. z, double.NaN], Infinite(5), new double[25]);
        Assert.Equal(expected, adjustment.Of(four, 0.95).PValues.Select(p => Math.Round(p, 9)));
        Assert.Equal(besideUnknown, adjustment.Of(five, 0.95).PValues.Select(p => Math.Round(p, 9)));
    }

    [Fact]
    public void Order_of_the_tests_does_not_matter()
    {
        var family = new TestFamily([2.0537489106318, 2.5758293035489], Infinite(2), [1, 0, 0, 1]);
        Assert.Equal([.04, .02], Adjustment.Holm.Of(family, 0.95).PValues.Select(p => Math.Round(p, 8)));
    }

    /// <summary>Degrees of freedom from 1 to 2,000, most of them where a table is, a few where none is, and two that are none.</summary>
    [Fact]
    public void Limits_of_many_degrees_of_freedom_are_those_of_each()
    {
        double[] degrees =
        [
            .. Enumerable.Range(0, 160).Select(k => 1 + (0.11 * k)), .. Enumerable.Range(0, 40).Select(k => 30.5 + (0.3 * k)), 2000,
            double.PositiveInfinity, double.NaN,
        ];
        var family = new TestFamily(
            [.. degrees.Select(_ => 2.5)], degrees, new double[degrees.Length * degrees.Length], comparedMeans: 9);
        var tests = Adjustment.Tukey.Of(family, 0.95);
        for (var j = 0; j < degrees.Length; j++)
        {
            var own = StudentizedRange.UpperQuantile(0.05, 9, degrees[j]) / Math.Sqrt(2);
            Assert.Equal(own, tests.CriticalValues[j], double.IsNaN(own) ? 0 : 1e-10 * own);
        }
    }

    /// <summary>Independent tests: the largest |z| is Šidák's.</summary>
    [Fact]
    public void Largest_t_of_independent_tests_is_Sidak()
    {
        var (joint, sidak) = (Adjustment.LargestT.Of(Family(), 0.95), Adjustment.Sidak.Of(Family(), 0.95));
        for (var j = 0; j < 4; j++)
        {
            Assert.Equal(sidak.PValues[j], joint.PValues[j], 5e-6);
            Assert.Equal(sidak.CriticalValues[j], joint.CriticalValues[j], 1e-4);
        }

        Assert.InRange(joint.Error, 0, 1e-5);
    }

    [Fact]
    public void Tukey_is_refused_for_other_contrasts() => Assert.NotNull(Adjustment.Tukey.ProblemOf(Family()));

    /// <summary>The range of three independent z, from its distribution function 3∫φ(x)(Φ(x + q) − Φ(x))²dx.</summary>
    [Fact]
    public void Tukey_of_three_pairs_is_the_range_of_three_means()
    {
        var family = new TestFamily([0.7, -1.9, 2.8], Infinite(3), [1, .5, -.5, .5, 1, .5, -.5, .5, 1], comparedMeans: 3);
        var found = Adjustment.Tukey.Of(family, 0.95);
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(Exceeds(Math.Abs(family.Statistics[j])), found.PValues[j], 1e-9);
            Assert.Equal(0.05, Exceeds(found.CriticalValues[j]), 1e-9);
        }

        static double Exceeds(double z) => 1 - (3 * BruteForce.NormalMean(
            x => Math.Pow(StandardNormal.Cumulative(x + (Math.Sqrt(2) * z)) - StandardNormal.Cumulative(x), 2), 2));
    }

    /// <summary>Of rank 2 the upper tail of F is (1 + 2F/ν)^(−ν/2), whatever the correlation.</summary>
    [Fact]
    public void Scheffe_of_two_tests_is_a_power()
    {
        const double own = 7;
        var found = Adjustment.Scheffe.Of(new TestFamily([1.2, -3.1], [own, own], [1, .3, .3, 1]), 0.95);
        Assert.Equal(Math.Pow(1 + (1.2 * 1.2 / own), -own / 2), found.PValues[0], 1e-12);
        Assert.Equal(Math.Pow(1 + (3.1 * 3.1 / own), -own / 2), found.PValues[1], 1e-12);
        Assert.Equal(Math.Sqrt(own * (Math.Pow(0.05, -2 / own) - 1)), found.CriticalValues[1], 1e-9);
    }

    /// <summary>The critical values are those that t exceeds with the share of 5 % that is each test's.</summary>
    [Theory]
    [InlineData("none", 0.05)]
    [InlineData("bonferroni", 0.05 / 4)]
    [InlineData("holm", 0.05 / 4)]
    [InlineData("hochberg", 0.05)]
    [InlineData("bh", 0.05)]
    [InlineData("sidak", 0.012741455098566168)]
    public void Each_test_has_its_share_of_the_level(string name, double share)
    {
        Assert.True(Adjustment.TryParse(name, out var adjustment));
        var mixed = new TestFamily(Statistics, [double.PositiveInfinity, 5, 12.5, 80], Family().Correlation);
        var found = adjustment.Of(mixed, 0.95).CriticalValues;
        for (var j = 0; j < 4; j++)
        {
            Assert.Equal(share, StudentDistribution.TwoSided(found[j], mixed.DegreesOfFreedom[j]), 1e-10);
        }
    }

    private static TestFamily Family() => new(Statistics, Infinite(4), [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);

    private static double[] Infinite(int count) => [.. Enumerable.Repeat(double.PositiveInfinity, count)];
}
