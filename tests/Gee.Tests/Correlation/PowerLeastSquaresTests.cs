using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Gee.Tests.Correlation;

/// <summary>The power of lags that sums of products are nearest to.</summary>
public sealed class PowerLeastSquaresTests
{
    private const double Scale = 1.7;

    [Theory]
    [InlineData(0.6)]
    [InlineData(-0.4)]
    [InlineData(0.95)]
    public void No_number_beside_it_has_less_loss(double alpha)
    {
        var (sums, weights) = Sums(alpha, 40);
        var found = PowerLeastSquares.Fit(sums, weights, Scale, double.NaN);
        var least = Loss(sums, weights, found);
        for (var k = -2000; k <= 2000; k++)
        {
            Assert.True(least <= Loss(sums, weights, k / 2000.0) + 1e-12);
        }

        Assert.Equal(alpha, found, 0.05);
    }

    /// <summary>Without pairs one wave apart 0 is stationary, whatever the other lags say: it is not where the search ends.</summary>
    [Theory]
    [InlineData(0.6, 1)]
    [InlineData(-0.6, 1)]
    [InlineData(-0.9, 1)]
    [InlineData(0.7, 3)]
    [InlineData(-0.7, 3)]
    public void Lags_without_the_first_are_fitted_as_well(double alpha, int absent)
    {
        var (sums, weights) = Sums(alpha, 12);
        Array.Fill(weights, double.PositiveInfinity, 0, absent);
        Array.Clear(sums, 0, absent);
        var found = PowerLeastSquares.Fit(sums, weights, Scale, 0);
        for (var k = -1000; k <= 1000; k++)
        {
            Assert.True(Loss(sums, weights, found) <= Loss(sums, weights, k / 1000.0) + 1e-12);
        }

        Assert.Equal(alpha, found, 0.05);
    }

    [Theory]
    [InlineData(0.6)]
    [InlineData(-0.6)]
    public void Lags_whose_power_is_nothing_change_no_bit(double alpha)
    {
        var (sums, weights) = Sums(alpha, 5_000);
        Assert.Equal(
            PowerLeastSquares.Fit(sums.AsSpan(0, 1_300), weights.AsSpan(0, 1_300), Scale, 0.5),
            PowerLeastSquares.Fit(sums, weights, Scale, 0.5));
    }

    [Fact]
    public void A_lag_without_pairs_is_not_fitted()
    {
        var (sums, weights) = Sums(0.5, 12);
        double[] fewer = [.. weights];
        (fewer[3], sums[3]) = (double.PositiveInfinity, 1e6);
        var found = PowerLeastSquares.Fit(sums, fewer, Scale, double.NaN);
        (weights[3], sums[3]) = (1e-12, 0);
        Assert.Equal(PowerLeastSquares.Fit(sums, weights, Scale, double.NaN), found, 1e-9);
    }

    /// <summary>Sums near those of a power, with weights that fall as those of a series do.</summary>
    private static (double[] Sums, double[] Weights) Sums(double alpha, int lags)
    {
        var (sums, weights) = (new double[lags], new double[lags]);
        for (var l = 1; l <= lags; l++)
        {
            weights[l - 1] = 2 * (lags + 1 - l);
            sums[l - 1] = Scale * weights[l - 1] * (Math.Pow(alpha, l) + (0.01 * Math.Sin(7 * l)));
        }

        return (sums, weights);
    }

    private static double Loss(double[] sums, double[] weights, double alpha)
    {
        var loss = 0.0;
        for (var l = 1; l <= sums.Length; l++)
        {
            if (double.IsFinite(weights[l - 1]))
            {
                var residual = (sums[l - 1] / (Scale * weights[l - 1])) - Math.Pow(alpha, l);
                loss += weights[l - 1] * residual * residual;
            }
        }

        return loss;
    }
}
