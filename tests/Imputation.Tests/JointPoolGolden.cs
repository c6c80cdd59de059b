using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Imputation.Tests;

/// <summary>
/// Joint tests against mitml 0.4.4 (<c>.D1</c>, <c>.D2</c>): arm and x of the logistic GEE of imputed_long.csv by geepack.
/// </summary>
public sealed class JointPoolGolden
{
    private static readonly double[] Estimates =
    [
        1.18679215355, 0.525750612017, 1.35175348843, 0.578804028749, 1.1202270998, 0.575809971688, 1.22393300398, 0.637189790233,
        1.45043995173, 0.644998570041,
    ];

    private static readonly double[] Covariances =
    [
        0.120883300714, -0.0121529988916, -0.0121529988916, 0.0304202391216,
        0.150419103964, 0.0158647403339, 0.0158647403339, 0.0233170256506,
        0.109598469666, -0.000588532361902, -0.000588532361902, 0.0370447398468,
        0.097146737638, -0.00127411506533, -0.00127411506533, 0.0307613908472,
        0.121890395166, -0.00549985638676, -0.00549985638676, 0.0251332693465,
    ];

    [Theory]
    [InlineData(null, 168.172066301)]
    [InlineData(27.0, 20.4382126213)]
    [InlineData(177.0, 83.5557888154)]
    public void D1_has_mitml_s_statistic_and_degrees_of_freedom(double? complete, double degrees)
    {
        var (test, increase) = PooledVector.Of(Estimates, Covariances, 5, complete).Test();
        Assert.Equal(11.2642221595, test.Statistic, 1e-7);
        Assert.Equal(2, test.Rank);
        Assert.Equal(degrees, test.DenominatorDegreesOfFreedom!.Value, 1e-6 * degrees);
        Assert.Equal(0.138722360735, increase, 1e-9);
    }

    /// <summary>t = k(m − 1) = 2, where the approximation by moments does not hold.</summary>
    [Fact]
    public void D1_of_two_sets_has_the_degrees_of_freedom_for_small_t()
    {
        var (test, _) = PooledVector.Of(Estimates.AsSpan(0, 4), Covariances.AsSpan(0, 8), 2).Test();
        Assert.Equal(10.1396172308, test.Statistic, 1e-7);
        Assert.Equal(149.606660638, test.DenominatorDegreesOfFreedom!.Value, 1e-4);

        // With few clusters no more than those of complete data.
        var (few, _) = PooledVector.Of(Estimates.AsSpan(0, 4), Covariances.AsSpan(0, 8), 2, 27).Test();
        Assert.InRange(few.DenominatorDegreesOfFreedom!.Value, 2, 27);
    }

    [Fact]
    public void D1_of_one_quantity_is_the_square_of_its_t_test()
    {
        var (test, _) = PooledVector.Of([1.2, 1.5, 0.9], [0.2, 0.22, 0.18], 3, 20).Test();
        var own = PooledEstimate.Of([1.2, 1.5, 0.9], [0.2, 0.22, 0.18], 20).Test("x", 0.95);
        Assert.Equal(own.Statistic * own.Statistic, test.Statistic, 1e-12);
        Assert.Equal(own.PValue, test.PValue, 1e-10);
    }

    [Fact]
    public void D1_where_nothing_differs_is_the_wald_test()
    {
        var (test, increase) = PooledVector.Of([1, 2, 1, 2], [1, 0, 0, 4, 1, 0, 0, 4], 2).Test();
        Assert.Equal(0, increase);
        Assert.Equal(2, test.Statistic, 1e-12);
        Assert.Null(test.DenominatorDegreesOfFreedom);
    }

    /// <summary>In the basis of a contrast the variance is cᵀTc, and D1 does not depend on the basis.</summary>
    [Fact]
    public void Total_covariance_and_D1_do_not_depend_on_the_basis()
    {
        var pooled = PooledVector.Of(Estimates, Covariances, 5, 27);
        var turned = new double[Estimates.Length];
        var covariances = new double[Covariances.Length];
        for (var l = 0; l < 5; l++)
        {
            var (a, b) = (Estimates[2 * l], Estimates[(2 * l) + 1]);
            var v = Covariances.AsSpan(4 * l, 4);
            (turned[2 * l], turned[(2 * l) + 1]) = (a - b, a + b);
            covariances[4 * l] = v[0] - (2 * v[1]) + v[3];
            covariances[(4 * l) + 1] = covariances[(4 * l) + 2] = v[0] - v[3];
            covariances[(4 * l) + 3] = v[0] + (2 * v[1]) + v[3];
        }

        var other = PooledVector.Of(turned, covariances, 5, 27);
        var total = pooled.Total();
        Assert.Equal(total[0] - (2 * total[1]) + total[3], other.Total()[0], 1e-12);
        Assert.Equal(pooled.Test().Test.Statistic, other.Test().Test.Statistic, 1e-9);
        Assert.Equal(pooled.Test().RelativeIncrease, other.Test().RelativeIncrease, 1e-10);
    }

    [Fact]
    public void D2_has_mitml_s_statistic_and_degrees_of_freedom()
    {
        double[] statistics = [25.9025852488, 20.940026784, 20.5890002548, 29.2997413708, 37.5420299976];
        var (test, increase) = PooledStatistic.Of([.. statistics.Select(value => new WaldTest(value, 2, null, 0))]);
        Assert.Equal(8.32280532514, test.Statistic, 1e-8);
        Assert.Equal(22.5680850611, test.DenominatorDegreesOfFreedom!.Value, 1e-6);
        Assert.Equal(0.519661427818, increase, 1e-8);

        // F is χ² over its rank.
        var (same, _) = PooledStatistic.Of([.. statistics.Select(value => new WaldTest(value / 2, 2, 30, 0))]);
        Assert.Equal(test.Statistic, same.Statistic, 1e-12);
    }
}
