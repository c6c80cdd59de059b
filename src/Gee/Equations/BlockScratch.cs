using System.Buffers;

namespace MarginalConditional.Gee.Equations;

/// <summary>The buffers of one chunk: the scaled columns of a block of rows that stays in the cache. Lent once a fit.</summary>
/// <remarks>What is read was written for the block before: the buffers come as another fit left them.</remarks>
internal sealed class BlockScratch : IDisposable
{
    /// <summary>Blocks of whole clusters have at most this many rows, unless a single cluster has more.</summary>
    public const int TargetRows = 512;

    private readonly double[] columns;
    private readonly double[] vectors;

    public BlockScratch(int coefficients, int capacity, int factors = 0)
    {
        Capacity = capacity;
        Factors = factors == 0 ? [] : new double[factors];
        columns = ArrayPool<double>.Shared.Rent((coefficients + 1) * capacity);
        vectors = ArrayPool<double>.Shared.Rent(4 * capacity);
    }

    /// <summary>The number of rows there is room for.</summary>
    public int Capacity { get; }

    /// <summary>The factors of clusters' covariances, where these have no closed form; else empty.</summary>
    public double[] Factors { get; }

    /// <summary>Column j of √w A^−½ D, whitened after the evaluation; column p is that of the residuals.</summary>
    public Span<double> Column(int j, int rows) => columns.AsSpan(j * Capacity, rows);

    /// <summary>The linear predictor η, later the residuals of the moments.</summary>
    public Span<double> Predictor(int rows) => vectors.AsSpan(0, rows);

    /// <summary>The mean μ.</summary>
    public Span<double> Mean(int rows) => vectors.AsSpan(Capacity, rows);

    /// <summary>dμ/dη, later √w (dμ/dη) / √v.</summary>
    public Span<double> Slope(int rows) => vectors.AsSpan(2 * Capacity, rows);

    /// <summary>v(μ).</summary>
    public Span<double> Variance(int rows) => vectors.AsSpan(3 * Capacity, rows);

    /// <summary>Gives the buffers back, for the fit that comes next; nothing of them may be used afterwards.</summary>
    public void Dispose()
    {
        ArrayPool<double>.Shared.Return(columns);
        ArrayPool<double>.Shared.Return(vectors);
    }
}
