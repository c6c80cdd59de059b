using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Fitting;

/// <summary>Of a normal outcome on the identity link one node is all nodes.</summary>
public sealed class ExactIntegralTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_number_of_nodes_gives_the_same_likelihood(int effects)
    {
        var frame = SyntheticFrames.Make(7, Family.Gaussian, [20], size: 6, effects: effects);
        var one = Fit(frame, 1);
        foreach (var nodes in (int[])[5, 15])
        {
            var many = Fit(frame, nodes);
            Assert.Equal(one.LogLikelihood, many.LogLikelihood, 1e-10);
            Assert.Equal(nodes, many.Nodes);
        }
    }

    [Fact]
    public void It_is_what_quadrature_that_does_not_adapt_comes_to()
    {
        // Fixed nodes take no short cut, so they are evidence: with many of them, at the solution, the same number.
        var frame = SyntheticFrames.Make(7, Family.Gaussian, [20], size: 3, effects: 1);
        var fit = Fit(frame, 15);
        var options = new GlmmOptions { Family = Family.Gaussian, Nodes = 100, Adaptive = false, CheckNodes = false, Threads = 1 };
        var likelihood = new PreparedModel(frame, options).Open(100);
        Assert.Equal(fit.LogLikelihood, likelihood.Evaluate(fit.Solution.Parameters, EvaluationNeeds.Value, [], []), 1e-6);
    }

    private static GlmmFit Fit(Data.Frames.ModelFrame frame, int nodes) => GlmmFitter.Fit(
        frame, new GlmmOptions { Family = Family.Gaussian, Nodes = nodes, CheckNodes = false, Threads = 1 });
}
