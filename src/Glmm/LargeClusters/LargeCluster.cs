using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.LargeClusters;

/// <summary>The rows of one pattern that is too large for a lane: each vector holds rows that follow one another. Immutable.</summary>
/// <remarks>
/// One cluster to a lane leaves lanes and threads idle where clusters are few and large. Here the rows share the lanes, and chunks of them
/// the threads. Which patterns are laid out so depends on their rows alone, and so do the chunks, so that results have the same bits for
/// any number of threads.
/// </remarks>
internal sealed class LargeCluster
{
    /// <summary>Patterns with more distinct rows are large: a pass over them is worth a second thread.</summary>
    public const int MostRowsOfALane = 4096;

    /// <summary>Vectors that no chunk divides.</summary>
    private const int UnitLength = 128;

    private LargeCluster(ClusterData data, int pattern, bool narrows)
    {
        Narrows = narrows;
        var (p, q) = (data.Columns, data.Dimension);
        var start = data.PatternOffsets[pattern];
        var rows = data.PatternOffsets[pattern + 1] - start;
        (Pattern, Multiplicity, Length) = (pattern, data.Multiplicity[pattern], (rows + Lanes - 1) / Lanes);
        Design = Lay(data.Design, start, rows, p);
        RandomDesign = Lay(data.RandomDesign, start, rows, q);
        Offset = Lay(data.Offset, start, rows, 1);
        Response = Lay(data.Response, start, rows, 1);
        Weight = Lay(data.Weight, start, rows, 1);
        for (var row = rows; row < Length * Lanes; row++)
        {
            Numbers(Weight)[row] = 0;
        }

        LargestDesign = new double[q];
        for (var at = 0; at < rows * q; at++)
        {
            LargestDesign[at % q] = Math.Max(LargestDesign[at % q], Math.Abs(data.RandomDesign[(start * q) + at]));
        }

        var units = (Length + UnitLength - 1) / UnitLength;
        Chunks = new ClusterChunks([.. Enumerable.Range(0, units + 1).Select(unit => Math.Min(Length, unit * UnitLength) * Lanes)]);
    }

    /// <summary>Rows in a vector.</summary>
    public static int Lanes => Vector256<double>.Count;

    /// <summary>The pattern's number.</summary>
    public int Pattern { get; }

    /// <summary>How many clusters have the pattern.</summary>
    public double Multiplicity { get; }

    /// <summary>
    /// Whether the derivatives of ℓ in η are of one order, η being a logarithm or the like, so that a narrow posterior needs fewer nodes.
    /// </summary>
    public bool Narrows { get; }

    /// <summary>The number of vectors that hold a column of rows.</summary>
    public int Length { get; }

    /// <summary>X: vector, then column.</summary>
    public Vector256<double>[] Design { get; }

    /// <summary>Z: vector, then effect.</summary>
    public Vector256<double>[] RandomDesign { get; }

    /// <summary>Offsets.</summary>
    public Vector256<double>[] Offset { get; }

    /// <summary>Responses.</summary>
    public Vector256<double>[] Response { get; }

    /// <summary>Weights; 0 behind the last row, where the first row is repeated.</summary>
    public Vector256<double>[] Weight { get; }

    /// <summary>The largest |z| of each effect.</summary>
    public double[] LargestDesign { get; }

    /// <summary>Units of vectors in chunks for threads.</summary>
    public ClusterChunks Chunks { get; }

    /// <summary>The large patterns of a model.</summary>
    /// <param name="data">All patterns.</param>
    /// <param name="narrows">Whether the derivatives of ℓ in η are of one order.</param>
    /// <param name="mostRows">The rows of the largest pattern that is not one of them.</param>
    public static IReadOnlyList<LargeCluster> Of(ClusterData data, bool narrows, int mostRows = MostRowsOfALane) =>
        data.MaximumRows <= mostRows ? [] :
    [
        .. Enumerable.Range(0, data.Patterns)
            .Where(pattern => data.PatternOffsets[pattern + 1] - data.PatternOffsets[pattern] > mostRows)
            .Select(pattern => new LargeCluster(data, pattern, narrows)),
    ];

    /// <summary>The vectors of a chunk.</summary>
    public (int Start, int End) Range(int chunk) => (
        Math.Min(Length, Chunks.Start(chunk) * UnitLength),
        Math.Min(Length, Chunks.End(chunk) * UnitLength));

    private static Span<double> Numbers(Vector256<double>[] values) => MemoryMarshal.Cast<Vector256<double>, double>(values.AsSpan());

    private Vector256<double>[] Lay(double[] source, int start, int rows, int width)
    {
        var vectors = new Vector256<double>[Length * width];
        var numbers = Numbers(vectors);
        for (var row = 0; row < Length * Lanes; row++)
        {
            var from = (start + (row < rows ? row : 0)) * width;
            for (var j = 0; j < width; j++)
            {
                numbers[((((row / Lanes) * width) + j) * Lanes) + (row % Lanes)] = source[from + j];
            }
        }

        return vectors;
    }
}
