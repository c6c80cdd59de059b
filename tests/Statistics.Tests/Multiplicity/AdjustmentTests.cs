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

    [Fact]
    public void Order_of_the_tests_does_not_matter()
    {
        var family = new TestFamily([2.0537489106318, 2.5758293035489], Infinite(2), [1, 0, 0, 1]);
        Assert.Equal([.04, .02], Adjustment.Holm.Of(family, 0.95).PValues.Select(p => Math.Round(p, 8)));
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

    private static TestFamily Family() => new(Statistics, Infinite(4), [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);

    private static double[] Infinite(int count) => [.. Enumerable.Repeat(double.PositiveInfinity, count)];
}
