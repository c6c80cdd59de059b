using MarginalConditional.Mixed;

namespace MarginalConditional.Mixed.Tests;

public sealed class RandomEffectEstimateTests
{
    private static readonly RandomEffectEstimate Estimate = Of([4, 1, 1, 0.25]);

    [Fact]
    public void Deviations_and_correlations_are_those_of_the_covariance()
    {
        Assert.Equal([2, 0.5], Estimate.StandardDeviations.ToArray());
        Assert.Equal(1, Estimate.Correlation(0, 1));
        Assert.Equal(1, Estimate.Correlation(1, 1));
        Assert.Equal((2, 3), (Estimate.Dimension, Estimate.GroupCount));
        Assert.Equal("group 2", Estimate.Label(2));
        Assert.Equal(5, Estimate.Modes[5]);
        Assert.Equal(0.1, Estimate.ModeStandardErrors[0]);
    }

    [Fact]
    public void Standardized_modes_are_those_of_one_effect_over_its_deviation()
    {
        Assert.Equal([0, 1, 2], Estimate.StandardizedModes(0));
        Assert.Equal([2, 6, 10], Estimate.StandardizedModes(1));
        Assert.DoesNotContain(Of([4, 0, 0, 0]).StandardizedModes(1), double.IsFinite);
    }

    /// <summary>An intercept and a slope that cancel at z: by the entries of the covariance the variance comes out below 0.</summary>
    [Fact]
    public void The_variance_that_effects_add_is_never_below_zero()
    {
        Assert.Equal(4 + (2 * 3) + (0.25 * 9), Estimate.Variance([1, 3]), 1e-14);
        var cancelling = Of([0.1 * 0.1, -0.1 * 0.3, -0.1 * 0.3, 0.3 * 0.3 * (1 - 1e-15)]);
        Assert.Equal(0, cancelling.Variance([3, 1]));
    }

    [Fact]
    public void An_effect_that_does_not_vary_has_no_correlation() => Assert.Equal(double.NaN, Of([4, 0, 0, 0]).Correlation(0, 1));

    [Fact]
    public void A_covariance_of_another_size_is_refused() => Assert.Throws<ArgumentException>(() => Of([4, 1, 1]));

    [Fact]
    public void Labels_and_intervals_read_as_in_tables()
    {
        Assert.Equal("SD time | patient", VarianceLabel.Deviation("time", "patient"));
        Assert.Equal("correlation (Intercept), time | patient", VarianceLabel.Correlation("(Intercept)", "time", "patient"));
        Assert.Equal(new Interval(-1, 5), Interval.Around(2, 3));
    }

    private static RandomEffectEstimate Of(double[] covariance) =>
        new("patient", ["(Intercept)", "time"], covariance, [0, 1, 2, 3, 4, 5], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6], group => $"group {group}");
}
