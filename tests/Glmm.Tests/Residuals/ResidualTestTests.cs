using MarginalConditional.Glmm.Residuals;

namespace MarginalConditional.Glmm.Tests.Residuals;

/// <summary>The outcomes' figure among those of draws, counted by hand: it counts itself, and ties count on both sides.</summary>
public sealed class ResidualTestTests
{
    [Fact]
    public void The_upper_test_counts_figures_as_large_and_expects_the_mean_of_draws() =>
        Assert.Equal(new ResidualTest(3, 4, 0.75), ResidualTest.Upper([3, 1, 8, 3]));

    [Theory]
    [InlineData(new double[] { 0, 1, 5, 3, -1 }, 0.8)]
    [InlineData(new double[] { 3, 1, 5, 3 }, 1)]
    public void The_other_doubles_the_smaller_side(double[] figures, double p) =>
        Assert.Equal(p, ResidualTest.TwoSided(figures).PValue, 1e-12);
}
