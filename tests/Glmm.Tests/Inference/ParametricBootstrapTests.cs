using MarginalConditional.Glmm.Inference;

namespace MarginalConditional.Glmm.Tests.Inference;

/// <summary>Spread and limits of known replicates: 0, 1, 4, 9 and 16 in another order, and one that did not converge.</summary>
public sealed class ParametricBootstrapTests
{
    private static readonly double[] Values = [9, 0, 16, 1, 4];

    [Fact]
    public void The_standard_error_is_the_deviation_of_a_sample() =>
        Assert.Equal(Math.Sqrt((9 + 36 + 100 + 25 + 4) / 4.0), Squares().StandardError(0), 1e-12);

    /// <summary>Replicates far from zero scatter as they do beside it.</summary>
    [Fact]
    public void The_standard_error_does_not_depend_on_where_the_replicates_lie()
    {
        var far = ParametricBootstrap.Run(true, 5, 1, replicate => [1e9 + (0.1 * Values[replicate])]);
        Assert.Equal(1, far.StandardError(0) / (0.1 * Squares().StandardError(0)), 1e-5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Two_replicates_have_a_spread_and_fewer_have_none(int converged)
    {
        var bootstrap = ParametricBootstrap.Run(true, 4, 1, replicate => replicate < converged ? [3.0 * replicate] : null);
        Assert.Equal(converged == 2 ? Math.Sqrt(4.5) : double.NaN, bootstrap.StandardError(0), 1e-12);
        Assert.Equal(converged < 2, double.IsNaN(bootstrap.PercentileInterval(0).Lower));
    }

    /// <summary>R's quantile, type 7.</summary>
    [Theory]
    [InlineData(0.5, 1, 9)]
    [InlineData(0.9, 0.2, 14.6)]
    public void Limits_lie_between_the_ordered_replicates(double level, double lower, double upper)
    {
        var interval = Squares().PercentileInterval(0, level);
        Assert.Equal(lower, interval.Lower, 1e-12);
        Assert.Equal(upper, interval.Upper, 1e-12);
    }

    [Fact]
    public void Attempts_and_replicates_are_counted_apart() => Assert.Equal((6, 5), (Squares().Attempted, Squares().Converged));

    private static ParametricBootstrap Squares() =>
        ParametricBootstrap.Run(true, 6, 1, replicate => replicate < 5 ? [Values[replicate]] : null);
}
