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

    /// <summary>
    /// Rv = λv, |v| = 1, and xᵀRx ≥ λxᵀx for other vectors that are constant within subclusters; between subclusters from strong
    /// correlations to ones that rounding all but loses.
    /// </summary>
    [Theory]
    [InlineData(0.5, 0.2)]
    [InlineData(0.3, -0.1)]
    [InlineData(0.1, 0.25)]
    [InlineData(0.3, 0)]
    [InlineData(0.3, 1e-20)]
    [InlineData(-0.2, 1e-20)]
    [InlineData(0.3, -1e-20)]
    public void The_smallest_eigenvalue_has_its_vector(double within, double between)
    {
        foreach (var sizes in new int[][] { [3, 2], [2, 3], [2, 2], [1, 4, 2], [5, 5, 1], [3] })
        {
            var vector = new double[sizes.Length];
            var value = NestedEigenpair.Smallest(sizes, within, between, vector);
            Assert.Equal(1, vector.Sum(one => one * one), 1e-12);
            for (var g = 0; g < sizes.Length; g++)
            {
                Assert.Equal(value * vector[g], Multiply(sizes, vector, g), 1e-8);
            }

            for (var seed = 0; seed < 20; seed++)
            {
                var random = new Sequence(seed);
                double[] x = [.. sizes.Select(_ => random.Normal())];
                var form = Enumerable.Range(0, x.Length).Sum(g => x[g] * Multiply(sizes, x, g));
                Assert.True(form >= (value - 1e-10) * x.Sum(one => one * one));
            }
        }

        double Multiply(int[] sizes, double[] x, int g) => ((1 - within + (sizes[g] * within)) * x[g])
            + Enumerable.Range(0, x.Length).Where(k => k != g).Sum(k => between * Math.Sqrt(sizes[g] * sizes[k]) * x[k]);
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
