namespace MarginalConditional.Imputation.Tests;

/// <summary>Rubin's rules against mice 3.15.0: <c>pool.scalar(Q, U, n, k)</c> with n − k complete-data degrees of freedom.</summary>
public sealed class PooledEstimateGolden
{
    private static readonly double[] Estimates = [1.2, 1.5, 0.9, 1.1, 1.4, 1.3, 1, 1.25, 1.35, 1.05];
    private static readonly double[] Variances = [0.2, 0.22, 0.18, 0.25, 0.21, 0.19, 0.23, 0.2, 0.24, 0.22];

    [Fact]
    public void Twenty_complete_degrees_of_freedom_give_mice_s_numbers()
    {
        var pooled = PooledEstimate.Of(Estimates, Variances, 20);
        Assert.Equal(1.205, pooled.Estimate, 1e-12);
        Assert.Equal(0.214, pooled.Within, 1e-12);
        Assert.Equal(0.0363611111111111, pooled.Between, 1e-12);
        Assert.Equal(0.503981370907916, pooled.StandardError, 1e-12);
        Assert.Equal(0.186902907580478, pooled.RelativeIncrease, 1e-12);
        Assert.Equal(0.157471100952548, pooled.Lambda, 1e-12);
        Assert.Equal(14.7596459668189, pooled.DegreesOfFreedom!.Value, 1e-10);
        Assert.Equal(0.252352372867718, pooled.MissingInformation, 1e-12);
        var row = pooled.Test("x", 0.95);
        Assert.Equal(0.129263536576537, row.Lower, 1e-9);
        Assert.Equal(2.28073646342346, row.Upper, 1e-9);
        Assert.Equal(0.0305951491100324, row.PValue, 1e-9);
        Assert.Equal(pooled.MissingInformation, row.MissingInformation);
    }

    [Fact]
    public void Infinite_complete_degrees_of_freedom_give_those_of_rubin()
    {
        foreach (var complete in new double?[] { null, double.PositiveInfinity })
        {
            var pooled = PooledEstimate.Of(Estimates, Variances, complete);
            Assert.Equal(362.944969816675, pooled.DegreesOfFreedom!.Value, 1e-8);
            Assert.Equal(0.162075776346608, pooled.MissingInformation, 1e-12);
            Assert.Equal(0.0173131939810285, pooled.Test("x", 0.95).PValue, 1e-10);
        }
    }

    /// <summary>The limit λ → 0 of Barnard and Rubin's equation; mice holds λ at 1e-4 and comes near it.</summary>
    [Fact]
    public void Sets_that_do_not_differ_have_the_observed_degrees_of_freedom()
    {
        var pooled = PooledEstimate.Of([1, 1, 1], [0.25, 0.25, 0.25], 20);
        Assert.Equal(21.0 / 23 * 20, pooled.DegreesOfFreedom!.Value, 1e-12);
        Assert.Equal(0.09406952965235174, pooled.MissingInformation, 1e-12);
        Assert.Equal(0.5, pooled.StandardError);
        Assert.Equal(0, pooled.Lambda);
        Assert.Equal(1, pooled.RelativeEfficiency);
        var normal = PooledEstimate.Of([1, 1], [0.25, 0.25]);
        Assert.Null(normal.DegreesOfFreedom);
        Assert.Equal(0, normal.MissingInformation);
    }

    /// <summary>mice 3.15.0 with geepack 1.3.9: <c>arm</c> of the logistic GEE of imputed_long.csv, n = 30, k = 3.</summary>
    [Fact]
    public void A_coefficient_of_geepack_is_pooled_as_mice_pools_it()
    {
        var pooled = PooledEstimate.Of(
            [1.18679215355, 1.35175348843, 1.1202270998, 1.22393300398, 1.45043995173],
            [0.120883300714, 0.150419103964, 0.109598469666, 0.097146737638, 0.121890395166],
            27);
        Assert.Equal(0.017665757754, pooled.Between, 1e-11);
        Assert.Equal(0.141186510734, pooled.Total, 1e-11);
        Assert.Equal(19.1096396221, pooled.DegreesOfFreedom!.Value, 1e-7);
        Assert.Equal(0.22702439021, pooled.MissingInformation, 1e-9);
    }

    [Fact]
    public void One_set_has_nothing_to_pool() =>
        Assert.Throws<ArgumentException>(() => PooledEstimate.Of([1], [1]));
}
