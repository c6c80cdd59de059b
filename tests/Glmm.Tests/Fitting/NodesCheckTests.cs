using MarginalConditional.Glmm.Fitting;

namespace MarginalConditional.Glmm.Tests.Fitting;

public sealed class NodesCheckTests
{
    [Fact]
    public void A_change_beyond_the_tolerance_is_said_with_both_numbers_of_nodes()
    {
        Assert.Equal(
            "With 5 nodes a dimension instead of 1 node (the Laplace approximation) the log-likelihood at the solution changes by -0.25; "
                + "use more --nodes, or --nodes auto.",
            NodesCheck.Sentence(1, 5, () => -0.25, 0.01, ", or --nodes auto"));
        Assert.Equal(
            "With 23 nodes a dimension instead of 15 nodes the log-likelihood at the solution changes by 0.125; use more --nodes.",
            NodesCheck.Sentence(15, 23, () => 0.125, 0.01));
        Assert.Null(NodesCheck.Sentence(15, 23, () => 0.009, 0.01));
    }

    /// <summary>As many nodes, or fewer, where more would take too long: nothing is compared with itself.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(25, 21)]
    public void Without_more_nodes_to_try_nothing_is_asked(int nodes, int more) =>
        Assert.Null(NodesCheck.Sentence(nodes, more, () => throw new InvalidOperationException(), 0.01));
}
