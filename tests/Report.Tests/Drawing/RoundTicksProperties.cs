using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests.Drawing;

/// <summary><see cref="RoundTicks"/>: what makes ticks good holds for ranges of any place and width.</summary>
public sealed class RoundTicksProperties
{
    private const int Most = 10;

    private static readonly Gen<(double Lower, double Upper)> Ranges =
        from power in Gen.Choose(-6, 6)
        from place in Gen.Choose(-20_000, 20_000)
        from width in Gen.Choose(100, 10_000)
        select (place * Math.Pow(10, power - 3), (place + width) * Math.Pow(10, power - 3));

    private static readonly Gen<(double Lower, double Upper)> Logarithms =
        from place in Gen.Choose(-3000, 3000)
        from width in Gen.Choose(80, 8000)
        select (place / 1000.0, (place + width) / 1000.0);

    [Theory]
    [InlineData(PictureScale.Number)]
    [InlineData(PictureScale.Percent)]
    public void Numbers_have_three_to_ten_even_ticks_inside_by_a_round_step(PictureScale scale) => ForAll(Ranges, range =>
    {
        double[] values = [.. RoundTicks.Of(range.Lower, range.Upper, scale, Most).Select(tick => tick.Value)];
        Assert.InRange(values.Length, 3, Most + 1);
        var step = (values[^1] - values[0]) / (values.Length - 1);
        Assert.All(values, value => Assert.InRange(value, range.Lower - (1e-6 * step), range.Upper + (1e-6 * step)));
        Assert.All(values.Zip(values.Skip(1)), pair => Assert.Equal(step, pair.Second - pair.First, 1e-6 * step));
        Assert.Equal(0, Math.IEEERemainder(values[0] / step, 1), 1e-4);
        var digit = step / Math.Pow(10, Math.Floor(Math.Log10(step * (1 + 1e-9))));
        Assert.Contains((double[])[1, 2, 5], round => Math.Abs(digit - round) < 1e-6);
        Assert.True(values[0] - range.Lower < step && range.Upper - values[^1] < step * (1 + 1e-6));
    });

    [Theory]
    [InlineData(PictureScale.Number)]
    [InlineData(PictureScale.Percent)]
    public void Labels_of_numbers_say_the_number_and_tell_ticks_apart(PictureScale scale) => ForAll(Ranges, range =>
    {
        var ticks = RoundTicks.Of(range.Lower, range.Upper, scale, Most);
        var step = ticks[1].Value - ticks[0].Value;
        Assert.All(ticks, tick => Assert.Equal(tick.Value, SvgAxis.Number(tick.Label, scale), 1e-3 * step));
        Assert.Equal(ticks.Count, ticks.Select(tick => tick.Label).Distinct().Count());
        Assert.Equal(scale == PictureScale.Percent, ticks.All(tick => tick.Label.EndsWith("\u00A0%", StringComparison.Ordinal)));
    });

    [Fact]
    public void Ratios_have_three_to_ten_ticks_inside_that_say_themselves() => ForAll(Logarithms, range =>
    {
        var ticks = RoundTicks.Of(range.Lower, range.Upper, PictureScale.Ratio, Most);
        Assert.InRange(ticks.Count, 3, Most + 1);
        Assert.All(ticks, tick => Assert.InRange(tick.Value, range.Lower - 1e-6, range.Upper + 1e-6));
        Assert.All(ticks, tick => Assert.Equal(tick.Value, SvgAxis.Number(tick.Label, PictureScale.Ratio), 1e-9));
        Assert.Equal(ticks.Select(tick => tick.Value).Order(), ticks.Select(tick => tick.Value));
        Assert.Equal(ticks.Count, ticks.Select(tick => tick.Label).Distinct().Count());
    });

    [Fact]
    public void Fewer_ticks_are_asked_for_fewer_are_given() => ForAll(Logarithms, range =>
    {
        foreach (var scale in (PictureScale[])[PictureScale.Number, PictureScale.Percent, PictureScale.Ratio])
        {
            int[] counts = [.. Enumerable.Range(3, 8).Select(most => RoundTicks.Of(range.Lower, range.Upper, scale, most).Count)];
            Assert.All(counts.Select((count, i) => (count, most: i + 3)), pair => Assert.InRange(pair.count, 1, pair.most + 1));
        }
    });

    [Fact]
    public void A_hidden_scale_has_no_ticks() => Assert.Empty(RoundTicks.Of(0, 1, PictureScale.Hidden, Most));

    private static void ForAll(Gen<(double Lower, double Upper)> ranges, Action<(double Lower, double Upper)> check) =>
        Prop.ForAll(Arb.From(ranges), check).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
