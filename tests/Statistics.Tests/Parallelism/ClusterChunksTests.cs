using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Statistics.Tests.Parallelism;

public sealed class ClusterChunksTests
{
    [Fact]
    public void Chunks_cover_every_cluster_once_in_order()
    {
        int[][] all = [Even(1, 1), Even(10, 5), Even(5000, 3), Even(200, 700), Uneven(3000), [0, 1, 100_000], [0, 99_999, 100_000]];
        foreach (var offsets in all)
        {
            var chunks = new ClusterChunks(offsets);
            Assert.Equal(0, chunks.Start(0));
            Assert.Equal(offsets.Length - 1, chunks.End(chunks.Count - 1));
            for (var k = 0; k < chunks.Count; k++)
            {
                Assert.True(chunks.End(k) > chunks.Start(k));
                Assert.True(k == 0 || chunks.Start(k) == chunks.End(k - 1));
            }

            Assert.InRange(chunks.Count, 1, ClusterChunks.Most(offsets[^1] - offsets[0]));
            Assert.InRange(ClusterChunks.Most(offsets[^1] - offsets[0]), 1, ClusterChunks.MaximumChunks);
        }
    }

    [Fact]
    public void Little_data_is_one_chunk_and_much_data_is_balanced()
    {
        Assert.Equal(1, new ClusterChunks(Even(100, 10)).Count);
        var offsets = Even(100_000, 10);
        var chunks = new ClusterChunks(offsets);
        Assert.Equal(ClusterChunks.MaximumChunks, chunks.Count);
        for (var k = 0; k < chunks.Count; k++)
        {
            var rows = offsets[chunks.End(k)] - offsets[chunks.Start(k)];
            Assert.InRange(rows, 15_000, 16_300);
        }
    }

    [Fact]
    public void One_huge_cluster_leaves_no_empty_chunk()
    {
        var chunks = new ClusterChunks([0, 1, 100_000, 100_001]);
        for (var k = 0; k < chunks.Count; k++)
        {
            Assert.True(chunks.End(k) > chunks.Start(k));
        }
    }

    /// <summary>Clusters of equal size that the chunks divide evenly are divided evenly, wherever their rows begin.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5_000)]
    public void Chunks_that_can_be_equal_are(int first)
    {
        var chunks = new ClusterChunks([.. Even(8, 512).Select(offset => first + offset)]);
        Assert.Equal(4, chunks.Count);
        Assert.All(Enumerable.Range(0, 4), k => Assert.Equal((2 * k, 2 * (k + 1)), (chunks.Start(k), chunks.End(k))));
    }

    /// <summary>A token is looked at before every chunk, whoever works on it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_chunk_looks_at_the_token(int threads)
    {
        var chunks = new ClusterChunks(Even(20_000, 3));
        var (looks, least) = (0, int.MaxValue);
        using var scope = CancellationScope.Enter(CancellationToken.None, () => Interlocked.Increment(ref looks));
        var before = looks;
        var done = 0;
        chunks.Run(threads, _ =>
        {
            lock (chunks)
            {
                least = Math.Min(least, looks - before - ++done);
            }
        });
        Assert.True(chunks.Count > 10 && least >= 0, $"{chunks.Count} {least}");
    }

    [Fact]
    public void No_clusters_give_one_empty_chunk()
    {
        var chunks = new ClusterChunks([0]);
        Assert.Equal(1, chunks.Count);
        Assert.Equal(chunks.Start(0), chunks.End(0));
    }

    [Fact]
    public void Sums_have_the_same_bits_for_every_number_of_threads()
    {
        var offsets = Uneven(4000);
        var chunks = new ClusterChunks(offsets);
        Assert.True(chunks.Count > 3);
        var sums = new[] { 1, 2, 3, 0 }.Select(threads => Sum(chunks, offsets, threads)).ToArray();
        Assert.All(sums, sum => Assert.Equal(BitConverter.DoubleToInt64Bits(sums[0]), BitConverter.DoubleToInt64Bits(sum)));
    }

    [Fact]
    public void Every_chunk_runs_exactly_once()
    {
        var chunks = new ClusterChunks(Even(20_000, 3));
        var runs = new int[chunks.Count];
        chunks.Run(4, chunk => Interlocked.Increment(ref runs[chunk]));
        Assert.All(runs, count => Assert.Equal(1, count));
    }

    [Fact]
    public void A_negative_number_of_threads_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClusterChunks([0, 1]).Run(-1, _ => { }));

    private static double Sum(ClusterChunks chunks, int[] offsets, int threads)
    {
        var partial = new double[chunks.Count];
        chunks.Run(threads, chunk =>
        {
            for (var row = offsets[chunks.Start(chunk)]; row < offsets[chunks.End(chunk)]; row++)
            {
                partial[chunk] += Math.Sin(row);
            }
        });
        return partial.Sum();
    }

    private static int[] Even(int clusters, int size) => [.. Enumerable.Range(0, clusters + 1).Select(k => k * size)];

    private static int[] Uneven(int clusters)
    {
        var offsets = new int[clusters + 1];
        for (var k = 0; k < clusters; k++)
        {
            offsets[k + 1] = offsets[k] + 1 + (k % 17 == 0 ? 40 : k % 3);
        }

        return offsets;
    }
}
