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
