using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;

namespace MarginalConditional.Gee.Tests.Correlation;

/// <summary>R = (1 − α) I + α J against dense matrices and single pairs.</summary>
public class ExchangeableKernelTests
{
    [Theory]
    [InlineData(0.4)]
    [InlineData(0)]
    [InlineData(-0.15)]
    [InlineData(0.95)]
    public void Whitening_is_a_factor_of_the_inverse(double alpha)
    {
        var input = KernelTwin.Input(3, MomentConvention.LiangZeger);
        KernelTwin.Whitens(new ExchangeableKernel(input), input.Frame, [alpha], (_, _) => alpha);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_estimate_is_the_mean_product_of_all_pairs(bool weighted)
    {
        foreach (var moments in new[] { MomentConvention.LiangZeger, MomentConvention.Geepack })
        {
            var input = KernelTwin.Input(4, moments, weighted);
            KernelTwin.Estimates(new ExchangeableKernel(input), input, (_, _) => 0);
        }
    }

    /// <summary>Deviations from a cluster's mean add up to 0 and correlate by −1 / (n − 1).</summary>
    [Fact]
    public void At_the_bound_it_says_that_residuals_add_up_to_zero()
    {
        var kernel = new ExchangeableKernel(Clusters([0, 2, 6]));
        kernel.Alpha[0] = -1.0 / 3;
        Assert.True(kernel.IsAtBound);
        Assert.StartsWith(
            "The exchangeable correlation is at its bound, -1/(n - 1) = -0.3333 for clusters of 4 rows: ",
            kernel.Note,
            StringComparison.Ordinal);
        kernel.Alpha[0] = -0.33;
        Assert.False(kernel.IsAtBound);
        Assert.Null(kernel.Note);
        var alone = new ExchangeableKernel(Clusters([0, 1, 2]));
        alone.Alpha[0] = -1;
        Assert.False(alone.IsAtBound);

        static CorrelationInput Clusters(int[] offsets) => new(
            new ModelFrame(
                new DesignMatrix(offsets[^1], ["(Intercept)"], [.. Enumerable.Repeat(1.0, offsets[^1])], ["(Intercept)"]),
                new double[offsets[^1]],
                new Clusters("id", offsets, cluster => $"{cluster}")),
            [],
            MomentConvention.Geepack,
            new GeeTolerances());
    }

    [Fact]
    public void The_bounds_are_those_of_the_largest_cluster()
    {
        var input = KernelTwin.Input(3, MomentConvention.LiangZeger);
        var kernel = new ExchangeableKernel(input);
        var bound = -1.0 / (input.Frame.Clusters.MaximumSize - 1);
        foreach (var (alpha, admissible) in new[] { (bound + 1e-9, true), (bound - 1e-9, false), (1, false), (1 - 1e-9, true) })
        {
            kernel.Alpha[0] = alpha;
            Assert.Equal(admissible, kernel.Prepare() is null);
        }
    }
}
