using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>The patterns of a one-level model in blocks: each lane of a block's vectors is one pattern.</summary>
/// <remarks>
/// So every step of the integration serves several clusters.
/// Patterns are put together by their number of rows. Lanes with fewer rows than their block end in rows without weight; lanes without
/// a pattern have no weight and no multiplicity.
/// </remarks>
internal sealed class ClusterLanes
{
    /// <summary>The rows of patterns that are laid out in room that is lent.</summary>
    private const int MostLent = 1 << 12;

    private readonly ClusterData data;
    private readonly int[] order;
    private readonly int[] rowOffsets;

    private ClusterLanes(ClusterData data, int threads, int mostRows)
    {
        this.data = data;
        order = BySize(data, mostRows);
        Blocks = (order.Length + Lanes - 1) / Lanes;
        rowOffsets = new int[Blocks + 1];
        for (var block = 0; block < Blocks; block++)
        {
            // The first pattern of a block is the longest.
            var pattern = order[block * Lanes];
            rowOffsets[block + 1] = rowOffsets[block] + data.PatternOffsets[pattern + 1] - data.PatternOffsets[pattern];
        }

        var rows = rowOffsets[^1];
        Design = Room(rows * data.Columns);
        RandomDesign = Room(rows * data.Dimension);
        InflationDesign = Room(rows * data.InflationColumns);
        Offset = Room(rows);
        Response = Room(rows);
        Weight = Room(rows);
        Multiplicity = Room(Blocks);
        Chunks = new ClusterChunks(ScaledOffsets());
        Chunks.Run(threads, FillChunk);
    }

    /// <summary>Patterns in a block.</summary>
    public static int Lanes => Vector256<double>.Count;

    /// <summary>The number of blocks.</summary>
    public int Blocks { get; }

    /// <summary>X: row of the block, then column.</summary>
    public Vector256<double>[] Design { get; }

    /// <summary>Z: row of the block, then effect.</summary>
    public Vector256<double>[] RandomDesign { get; }

    /// <summary>W: row of the block, then column.</summary>
    public Vector256<double>[] InflationDesign { get; }

    /// <summary>Offsets.</summary>
    public Vector256<double>[] Offset { get; }

    /// <summary>Responses.</summary>
    public Vector256<double>[] Response { get; }

    /// <summary>Weights.</summary>
    public Vector256<double>[] Weight { get; }

    /// <summary>How many clusters have the pattern of each lane, one vector a block.</summary>
    public Vector256<double>[] Multiplicity { get; }

    /// <summary>Blocks in chunks for threads.</summary>
    public ClusterChunks Chunks { get; }

    /// <summary>Where each block's rows start.</summary>
    public ReadOnlySpan<int> RowOffsets => rowOffsets;

    /// <summary>The rows of the longest block.</summary>
    public int MostRows => Blocks == 0 ? 0 : rowOffsets[1];

    /// <summary>Lays out the patterns of a model.</summary>
    /// <param name="data">The patterns.</param>
    /// <param name="threads">0 for all processors.</param>
    /// <param name="mostRows">Patterns with more rows are left out.</param>
    public static ClusterLanes Of(ClusterData data, int threads, int mostRows = int.MaxValue) => new(data, threads, mostRows);

    /// <summary>Whether patterns are so small that to lay them out anew costs less than to keep them.</summary>
    public static bool IsQuick(ClusterData data) => data.Rows <= MostLent;

    /// <summary>Gives the room of quick ones back: nothing may be read of them any more.</summary>
    public void Release()
    {
        if (IsQuick(data))
        {
            foreach (var lent in new ReadOnlySpan<Vector256<double>[]>(
                [Design, RandomDesign, InflationDesign, Offset, Response, Weight, Multiplicity]))
            {
                ArrayPool<Vector256<double>>.Shared.Return(lent);
            }
        }
    }

    /// <summary>The patterns of a block, one for each lane that has one.</summary>
    public ReadOnlySpan<int> Patterns(int block) => order.AsSpan(block * Lanes, Math.Min(Lanes, order.Length - (block * Lanes)));

    /// <summary>Longest first, equal ones in their order: a counting sort.</summary>
    private static int[] BySize(ClusterData data, int mostRows)
    {
        Span<int> starts = data.MaximumRows < 256 ? stackalloc int[data.MaximumRows + 2] : new int[data.MaximumRows + 2];
        starts.Clear();
        for (var pattern = 0; pattern < data.Patterns; pattern++)
        {
            starts[data.MaximumRows - Size(data, pattern) + 1]++;
        }

        for (var size = 1; size < starts.Length; size++)
        {
            starts[size] += starts[size - 1];
        }

        // The patterns that are left out are the longest and come first.
        var order = new int[data.Patterns];
        var leftOut = 0;
        for (var pattern = 0; pattern < order.Length; pattern++)
        {
            order[starts[data.MaximumRows - Size(data, pattern)]++] = pattern;
            leftOut += Size(data, pattern) > mostRows ? 1 : 0;
        }

        return leftOut == 0 ? order : order[leftOut..];
    }

    private static int Size(ClusterData data, int pattern) => data.PatternOffsets[pattern + 1] - data.PatternOffsets[pattern];

    /// <summary>Vectors of zeros, at least as many.</summary>
    private Vector256<double>[] Room(int count)
    {
        if (!IsQuick(data))
        {
            return new Vector256<double>[count];
        }

        var room = ArrayPool<Vector256<double>>.Shared.Rent(count);
        room.AsSpan(0, count).Clear();
        return room;
    }

    private static Span<double> Numbers(Vector256<double>[] values) => MemoryMarshal.Cast<Vector256<double>, double>(values.AsSpan());

    /// <summary>Where blocks start when each lane's row counts: what chunks are cut by.</summary>
    private int[] ScaledOffsets()
    {
        var scaled = (int[])rowOffsets.Clone();
        for (var block = 0; block < scaled.Length; block++)
        {
            scaled[block] *= Lanes;
        }

        return scaled;
    }

    private void FillChunk(int chunk)
    {
        for (var block = Chunks.Start(chunk); block < Chunks.End(chunk); block++)
        {
            CancellationScope.Check();
            var patterns = Patterns(block);
            for (var lane = 0; lane < patterns.Length; lane++)
            {
                Numbers(Multiplicity)[(block * Lanes) + lane] = data.Multiplicity[patterns[lane]];
                PadResponse(block, lane, FillLane(block, lane, patterns[lane]), patterns[0]);
            }

            for (var lane = patterns.Length; lane < Lanes; lane++)
            {
                PadResponse(block, lane, 0, patterns[0]);
            }
        }
    }

    /// <summary>Lays out one pattern; returns the number of its rows.</summary>
    private int FillLane(int block, int lane, int pattern)
    {
        var from = data.PatternOffsets[pattern];
        var count = data.PatternOffsets[pattern + 1] - from;
        var design = Numbers(Design);
        var random = Numbers(RandomDesign);
        var inflation = Numbers(InflationDesign);
        var offset = Numbers(Offset);
        var response = Numbers(Response);
        var weight = Numbers(Weight);
        for (var i = 0; i < count; i++)
        {
            var row = rowOffsets[block] + i;
            for (var j = 0; j < data.Columns; j++)
            {
                design[(((row * data.Columns) + j) * Lanes) + lane] = data.Design[((from + i) * data.Columns) + j];
            }

            for (var b = 0; b < data.Dimension; b++)
            {
                random[(((row * data.Dimension) + b) * Lanes) + lane] = data.RandomDesign[((from + i) * data.Dimension) + b];
            }

            for (var j = 0; j < data.InflationColumns; j++)
            {
                inflation[(((row * data.InflationColumns) + j) * Lanes) + lane] =
                    data.InflationDesign[((from + i) * data.InflationColumns) + j];
            }

            offset[(row * Lanes) + lane] = data.Offset[from + i];
            response[(row * Lanes) + lane] = data.Response[from + i];
            weight[(row * Lanes) + lane] = data.Weight[from + i];
        }

        return count;
    }

    /// <summary>Gives the rows without weight a response that the family knows, for they still pass through the density.</summary>
    /// <remarks>That of the block's longest pattern will do.</remarks>
    private void PadResponse(int block, int lane, int first, int longest)
    {
        var start = data.PatternOffsets[longest];
        var response = Numbers(Response);
        for (var row = rowOffsets[block] + first; row < rowOffsets[block + 1]; row++)
        {
            response[(row * Lanes) + lane] = data.Response[start];
        }
    }
}
