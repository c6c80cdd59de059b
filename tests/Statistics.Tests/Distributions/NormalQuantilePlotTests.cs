using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.Tests.Distributions;

/// <summary><see cref="NormalQuantilePlot"/> against counting ranks, and against R's <c>qqnorm</c> and <c>qqline</c>.</summary>
public sealed class NormalQuantilePlotTests
{
    private static readonly double[] Values =
        [2.1, -0.4, 3.3, 0.9, double.NaN, -1.7, 0.2, 5.8, 1.1, -0.6, 0.5, 2.6, double.PositiveInfinity];

    [Fact]
    public void A_value_stands_at_the_quantile_of_its_rank()
    {
        var plot = NormalQuantilePlot.Of(Values);
        double[] finite = [.. Values.Where(double.IsFinite)];
        Assert.Equal(finite.Length, plot.Points.Count);
        Assert.All(plot.Points, point =>
        {
            Assert.Equal(Values[point.Index], point.Value);
            var below = finite.Count(other => other < point.Value);
            Assert.Equal((below + 0.5) / finite.Length, StandardNormal.Cumulative(point.Quantile), 12);
        });
        Assert.Equal(plot.Points.OrderBy(point => point.Value), plot.Points);
    }

    /// <summary>
    /// R 4.3: <c>x &lt;- c(2.1,-0.4,3.3,0.9,-1.7,0.2,5.8,1.1,-0.6,0.5,2.6); sort(qqnorm(x)$x); qqline(x)</c> with
    /// <c>diff(quantile(x, c(.25, .75))) / diff(qnorm(c(.25, .75)))</c>.
    /// </summary>
    [Fact]
    public void Places_and_line_are_those_of_R()
    {
        var plot = NormalQuantilePlot.Of(Values);
        double[] expected = [-1.6906216296, -1.0968035621, -0.7478585948, -0.4727891210, -0.2298841176, 0];
        for (var k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], plot.Points[k].Quantile, 8);
            Assert.Equal(-expected[k], plot.Points[^(k + 1)].Quantile, 8);
        }

        Assert.Equal(1.816187718, plot.Slope, 8);
        Assert.Equal(1.125, plot.Intercept, 12);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(5000)]
    public void Of_many_values_some_are_kept_both_ends_in_full(int count)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(i => (double)((i * 7919) % count))];
        var kept = NormalQuantilePlot.Of(values).Points;
        Assert.InRange(kept.Count, 300, 400);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (double)i), kept.Take(100).Select(point => point.Value));
        Assert.Equal(Enumerable.Range(count - 100, 100).Select(i => (double)i), kept.TakeLast(100).Select(point => point.Value));
        Assert.All(kept, point => Assert.Equal(StandardNormal.Quantile((point.Value + 0.5) / count), point.Quantile));
        var widest = kept.Zip(kept.Skip(1)).Max(pair => pair.Second.Value - pair.First.Value);
        Assert.True(widest <= Math.Ceiling(count / 200.0) + 1, $"{widest} values in a row were left out");
    }

    [Fact]
    public void Nothing_and_one_value_have_no_slope()
    {
        Assert.Empty(NormalQuantilePlot.Of([double.NaN]).Points);
        var one = NormalQuantilePlot.Of([3.5]);
        Assert.Equal((0, 3.5), (one.Slope, one.Intercept));
        Assert.Equal((0.0, 3.5, 0), Assert.Single(one.Points));
    }
}
