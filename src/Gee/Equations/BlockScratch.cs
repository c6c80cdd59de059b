namespace MarginalConditional.Gee.Equations;

/// <summary>The buffers of one chunk: the scaled columns of a block of rows that stays in the cache. Allocated once a fit.</summary>
internal sealed class BlockScratch
{
    /// <summary>Blocks of whole clusters have at most this many rows, unless a single cluster has more.</summary>
    public const int TargetRows = 512;

    private readonly double[] columns;
    private readonly double[] vectors;

    public BlockScratch(int coefficients, int capacity, int factors = 0)
    {
        Capacity = capacity;
        Factors = factors == 0 ? [] : new double[factors];
        columns = new double[(coefficients + 1) * capacity];
        vectors = new double[4 * capacity];
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
}
