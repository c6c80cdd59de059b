namespace MarginalConditional.Statistics.Parallelism;

/// <summary>
/// Cuts the clusters into chunks whose borders depend on the data alone,
/// so that sums over chunks have the same bits for any number of threads.
/// </summary>
/// <remarks>
/// Each chunk is worked on by one thread and adds into a buffer of its own; afterwards the buffers are added in chunk order.
/// Which thread takes which chunk therefore changes nothing.
/// </remarks>
public sealed class ClusterChunks
{
    /// <summary>The largest number of chunks: enough to balance many cores, few enough that the final addition is free.</summary>
    public const int MaximumChunks = 64;

    /// <summary>Fewer rows than this are not worth a second thread.</summary>
    public const int MinimumRowsPerChunk = 1024;

    private readonly int[] borders;

    /// <summary>Cuts K clusters, given by their K + 1 row offsets, into chunks of about equal numbers of rows.</summary>
    public ClusterChunks(ReadOnlySpan<int> offsets)
    {
        var clusters = offsets.Length - 1;
        var rows = offsets[^1] - offsets[0];
        var chunks = Math.Min(Most(rows), Math.Max(1, clusters));
        var cuts = new List<int> { 0 };
        for (var k = 1; k < chunks; k++)
        {
            var target = offsets[0] + ((long)rows * k / chunks);
            var cut = cuts[^1];
            while (offsets[cut] < target)
            {
                cut++;
            }

            if (cut > cuts[^1] && cut < clusters)
            {
                cuts.Add(cut);
            }
        }

        cuts.Add(clusters);
        borders = [.. cuts];
    }

    /// <summary>The number of chunks.</summary>
    public int Count => borders.Length - 1;

    /// <summary>How many chunks there are at most: what work that gives each a buffer has to have room for.</summary>
    /// <param name="rows">The number of rows of all clusters.</param>
    public static int Most(int rows) => Math.Clamp(rows / MinimumRowsPerChunk, 1, MaximumChunks);

    /// <summary>The first cluster of a chunk.</summary>
    public int Start(int chunk) => borders[chunk];

    /// <summary>One past the last cluster of a chunk.</summary>
    public int End(int chunk) => borders[chunk + 1];

    /// <summary>Runs the work of every chunk, on at most the given number of threads.</summary>
    /// <param name="threads">1 runs on the caller's thread; 0 means all processors.</param>
    /// <param name="work">Receives the chunk's index; must write only to what belongs to that chunk.</param>
    public void Run(int threads, Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        if (threads == 1 || Count == 1)
        {
            for (var chunk = 0; chunk < Count; chunk++)
            {
                CancellationScope.Check();
                work(chunk);
            }

            return;
        }

        RunOnWorkers(Math.Min(threads == 0 ? Environment.ProcessorCount : threads, Count), work);
    }

    /// <summary>
    /// Every worker takes the next chunk when it is done with one: ranges handed out in advance would leave workers idle at the end.
    /// </summary>
    /// <remarks>Apart from <see cref="Run"/>, so that the closure is not made for work on one thread.</remarks>
    private void RunOnWorkers(int workers, Action<int> work)
    {
        var next = -1;
        ParallelWork.For(0, workers, workers, _ =>
        {
            for (var chunk = Interlocked.Increment(ref next); chunk < Count; chunk = Interlocked.Increment(ref next))
            {
                CancellationScope.Check();
                work(chunk);
            }
        });
    }
}
