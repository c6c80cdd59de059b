using MarginalConditional.Compare.Simulation.Stopping;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation.Stopping;

/// <summary><see cref="ConfidenceSequence"/> beside a product of chances, and in long runs.</summary>
public sealed class ConfidenceSequenceTests
{
    private const int Every = 100;

    private const int Runs = 2000;

    [Theory]
    [InlineData(0, 7, 0.05)]
    [InlineData(1, 40, 0.05)]
    [InlineData(9, 10, 0.001)]
    [InlineData(33, 60, 0.2)]
    [InlineData(60, 60, 0.01)]
    public void The_ends_are_where_the_product_of_chances_falls_below_alpha(int count, int total, double alpha)
    {
        var (lower, upper) = ConfidenceSequence.Interval(count, total, alpha);
        var mode = (double)count / total;
        Assert.Equal(count == 0 ? 0 : Crossing(0, mode), lower, 1e-12);
        Assert.Equal(count == total ? 1 : Crossing(1, mode), upper, 1e-12);

        double Crossing(double outside, double inside)
        {
            for (var k = 0; k < 100; k++)
            {
                var middle = (outside + inside) / 2;
                (outside, inside) = Twin(count, total, middle) < alpha ? (middle, inside) : (outside, middle);
            }

            return inside;
        }
    }

    [Fact]
    public void A_proportion_is_held_exactly_when_it_lies_between_the_ends()
    {
        foreach (var total in new[] { 1, 12, 300, 10_000_000 })
        {
            foreach (var count in new[] { 0, total / 7, total / 2, total })
            {
                var (lower, upper) = ConfidenceSequence.Interval(count, total, 0.05);
                Assert.InRange((double)count / total, lower, upper);
                foreach (var (inside, outside) in new[] { (lower, 0.0), (upper, 1.0) })
                {
                    var width = Math.Min(upper - lower, Math.Abs(inside - outside)) * 1e-5;
                    if (width > 0)
                    {
                        Assert.False(ConfidenceSequence.Contains(count, total, inside + (Math.Sign(outside - inside) * width), 0.05));
                        Assert.True(ConfidenceSequence.Contains(count, total, inside - (Math.Sign(outside - inside) * width), 0.05));
                    }
                }
            }
        }
    }

    [Fact]
    public void Before_the_first_replicate_everything_is_possible()
    {
        Assert.Equal((0, 1), ConfidenceSequence.Interval(0, 0, 0.05));
        Assert.True(ConfidenceSequence.Contains(0, 0, 0.3, 0.05));
    }

    /// <summary>
    /// At a power on the target an ordinary interval excludes it in 42 percent of runs; R (rbinom, 4,000 runs) has .65 percent for this
    /// one, and 2,348 replicates on average at a power of .83.
    /// </summary>
    [Fact]
    public void Looking_every_hundred_replicates_it_excludes_a_power_on_the_target_in_less_than_alpha_of_runs()
    {
        var (wrong, _) = Looking(0.8, most: 50_000);
        Assert.InRange(wrong / (double)Runs, 0.002, 0.015);
    }

    [Fact]
    public void A_power_three_points_above_the_target_is_told_in_some_two_thousand_replicates()
    {
        var (decided, replicates) = Looking(0.83, most: 50_000);
        Assert.Equal(Runs, decided);
        Assert.InRange(replicates, 2250, 2450);
    }

    [Fact]
    public void Counts_beyond_their_total_are_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => ConfidenceSequence.Interval(3, 2, 0.05));
        Assert.Throws<ArgumentException>(() => ConfidenceSequence.Interval(1, 2, 0));
    }

    /// <summary>(n + 1) Binomial(S; n, p) as a product of n factors.</summary>
    private static double Twin(int count, int total, double p)
    {
        var value = total + 1.0;
        for (var k = 1; k <= total; k++)
        {
            value *= k <= count ? p * (total - count + k) / k : 1 - p;
        }

        return value;
    }

    /// <summary>How many runs exclude 0.8, and after how many replicates on average.</summary>
    private static (int Excluded, double Replicates) Looking(double power, int most)
    {
        var (excluded, replicates) = (0, 0.0);
        for (var run = 0; run < Runs; run++)
        {
            var stream = new RandomStream(14, 8, (ulong)run);
            var (count, total, open) = (0, 0, true);
            while (open && total < most)
            {
                count += (int)stream.NextBinomial(Every, power);
                total += Every;
                open = ConfidenceSequence.Contains(count, total, 0.8, 0.05);
            }

            excluded += open ? 0 : 1;
            replicates += total / (double)Runs;
        }

        return (excluded, replicates);
    }
}
