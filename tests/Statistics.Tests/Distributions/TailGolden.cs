using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.Tests.Distributions;

/// <summary>Against R 4.2.2 <c>pt</c>, <c>qt</c>, <c>pchisq</c>, <c>pf</c>, printed with 17 digits; relative tolerance 1e-12.</summary>
public sealed class TailGolden
{
    [Fact]
    public void Student_tails_and_quantiles_agree_with_R()
    {
        AssertRelative(0.039650234665600456, StudentDistribution.TwoSided(2.5, 7.3));
        AssertRelative(1.1773181907018946e-12, StudentDistribution.TwoSided(-30, 12));
        AssertRelative(0.93654896513889285, StudentDistribution.TwoSided(0.1, 1));
        AssertRelative(2.6392916097470009, StudentDistribution.Quantile(0.975, 4.6));
        AssertRelative(-2.0422724563012382, StudentDistribution.Quantile(0.025, 30));
        AssertRelative(127.13768835913821, StudentDistribution.Quantile(0.999, 1.2));
    }

    [Fact]
    public void Chi_squared_and_F_tails_agree_with_R()
    {
        AssertRelative(0.0064230575765779358, ChiSquaredDistribution.UpperTail(12.3, 3));
        AssertRelative(2.8406228986415315e-41, ChiSquaredDistribution.UpperTail(200, 5));
        AssertRelative(0.020878329565572406, FisherDistribution.UpperTail(4.2, 3, 17.5));
        AssertRelative(1.5586414089904428e-15, FisherDistribution.UpperTail(90, 2, 40));
    }

    [Fact]
    public void Infinite_degrees_of_freedom_are_the_normal_and_the_chi_squared()
    {
        AssertRelative(5.5072482372124675e-89, StudentDistribution.TwoSided(20, double.PositiveInfinity));
        AssertRelative(ChiSquaredDistribution.UpperTail(8, 2), FisherDistribution.UpperTail(4, 2, double.PositiveInfinity));
        Assert.Equal(StandardNormal.Quantile(0.9), StudentDistribution.Quantile(0.9, double.PositiveInfinity));
        Assert.Equal(Math.Exp(-0.845) / Math.Sqrt(2 * Math.PI), StudentDistribution.Density(1.3, double.PositiveInfinity), 1e-15);
    }

    /// <summary>The last quantiles are remembered by both of their arguments.</summary>
    [Fact]
    public void Quantiles_asked_in_turn_do_not_stand_for_each_other()
    {
        foreach (var (p, df) in new[] { (0.975, 4.6), (0.975, 30), (0.9, 30), (0.9, 4.6), (0.975, 4.6), (0.6, 4.6), (0.6, 8) })
        {
            AssertRelative(2 * (1 - p), StudentDistribution.TwoSided(StudentDistribution.Quantile(p, df), df));
        }
    }

    [Fact]
    public void A_t_statistic_squared_is_an_F_statistic()
    {
        AssertRelative(StudentDistribution.TwoSided(2.2, 9), FisherDistribution.UpperTail(2.2 * 2.2, 1, 9));
        AssertRelative(ChiSquaredDistribution.UpperTail(9, 1), 2 * StandardNormal.UpperTail(3));
    }

    [Fact]
    public void Student_quantile_undoes_the_cumulative_probability()
    {
        foreach (var df in new[] { 0.7, 1, 2.5, 10, 300, 1e6 })
        {
            foreach (var p in new[] { 1e-8, 0.001, 0.2, 0.5, 0.7, 0.99 })
            {
                // Log-gamma functions of df/2 cancel to within 1e-16·df·log(df): their share at a million.
                AssertRelative(p, StudentDistribution.Cumulative(StudentDistribution.Quantile(p, df), df), df > 1000 ? 2e-9 : 1e-12);
            }
        }
    }

    [Fact]
    public void Undefined_arguments_give_not_a_number_and_extremes_their_limits()
    {
        Assert.True(double.IsNaN(StudentDistribution.TwoSided(double.NaN, 3)));
        Assert.True(double.IsNaN(StudentDistribution.TwoSided(1, -3)));
        Assert.Equal(0, StudentDistribution.TwoSided(double.NegativeInfinity, 3));
        Assert.True(double.IsNaN(StudentDistribution.Quantile(2, 3)));
        Assert.Equal(1, ChiSquaredDistribution.UpperTail(-1, 2));
        Assert.Equal(0, ChiSquaredDistribution.UpperTail(double.PositiveInfinity, 2));
        Assert.True(double.IsNaN(FisherDistribution.UpperTail(double.NaN, 2, 3)));
        Assert.Equal(0, FisherDistribution.UpperTail(double.PositiveInfinity, 2, 3));
        Assert.Equal(1, FisherDistribution.UpperTail(0, 2, 3));
        Assert.Equal(1, FisherDistribution.UpperTail(-0.5, 2, 3));
    }

    private static void AssertRelative(double expected, double actual, double tolerance = 1e-12) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected), $"expected {expected:R}, got {actual:R}");
}
