using MarginalConditional.Glmm.Inference;

namespace MarginalConditional.Glmm.Tests.Inference;

/// <summary>Spread and limits of known replicates: 0, 1, 4, 9 and 16 in another order, and one that did not converge.</summary>
public sealed class ParametricBootstrapTests
{
    private static readonly double[] Values = [9, 0, 16, 1, 4];

    [Fact]
    public void The_standard_error_is_the_deviation_of_a_sample() =>
        Assert.Equal(Math.Sqrt((9 + 36 + 100 + 25 + 4) / 4.0), Squares().StandardError(0), 1e-12);

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
