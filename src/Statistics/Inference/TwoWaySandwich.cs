using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Inference;

/// <summary>
/// The robust covariance of coefficients whose rows are dependent when they share a cluster of either of two ways. Immutable.
/// </summary>
/// <remarks>
/// V = V_a + V_b − V_ab with V_w = B Σ_g s_g s_gᵀ B over the clusters g of way w, s_g the sum of the scores of its rows, and ab the
/// clusters of rows that share both (Cameron, Gelbach and Miller 2011, equation 2.13). The difference need not be positive semidefinite:
/// negative eigenvalues are then replaced by 0, as these authors propose and <c>vcovCL(fix = TRUE)</c> of R's sandwich does.
/// </remarks>
public sealed class TwoWaySandwich
{
    /// <summary>An eigenvalue below this share of the largest is one that rounding made negative.</summary>
    private const double Rounding = 1e-12;

    private readonly double[] covariance;

    private TwoWaySandwich(double[] covariance, (int First, int Second, int Both) clusters, WayFactor factor, bool repaired)
    {
        this.covariance = covariance;
        (FirstClusters, SecondClusters, BothClusters) = clusters;
        Factor = factor;
        IsRepaired = repaired;
    }

    /// <summary>V, p×p, row-major.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>The number of clusters of the first way.</summary>
    public int FirstClusters { get; }

    /// <summary>The number of clusters of the second way.</summary>
    public int SecondClusters { get; }

    /// <summary>The number of clusters of rows that share both.</summary>
    public int BothClusters { get; }

    /// <summary>The smaller number of clusters of the two ways.</summary>
    public int Smaller => Math.Min(FirstClusters, SecondClusters);

    /// <summary>Whether each cluster of one way lies within one of the other, so that the coarser way alone says the same.</summary>
    public bool IsNested => BothClusters == Math.Max(FirstClusters, SecondClusters);

    /// <summary>What each sum was multiplied by.</summary>
    public WayFactor Factor { get; }

    /// <summary>Whether negative eigenvalues were replaced by 0.</summary>
    public bool IsRepaired { get; }

    /// <summary>Sums the scores by either way and by both.</summary>
    /// <param name="bread">B, p×p: the inverse of the information.</param>
    /// <param name="scores">The score of each row, n×p by rows.</param>
    /// <param name="first">The cluster of each row by the first way, numbered from 0.</param>
    /// <param name="second">The same by the second way.</param>
    /// <param name="factor">The factor for few clusters.</param>
    public static TwoWaySandwich Of(
        ReadOnlySpan<double> bread,
        ReadOnlySpan<double> scores,
        ReadOnlySpan<int> first,
        ReadOnlySpan<int> second,
        WayFactor factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        var p = (int)Math.Sqrt(bread.Length);
        var both = Pairs(first, second);
        var counts = (First: Count(first), Second: Count(second), Both: Count(both));
        var smaller = Math.Min(counts.First, counts.Second);
        var meat = new double[p * p];
        Add(scores, first, counts.First, factor.Of(counts.First, smaller), meat);
        Add(scores, second, counts.Second, factor.Of(counts.Second, smaller), meat);
        Add(scores, both, counts.Both, -factor.Of(counts.Both, smaller), meat);
        Dense.MirrorLower(meat, p);
        var covariance = new double[p * p];
        Dense.Sandwich(bread, meat, p, p, new double[p * p], covariance);
        Dense.Symmetrize(covariance, p);
        return new TwoWaySandwich(covariance, counts, factor, Repair(covariance, p));
    }

    /// <summary>Adds factor × Σ_g s_g s_gᵀ to the lower triangle.</summary>
    private static void Add(ReadOnlySpan<double> scores, ReadOnlySpan<int> clusters, int count, double factor, double[] meat)
    {
        var p = (int)Math.Sqrt(meat.Length);
        var sums = new double[count * p];
        for (var row = 0; row < clusters.Length; row++)
        {
            Dense.AddScaled(1, scores.Slice(row * p, p), sums.AsSpan(clusters[row] * p, p));
        }

        for (var start = 0; start < sums.Length; start += p)
        {
            Dense.RankOneUpdateLower(factor, sums.AsSpan(start, p), meat);
        }
    }

    /// <summary>The clusters of rows that share both, numbered as they first appear.</summary>
    private static int[] Pairs(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        var numbers = new Dictionary<(int First, int Second), int>();
        var both = new int[first.Length];
        for (var row = 0; row < both.Length; row++)
        {
            var pair = (first[row], second[row]);
            if (!numbers.TryGetValue(pair, out both[row]))
            {
                both[row] = numbers.Count;
                numbers.Add(pair, both[row]);
            }
        }

        return both;
    }

    private static int Count(ReadOnlySpan<int> clusters)
    {
        var largest = -1;
        foreach (var cluster in clusters)
        {
            largest = Math.Max(largest, cluster);
        }

        return largest + 1;
    }

    /// <summary>Replaces negative eigenvalues by 0; whether there were any beyond rounding.</summary>
    private static bool Repair(double[] covariance, int p)
    {
        if (!Array.TrueForAll(covariance, double.IsFinite))
        {
            return false;
        }

        var (values, vectors) = (new double[p], new double[p * p]);
        SymmetricEigen.Decompose((double[])covariance.Clone(), p, values, vectors);
        if (values[0] >= 0)
        {
            return false;
        }

        Array.Clear(covariance);
        for (var k = 0; k < p; k++)
        {
            Dense.RankOneUpdateLower(Math.Max(0, values[k]), vectors.AsSpan(k * p, p), covariance);
        }

        Dense.MirrorLower(covariance, p);
        return values[0] < -Rounding * values[^1];
    }
}
