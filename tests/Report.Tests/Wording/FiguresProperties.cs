using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Tests.Wording;

/// <summary><see cref="Figures"/>: what is shown is the number, as near as its digits allow.</summary>
public sealed class FiguresProperties
{
    private static readonly Gen<double> Numbers =
        from digits in Gen.Choose(-999_999, 999_999)
        from power in Gen.Choose(-11, 2)
        select digits * Math.Pow(10, power);

    [Fact]
    public void A_number_of_so_many_decimals_is_within_half_of_the_last() => ForAll(Numbers, value =>
    {
        for (var decimals = 0; decimals < 8; decimals++)
        {
            var shown = Figures.Fixed(value, decimals);
            Assert.InRange(Math.Abs(Read(shown) - value), 0, 0.5000001 * Math.Pow(10, -decimals));
            Assert.Equal(decimals, shown.Contains('.', StringComparison.Ordinal) ? shown.Split('.')[1].Length : 0);
            Assert.False(shown.StartsWith(Figures.Minus, StringComparison.Ordinal) && Read(shown) == 0, shown);
        }
    });

    [Fact]
    public void Significant_digits_keep_the_number_to_half_of_the_last_digit() => ForAll(Numbers, value =>
    {
        foreach (var digits in (int[])[2, 3, 4, 6])
        {
            var room = Math.Max(0.5000001 * Math.Pow(10, 1 - digits), Math.Abs(value) is >= 1e5 and < 1e7 ? 0.5 / Math.Abs(value) : 0);
            Assert.InRange(Math.Abs(Read(Figures.Significant(value, digits)) - value), 0, room * Math.Abs(value));
        }
    });

    [Fact]
    public void Ratios_keep_two_decimals_or_two_digits() => ForAll(Numbers.Select(Math.Abs).Where(value => value > 0), value =>
    {
        var shown = Read(Figures.Ratio(value));
        Assert.InRange(Math.Abs(shown - value), 0, value switch
        {
            < 0.095 or >= 1e6 => 0.0501 * value,
            < 100 => 0.0050001,
            _ => 0.5000001,
        });
    });

    [Fact]
    public void An_estimate_is_shown_to_a_hundredth_of_its_error() => ForAll(
        from value in Numbers
        from error in Gen.Choose(1, 9999)
        from power in Gen.Choose(-7, 1)
        select (Value: value, Error: error * Math.Pow(10, power)),
        pair =>
        {
            var shown = Figures.Estimate(pair.Value, pair.Error);
            var room = Math.Max(0.00501 * pair.Error, pair.Error < 1e-6 ? 0.5e-3 * Math.Abs(pair.Value) : 0.5e-8);
            Assert.InRange(Math.Abs(Read(shown) - pair.Value), 0, Math.Max(room, pair.Error >= 100 ? 0.5000001 : 0));
        });

    [Fact]
    public void A_larger_p_value_is_never_shown_as_a_smaller_one() => ForAll(Gen.Choose(0, 100_000).Two(), pair =>
    {
        var (less, more) = (Math.Min(pair.Item1, pair.Item2) / 1e5, Math.Max(pair.Item1, pair.Item2) / 1e5);
        Assert.True(Bound(Figures.Probability(less)) <= Bound(Figures.Probability(more)));
        Assert.InRange(Math.Abs(Bound(Figures.Probability(more)) - more), 0, more is < 0.0995 and >= 0.001 ? 0.00050001 : 0.0101);
        Assert.DoesNotContain(Figures.Probability(more), (string[])[".00", ".000", "1.00", "0"]);
    });

    [Fact]
    public void Counts_are_read_back_and_named_by_their_number() => ForAll(Gen.Choose(-2_000_000, 2_000_000), count =>
    {
        Assert.Equal(count, Read(Figures.Count(count)));
        var shown = Figures.Counted(count, "row");
        Assert.Equal(count == 1 ? "row" : "rows", shown.Split(' ')[1]);
        Assert.Equal(Math.Abs(count) >= 1000, Figures.Count(count).Contains(',', StringComparison.Ordinal));
    });

    [Theory]
    [InlineData(double.NaN, "\u2013", "\u2013", "\u2013", "\u2013")]
    [InlineData(double.PositiveInfinity, "\u221E", "\u221E", "\u221E", "\u221E\u00A0%")]
    [InlineData(double.NegativeInfinity, "\u2212\u221E", "\u2212\u221E", "\u2212\u221E", "\u2212\u221E\u00A0%")]
    [InlineData(0.0, "0.00", "0", "0.00", "0.0\u00A0%")]
    [InlineData(-1e-300, "0.00", "\u22121.00e-300", "\u22121.0e-300", "0.0\u00A0%")]
    public void What_is_no_number_or_nothing_is_shown_as_such(double value, string two, string digits, string ratio, string percent)
    {
        Assert.Equal(two, Figures.Fixed(value, 2));
        Assert.Equal(digits, Figures.Significant(value));
        Assert.Equal(ratio, Figures.Ratio(value));
        Assert.Equal(percent, Figures.Percent(value));
        Assert.Equal(Figures.Significant(value, 4), Figures.Estimate(value, double.NaN));
    }

    [Theory]
    [InlineData(0.95, "95 %", "95 % CI")]
    [InlineData(0.9, "90 %", "90 % CI")]
    [InlineData(0.999, "99.9 %", "99.9 % CI")]
    [InlineData(0.8333, "83.33 %", "83.33 % CI")]
    public void Levels_have_the_decimals_they_need(double level, string text, string heading) =>
        Assert.Equal((text, heading), (Figures.Level(level), Figures.IntervalHeading(level)));

    [Theory]
    [InlineData("\u2013", "\u2013", "\u2013")]
    [InlineData("0.5", "\u221E", "0.5\u2013\u221E")]
    [InlineData("\u2212\u221E", "2", "\u2212\u221E to 2")]
    [InlineData("0.1", "\u22120.2", "0.1 to \u22120.2")]
    public void Intervals_are_joined_so_that_no_minus_is_taken_for_the_dash(string lower, string upper, string text) =>
        Assert.Equal(text, Figures.Interval(lower, upper));

    [Theory]
    [InlineData(0.0442, "= .044")]
    [InlineData(0.0001, "< .001")]
    [InlineData(0.9999, "> .99")]
    public void After_the_letter_p_stands_a_relation(double p, string text) => Assert.Equal(text, Figures.ProbabilityRelation(p));

    [Theory]
    [InlineData(123.0, 3, 0)]
    [InlineData(12.3, 3, 1)]
    [InlineData(0.00123, 3, 5)]
    [InlineData(-0.5, 1, 1)]
    [InlineData(98765.0, 2, 0)]
    public void Decimals_are_those_of_the_last_digit_wanted(double value, int digits, int decimals) =>
        Assert.Equal(decimals, Figures.DecimalsFor(value, digits));

    private static double Read(string shown) => double.Parse(
        shown.Replace('\u2212', '-').Replace(",", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private static double Bound(string probability) => Read(probability.TrimStart('<', '>', ' '));

    private static void ForAll<T>(Gen<T> values, Action<T> check) =>
        Prop.ForAll(Arb.From(values), check).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
}
