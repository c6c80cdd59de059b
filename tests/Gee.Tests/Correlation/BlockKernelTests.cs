using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Tests.Support;

namespace MarginalConditional.Gee.Tests.Correlation;

/// <summary>Block exchangeable correlation, complete and not, against dense matrices and single pairs.</summary>
public class BlockKernelTests
{
    [Theory]
    [InlineData(0.3, 0.1, 0.5)]
    [InlineData(0.1, 0.05, 0.1)]
    [InlineData(0, 0, 0)]
    public void CompleteBlockKernel_whitens_by_a_factor_of_the_inverse(double period, double neither, double individual)
    {
        var input = KernelTwin.Complete(3, MomentConvention.LiangZeger);
        var layout = new BlockLayout(input, SubclusterCodes.Within(input.Frame, "individual"));
        Assert.True(layout.IsComplete);
        KernelTwin.Whitens(
            new CompleteBlockKernel(input, layout),
            input.Frame,
            [period, neither, individual],
            Correlation(input, "individual", period, neither, individual));
    }

    [Theory]
    [InlineData(0.3, 0.1, 0.5)]
    [InlineData(0.1, 0.05, 0.1)]
    public void IncompleteBlockKernel_whitens_by_a_factor_of_the_inverse(double period, double neither, double individual)
    {
        var input = KernelTwin.Input(3, MomentConvention.LiangZeger);
        var layout = new BlockLayout(input, SubclusterCodes.Within(input.Frame, "group"));
        Assert.False(layout.IsComplete);
        KernelTwin.Whitens(
            new IncompleteBlockKernel(input, layout),
            input.Frame,
            [period, neither, individual],
            Correlation(input, "group", period, neither, individual));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BlockLayout_averages_the_products_of_the_three_kinds_of_pairs(bool weighted)
    {
        foreach (var moments in new[] { MomentConvention.LiangZeger, MomentConvention.Geepack })
        {
            var complete = KernelTwin.Complete(4, moments, weighted);
            var own = SubclusterCodes.Within(complete.Frame, "individual");
            KernelTwin.Estimates(new CompleteBlockKernel(complete, new BlockLayout(complete, own)), complete, Kinds(complete, own));
            var input = KernelTwin.Input(4, moments, weighted);
            var groups = SubclusterCodes.Within(input.Frame, "group");
            KernelTwin.Estimates(new IncompleteBlockKernel(input, new BlockLayout(input, groups)), input, Kinds(input, groups));
        }
    }

    private static Func<int, int, int> Kinds(CorrelationInput input, int[] individuals) =>
        (j, k) => individuals[j] == individuals[k] ? 2 : input.Frame.Waves[j] == input.Frame.Waves[k] ? 0 : 1;

    private static Func<int, int, double> Correlation(
        CorrelationInput input,
        string column,
        double period,
        double neither,
        double individual)
    {
        var kinds = Kinds(input, SubclusterCodes.Within(input.Frame, column));
        return (j, k) => new[] { period, neither, individual }[kinds(j, k)];
    }
}
