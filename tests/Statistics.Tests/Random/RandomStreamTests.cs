using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Statistics.Tests.Random;

public sealed class RandomStreamTests
{
    [Fact]
    public void The_same_name_gives_the_same_numbers_and_resetting_starts_again()
    {
        var one = new RandomStream(7, 11, 13);
        var other = new RandomStream(1, 2, 3);
        other.NextUniform();
        other.Reset(7, 11, 13);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(one.NextBits(), other.NextBits());
        }
    }

    [Fact]
    public void Streams_differ_in_seed_scenario_and_replicate()
    {
        var first = new HashSet<ulong>();
        for (ulong seed = 0; seed < 10; seed++)
        {
            for (ulong scenario = 0; scenario < 10; scenario++)
            {
                for (ulong replicate = 0; replicate < 10; replicate++)
                {
                    Assert.True(first.Add(new RandomStream(seed, scenario, replicate).NextBits()));
                }
            }
        }
    }

    /// <summary>
    /// With the scenario that the mixed seed is, the key is what a state of 0 becomes: the first number of SplitMix64 from seed 0, which
    /// Vigna's reference code (splitmix64.c) prints as 16294208416658607535.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(77)]
    [InlineData(0x123456789)]
    public void Numbers_are_the_blocks_of_the_mixed_key_counted_by_replicate(ulong replicate)
    {
        const ulong First = 16294208416658607535;
        var stream = new RandomStream(0, First, replicate);
        for (uint block = 0; block < 3; block++)
        {
            var (a, b, c, d) = Philox.Block(
                (block, 0, (uint)(replicate % 0x1_0000_0000), (uint)(replicate / 0x1_0000_0000)),
                ((uint)(First % 0x1_0000_0000), (uint)(First / 0x1_0000_0000)));
            Assert.Equal(a + (b * 0x1_0000_0000UL), stream.NextBits());
            Assert.Equal(c + (d * 0x1_0000_0000UL), stream.NextBits());
        }
    }

    [Fact]
    public void Both_halves_of_a_block_are_used_in_order()
    {
        var stream = new RandomStream(0, 0, 5);
        var bits = Enumerable.Range(0, 1000).Select(_ => stream.NextBits()).ToHashSet();
        Assert.Equal(1000, bits.Count);
    }

    [Fact]
    public void Uniforms_are_strictly_inside_the_interval_with_the_right_moments_and_no_lag_one_correlation()
    {
        const int N = 200_000;
        var stream = new RandomStream(1, 1, 1);
        var (sum, square, lag, previous) = (0.0, 0.0, 0.0, 0.5);
        for (var i = 0; i < N; i++)
        {
            var u = stream.NextUniform();
            Assert.True(u is > 0 and < 1);
            sum += u;
            square += (u - 0.5) * (u - 0.5);
            lag += (u - 0.5) * (previous - 0.5);
            previous = u;
        }

        // Five standard errors each.
        Assert.Equal(0.5, sum / N, 5 * Math.Sqrt(1.0 / 12 / N));
        Assert.Equal(1.0 / 12, square / N, 5 * Math.Sqrt(1.0 / 180 / N));
        Assert.Equal(0, lag / N, 5.0 / 12 / Math.Sqrt(N));
    }

    [Fact]
    public void Replicates_side_by_side_are_independent()
    {
        const int N = 100_000;
        var sum = 0.0;
        for (ulong r = 0; r < N; r++)
        {
            var u = new RandomStream(3, 4, r).NextUniform();
            var v = new RandomStream(3, 4, r + 1).NextUniform();
            sum += (u - 0.5) * (v - 0.5);
        }

        Assert.Equal(0, sum / N, 5.0 / 12 / Math.Sqrt(N));
    }

    [Fact]
    public void A_normal_is_the_quantile_of_the_uniform_at_the_same_place()
    {
        var normal = new RandomStream(5, 6, 7);
        var uniform = new RandomStream(5, 6, 7);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(StandardNormal.Quantile(uniform.NextUniform()), normal.NextNormal());
        }
    }
}
