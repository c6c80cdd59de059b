using System.Runtime.InteropServices;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Correlation;

/// <summary>A structure without a closed-form inverse: one Cholesky factorization for each distinct pattern of codes, shared by all clusters that have it.</summary>
/// <remarks>The code of a row is its wave, or whatever else decides its place in R; W is the inverse of the lower Cholesky factor, applied by forward substitution.</remarks>
internal abstract class PatternKernel : CorrelationKernel
{
    private const int LargestCluster = 10_000;

    private readonly int[] patternOfCluster;
    private readonly List<int> representatives = [];
    private readonly double[][] factors;

    /// <summary>Finds the patterns.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="codes">One code a row.</param>
    /// <param name="parameters">q.</param>
    /// <param name="moments">The number of sums.</param>
    protected PatternKernel(CorrelationInput input, int[] codes, int parameters, int moments)
        : base(parameters, moments)
    {
        Input = input;
        Codes = codes;
        if (Clusters.MaximumSize > LargestCluster)
        {
            throw new InputException(
                $"A cluster has {Clusters.MaximumSize} rows, and this correlation structure factorizes a matrix of that order; it takes clusters of up to {LargestCluster} rows.")
            {
                Hint = "Use exchangeable, ar1, decay or nested: they have closed forms for clusters of any size.",
            };
        }

        patternOfCluster = FindPatterns(input.Frame.Clusters);
        factors = [.. representatives.Select(cluster => new double[Square(Clusters.Size(cluster))])];
    }

    /// <summary>The rows.</summary>
    protected CorrelationInput Input { get; }

    /// <summary>The clusters of the rows.</summary>
    protected Clusters Clusters => Input.Frame.Clusters;

    /// <summary>One code a row.</summary>
    protected int[] Codes { get; }

    /// <summary>The number of distinct patterns, for tests.</summary>
    public int PatternCount => representatives.Count;

    /// <inheritdoc/>
    public override double Correlation(int row, int otherRow) => row == otherRow ? 1 : CorrelationOfCodes(Codes[row], Codes[otherRow]);

    /// <summary>The correlation of two different rows with these codes.</summary>
    protected abstract double CorrelationOfCodes(int code, int otherCode);

    /// <inheritdoc/>
    public override string? Prepare()
    {
        for (var pattern = 0; pattern < factors.Length; pattern++)
        {
            var cluster = representatives[pattern];
            var codes = Codes.AsSpan(Clusters.Start(cluster), Clusters.Size(cluster));
            Fill(codes, factors[pattern]);
            if (!Cholesky.TryFactor(factors[pattern], codes.Length, out _, tolerance: 1e-12))
            {
                return Violation(cluster, codes);
            }
        }

        return null;
    }

    /// <summary>What to say when R of a cluster's pattern is not positive definite.</summary>
    protected virtual string Violation(int cluster, ReadOnlySpan<int> codes)
    {
        var smallest = SmallestEigenvalue(codes);
        return FormattableString.Invariant(
            $"The working correlation of cluster {Clusters.Label(cluster)} ({codes.Length} rows) is not positive definite: its smallest eigenvalue is {smallest:G4}, and it must be above 0.");
    }

    /// <inheritdoc/>
    public override void Whiten(int firstCluster, int endCluster, Span<double> column)
    {
        var offsets = Clusters.Offsets;
        var origin = offsets[firstCluster];
        for (var i = firstCluster; i < endCluster; i++)
        {
            Cholesky.SolveLower(factors[patternOfCluster[i]], offsets[i + 1] - offsets[i], column[(offsets[i] - origin)..]);
        }
    }

    /// <summary>The smallest eigenvalue of R for a pattern.</summary>
    protected double SmallestEigenvalue(ReadOnlySpan<int> codes)
    {
        var n = codes.Length;
        var matrix = new double[Square(n)];
        Fill(codes, matrix);
        var values = new double[n];
        SymmetricEigen.Decompose(matrix, n, values, new double[matrix.Length]);
        return values[0];
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

    private int[] FindPatterns(Clusters clusters)
    {
        var found = new Dictionary<int, List<int>>();
        var result = new int[clusters.Count];
        for (var i = 0; i < clusters.Count; i++)
        {
            var codes = Codes.AsSpan(clusters.Start(i), clusters.Size(i));
            if (i > 0 && codes.SequenceEqual(Pattern(clusters, representatives[result[i - 1]])))
            {
                result[i] = result[i - 1];
                continue;
            }

            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(codes));
            var candidates = CollectionsMarshal.GetValueRefOrAddDefault(found, hash.ToHashCode(), out _) ??= [];
            var known = -1;
            foreach (var candidate in candidates)
            {
                if (codes.SequenceEqual(Pattern(clusters, representatives[candidate])))
                {
                    known = candidate;
                }
            }

            if (known < 0)
            {
                known = representatives.Count;
                representatives.Add(i);
                candidates.Add(known);
            }

            result[i] = known;
        }

        return result;
    }

    private ReadOnlySpan<int> Pattern(Clusters clusters, int cluster) => Codes.AsSpan(clusters.Start(cluster), clusters.Size(cluster));
}
