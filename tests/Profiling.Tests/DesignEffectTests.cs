namespace MarginalConditional.Profiling.Tests;

public sealed class DesignEffectTests
{
    // 1 + 29 × 0.057 = 2.653, and its root 1.6288.
    [Fact]
    public void Correlation_of_057_among_30_makes_standard_errors_1_63_times_too_small()
    {
        var effect = DesignEffect.OfEqualClusters(30, 0.057);
        Assert.Equal(2.653, effect.Value, 1e-12);
        Assert.Equal(1.63, effect.StandardErrorFactor, 0.005);
    }

    [Fact]
    public void Clusters_of_one_size_agree_with_the_plain_formula() =>
        Assert.Equal(DesignEffect.OfEqualClusters(12, 0.2).Value, DesignEffect.OfClusters([12, 12, 12], 0.2).Value, 1e-14);

    // Mean 20, CV² = (100 + 100) / 2 / 400 = 1/4, so 1 + (1.25 × 20 − 1) × 0.1 = 3.4.
    [Fact]
    public void Unequal_clusters_follow_the_coefficient_of_variation() =>
        Assert.Equal(3.4, DesignEffect.OfClusters([10, 30], 0.1).Value, 1e-14);

    [Fact]
    public void Without_correlation_or_with_single_rows_nothing_is_inflated()
    {
        Assert.Equal(1, DesignEffect.OfClusters([5, 17, 3], 0).Value);
        Assert.Equal(1, DesignEffect.OfClusters([1, 1], 0.9).Value);
    }
}
