namespace MarginalConditional.Profiling;

/// <summary>
/// How much clustering inflates the variance of a mean or of a between-cluster effect (Kish 1965; Eldridge, Ashby and Kerry 2006).
/// </summary>
/// <param name="Value">The factor on the variance.</param>
/// <example>
/// <code>
/// using MarginalConditional.Profiling;
///
/// Console.WriteLine(DesignEffect.OfEqualClusters(size: 30, correlation: 0.057));
/// </code>
/// </example>
public readonly record struct DesignEffect(double Value)
{
    /// <summary>√Value: the factor by which standard errors are too small when clustering is ignored.</summary>
    public double StandardErrorFactor => Math.Sqrt(Value);

    /// <summary>1 + (m − 1)ρ for clusters of one size.</summary>
    /// <param name="size">m, rows a cluster, above 0.</param>
    /// <param name="correlation">ρ, the intraclass correlation.</param>
    public static DesignEffect OfEqualClusters(double size, double correlation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return new DesignEffect(1 + ((size - 1) * correlation));
    }

    /// <summary>1 + [(1 + CV²)m̄ − 1]ρ for clusters of different sizes, CV the sizes' coefficient of variation (divisor K).</summary>
    /// <param name="sizes">The sizes of the clusters, above 0.</param>
    /// <param name="correlation">ρ, the intraclass correlation.</param>
    /// <remarks>(1 + CV²)m̄ = Σm²/Σm: the size of the cluster that a row picked at random lives in.</remarks>
    public static DesignEffect OfClusters(ReadOnlySpan<double> sizes, double correlation) =>
        OfEqualClusters(EffectiveSize(sizes), correlation);

    /// <summary>(1 + CV²)m̄ = Σm²/Σm, the size of equal clusters that would inflate variances as much as these do.</summary>
    /// <param name="sizes">The sizes of the clusters, above 0.</param>
    public static double EffectiveSize(ReadOnlySpan<double> sizes)
    {
        double sum = 0, squares = 0;
        foreach (var size in sizes)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(sizes));
            sum += size;
            squares += size * size;
        }

        if (sizes.IsEmpty)
        {
            throw new ArgumentException("A design effect needs at least one cluster.", nameof(sizes));
        }

        return squares / sum;
    }
}
