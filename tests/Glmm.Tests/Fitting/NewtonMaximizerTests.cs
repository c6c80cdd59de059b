using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Tests.Fitting;

/// <summary><see cref="NewtonMaximizer"/>: at the top the gradient is zero and its information is that of central differences.</summary>
public sealed class NewtonMaximizerTests
{
    [Theory]
    [InlineData("binomial", 9)]
    [InlineData("binomial", 1)]
    [InlineData("gamma", 5)]
    public void At_the_top_the_gradient_is_zero_and_the_information_is_its_difference(string name, int nodes)
    {
        Assert.True(Family.TryParse(name, out var family));
        var model = new PreparedModel(
            SyntheticFrames.Make(2, family, [40], size: 8),
            new GlmmOptions { Family = family, Link = family == Family.Gamma ? Link.Log : null, Threads = 1 });
        var likelihood = model.Open(nodes);
        var maximizer = new NewtonMaximizer(likelihood, new GlmmTolerances());
        Assert.True(maximizer.Climb(StartingValues.Of(model).Parameters, 100, 1e-9).Converged);
        maximizer.FinishInformation();
        var m = likelihood.ParameterCount;
        var (gradient, above, below) = (new double[m], new double[m], new double[m]);
        Assert.Equal(maximizer.Value, likelihood.Evaluate(maximizer.Parameters, EvaluationNeeds.Gradient, gradient, []), 1e-9);
        for (var j = 0; j < m; j++)
        {
            const double Step = 1e-4;
            Assert.Equal(0, gradient[j], 1e-5);
            var moved = (double[])maximizer.Parameters.Clone();
            moved[j] += Step;
            likelihood.Evaluate(moved, EvaluationNeeds.Gradient, above, []);
            moved[j] -= 2 * Step;
            likelihood.Evaluate(moved, EvaluationNeeds.Gradient, below, []);
            for (var l = 0; l < m; l++)
            {
                var scale = Math.Sqrt(maximizer.Curvature[j * (m + 1)] * maximizer.Curvature[l * (m + 1)]);
                Assert.Equal((below[l] - above[l]) / (2 * Step), maximizer.Curvature[(j * m) + l], 1e-4 * scale);
            }
        }
    }

    /// <summary>Differences that have to be paid for by steps are fewer, and the top is the same.</summary>
    [Fact]
    public void Rationed_differences_lead_to_the_same_top()
    {
        var model = new PreparedModel(
            SyntheticFrames.Make(2, Family.Binomial, [40], size: 8), new GlmmOptions { Family = Family.Binomial, Threads = 1 });
        var start = StartingValues.Of(model).Parameters;
        var free = new NewtonMaximizer(model.Open(1), new GlmmTolerances());
        Assert.True(free.Climb(start, 100, 1e-7).Converged);
        var rationed = new NewtonMaximizer(model.Open(1), new GlmmTolerances { DifferencedGradients = 0, KeepRatio = 1e-3 });
        Assert.True(rationed.Climb(start, 100, 1e-7).Converged);
        Assert.Equal(free.Value, rationed.Value, 1e-9);
        for (var j = 0; j < start.Length; j++)
        {
            Assert.Equal(free.Parameters[j], rationed.Parameters[j], 1e-5);
        }
    }

    [Fact]
    public void A_climb_cut_short_says_so()
    {
        var model = new PreparedModel(
            SyntheticFrames.Make(2, Family.Binomial, [40]),
            new GlmmOptions { Family = Family.Binomial, Threads = 1 });
        var maximizer = new NewtonMaximizer(model.Open(9), new GlmmTolerances { LongestStep = 0.01 });
        var convergence = maximizer.Climb(new double[model.Map.ParameterCount], 2, 1e-9);
        Assert.Equal((ConvergenceStatus.IterationLimit, 2), (convergence.Status, convergence.Iterations));
        Assert.All(maximizer.Parameters, parameter => Assert.InRange(Math.Abs(parameter), 0, 0.02 + 1e-12));
    }
}
