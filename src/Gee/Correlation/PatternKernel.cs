using MarginalConditional.Data;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Correlation;

/// <summary>
/// A structure without a closed-form inverse: one Cholesky factorization
/// for each distinct pattern of codes, shared by all clusters that have it.
/// </summary>
/// <remarks>
/// The code of a row is its wave, or whatever else decides its place in R; W is
/// the inverse of the lower Cholesky factor, applied by forward substitution.
/// </remarks>
internal abstract class PatternKernel : CorrelationKernel
{
    private const int LargestCluster = 10_000;

    private readonly ClusterPatterns patterns;
    private readonly double[][] factors;

    /// <summary>Finds the patterns.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="codes">One code a row.</param>
    /// <param name="parameters">q.</param>
    /// <param name="moments">The number of sums.</param>
    protected PatternKernel(CorrelationInput input, int[] codes, int parameters, int moments)
        : base(input.Tolerances, parameters, moments)
    {
        Input = input;
        Codes = codes;
        if (Clusters.MaximumSize > LargestCluster)
        {
            throw new InputException(
                $"A cluster has {Clusters.MaximumSize} rows, and this correlation structure factorizes a matrix of that order; it takes "
                    + $"clusters of up to {LargestCluster} rows.")
            {
                Hint = "Use exchangeable, ar1, decay, nested or block: they have closed forms for clusters of any size.",
            };
        }

        patterns = new ClusterPatterns(Clusters, codes);
        factors = [.. Enumerable.Range(0, patterns.Count).Select(pattern => new double[Square(patterns.Codes(pattern).Length)])];
    }

    /// <summary>The rows.</summary>
    protected CorrelationInput Input { get; }

    /// <summary>The clusters of the rows.</summary>
    protected Clusters Clusters => Input.Frame.Clusters;

    /// <summary>One code a row.</summary>
    protected int[] Codes { get; }

    /// <summary>The correlation of two different rows with these codes.</summary>
    protected abstract double CorrelationOfCodes(int code, int otherCode);

    /// <inheritdoc/>
    public override string? Prepare()
    {
        for (var pattern = 0; pattern < factors.Length; pattern++)
        {
            var codes = patterns.Codes(pattern);
            Fill(codes, factors[pattern]);
            if (!Cholesky.TryFactor(factors[pattern], codes.Length, out _, Tolerances.PositiveDefinite))
            {
                return Violation(pattern);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override void Whiten(int firstCluster, int endCluster, Span<double> column)
    {
        var offsets = Clusters.Offsets;
        var origin = offsets[firstCluster];
        for (var i = firstCluster; i < endCluster; i++)
        {
            Cholesky.SolveLower(factors[patterns.Of(i)], offsets[i + 1] - offsets[i], column[(offsets[i] - origin)..]);
        }
    }

    private string Violation(int pattern)
    {
        var codes = patterns.Codes(pattern).ToArray();
        var smallest = SmallestEigenpair.Find(
            BandedMatrix.Full(codes.Length, (j, k) => j == k ? 1 : CorrelationOfCodes(codes[j], codes[k])),
            new double[codes.Length]);
        return FormattableString.Invariant($"The working correlation of cluster {Clusters.Label(patterns.Representative(pattern))} ")
            + FormattableString.Invariant($"({codes.Length} rows) is not positive definite: its smallest eigenvalue is {smallest:G4}, ")
            + FormattableString.Invariant($"and it must be above 0.");
    }

    private static int Square(int n) => checked(n * n);

    private void Fill(ReadOnlySpan<int> codes, Span<double> matrix)
    {
        var n = codes.Length;
        for (var j = 0; j < n; j++)
        {
            for (var k = 0; k < n; k++)
            {
                matrix[(j * n) + k] = j == k ? 1 : CorrelationOfCodes(codes[j], codes[k]);
            }
        }
    }
}
