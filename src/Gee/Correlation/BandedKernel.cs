namespace MarginalConditional.Gee.Correlation;

/// <summary>One correlation for each lag up to m, 0 beyond: m-dependent, and Toeplitz when m is the longest lag.</summary>
internal sealed class BandedKernel : PatternKernel
{
    private readonly LagProducts lags;
    private readonly double[] divisors;
    private readonly int m;

    public BandedKernel(CorrelationInput input, int m)
        : base(input, [.. input.Frame.Waves], m, m)
    {
        this.m = m;
        lags = new LagProducts(input, m);
        divisors = lags.Divisors(input);
    }

    public override void AddMoments(int firstCluster, int endCluster, ReadOnlySpan<double> residuals, Span<double> sums) =>
        lags.Add(firstCluster, endCluster, residuals, sums);

    public override void Estimate(ReadOnlySpan<double> sums, double scale, Span<double> alpha)
    {
        for (var lag = 0; lag < m; lag++)
        {
            alpha[lag] = divisors[lag] > 0 ? sums[lag] / scale / divisors[lag] : double.NaN;
        }
    }

    public override void Repair()
    {
        var n = LagProducts.LongestDistance(Input.Frame) + 1;
        var matrix = new double[n * n];
        var classOf = new int[n * n];
        for (var j = 0; j < n; j++)
        {
            for (var k = 0; k < n; k++)
            {
                var lag = Math.Abs(j - k);
                matrix[(j * n) + k] = lag == 0 ? 1 : lag <= m ? Alpha[lag - 1] : 0;

                // Beyond the band one class of zeros: m stands for all of it.
                classOf[(j * n) + k] = lag == 0 ? -1 : Math.Min(lag, m + 1) - 1;
            }
        }

        NearestCorrelation.Replace(matrix, n, classOf, m + 1, zeroClass: m);
        for (var lag = 1; lag <= Math.Min(m, n - 1); lag++)
        {
            Alpha[lag - 1] = matrix[lag];
        }
    }

    protected override double CorrelationOfCodes(int code, int otherCode)
    {
        var lag = Math.Abs(code - otherCode);
        return lag <= m && lag > 0 ? Alpha[lag - 1] : lag == 0 ? 1 : 0;
    }

    protected override string Violation(int cluster, ReadOnlySpan<int> codes)
    {
        if (m > 1 || codes.Length < 2)
        {
            return base.Violation(cluster, codes);
        }

        var bound = 0.5 / Math.Cos(Math.PI / (codes.Length + 1));
        return FormattableString.Invariant(
            $"The 1-dependent correlation {Alpha[0]:G6} is outside (-{bound:G6}, {bound:G6}), where it is positive definite for {codes.Length} consecutive waves.");
    }
}
