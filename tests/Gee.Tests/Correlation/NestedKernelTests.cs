using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;

namespace MarginalConditional.Gee.Tests.Correlation;

/// <summary>Two levels against dense matrices and single pairs.</summary>
public class NestedKernelTests
{
    [Theory]
    [InlineData(0.5, 0.2)]
    [InlineData(0.3, 0)]
    [InlineData(0.3, -0.05)]
    [InlineData(0.1, 0.25)]
    public void Whitening_is_a_factor_of_the_inverse(double within, double between)
    {
        var input = KernelTwin.Input(3, MomentConvention.LiangZeger);
        var groups = SubclusterCodes.Within(input.Frame, "group");
        KernelTwin.Whitens(
            new NestedKernel(input, groups),
            input.Frame,
            [within, between],
            (j, k) => groups[j] == groups[k] ? within : between);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_estimates_are_the_mean_products_within_and_between_subclusters(bool weighted)
    {
        foreach (var moments in new[] { MomentConvention.LiangZeger, MomentConvention.Geepack })
        {
            var input = KernelTwin.Input(4, moments, weighted);
            var groups = SubclusterCodes.Within(input.Frame, "group");
            KernelTwin.Estimates(new NestedKernel(input, groups), input, (j, k) => groups[j] == groups[k] ? 0 : 1);
        }
    }
}
