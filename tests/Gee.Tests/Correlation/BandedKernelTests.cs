using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;

namespace MarginalConditional.Gee.Tests.Correlation;

/// <summary>One correlation a distance against dense matrices and single pairs.</summary>
public class BandedKernelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Whitening_is_a_factor_of_the_inverse(int m)
    {
        var input = KernelTwin.Input(3, MomentConvention.LiangZeger);
        double[] alpha = [.. new[] { 0.4, 0.15, -0.1, 0.05 }.Take(m)];
        KernelTwin.Whitens(
            new BandedKernel(input, m),
            input.Frame,
            alpha,
            (j, k) => input.Frame.Waves[k] - input.Frame.Waves[j] is var lag && lag <= m ? alpha[lag - 1] : 0);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public void Each_estimate_is_the_mean_product_of_the_pairs_at_its_distance(int m, bool weighted)
    {
        foreach (var moments in new[] { MomentConvention.LiangZeger, MomentConvention.Geepack })
        {
            var input = KernelTwin.Input(4, moments, weighted);
            KernelTwin.Estimates(
                new BandedKernel(input, m),
                input,
                (j, k) => input.Frame.Waves[k] - input.Frame.Waves[j] is var lag && lag <= m ? lag - 1 : -1);
        }
    }

    [Fact]
    public void A_cluster_for_which_R_is_not_positive_definite_is_named_with_its_smallest_eigenvalue()
    {
        var input = KernelTwin.Input(3, MomentConvention.LiangZeger);
        var kernel = new BandedKernel(input, 2);
        (kernel.Alpha[0], kernel.Alpha[1]) = (0.9, -0.6);
        Assert.Contains("is not positive definite: its smallest eigenvalue is -", kernel.Prepare(), StringComparison.Ordinal);
    }
}
