using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Statistics.Tests.Inference;

public sealed class ChanceFunnelTests
{
    private const double Z = 1.959963984540054;
    private static readonly ChanceFunnel Funnel = new(2, 0.95, [2, 4, 0.1, 9], [1, 1, 1, 4]);

    [Fact]
    public void The_region_is_as_wide_as_the_error_times_the_normal_quantile()
    {
        Assert.Equal((2, 2), Funnel.At(0));
        var (lower, upper) = Funnel.At(3);
        Assert.Equal(2 - (3 * Z), lower, 10);
        Assert.Equal(2 + (3 * Z), upper, 10);
    }

    [Fact]
    public void An_estimate_lies_outside_when_it_is_further_away_than_its_own_error_lets_it_be()
    {
        Assert.Equal([false, true, false, false], Enumerable.Range(0, Funnel.Count).Select(Funnel.IsOutside));
        Assert.Equal(1, Funnel.Outside);
        Assert.Equal(0.2, Funnel.ExpectedOutside, 12);
    }

    [Fact]
    public void Estimates_need_an_error_each_and_a_level()
    {
        Assert.Throws<ArgumentException>(() => new ChanceFunnel(0, 0.95, [1], [1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChanceFunnel(0, 1, [1], [1]));
    }
}
