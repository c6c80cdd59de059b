using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Fitting;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Lmm.Tests.Fitting;

public sealed class BoundaryPolishTests
{
    private static readonly LmmTolerances Tolerances = new();

    /// <summary>
    /// The search comes near a singular covariance and stops: the diagonal is put at zero, and moving it back up lowers the likelihood.
    /// </summary>
    [Fact]
    public void A_diagonal_near_zero_is_put_at_zero_and_stays_there()
    {
        var likelihood = Likelihood(LinearFrames.Crossed(171, 12, 6));
        var found = Search(likelihood);
        var polish = new BoundaryPolish(likelihood, Tolerances);
        var polished = polish.Apply(found);
        Assert.Equal(ConvergenceStatus.Boundary, polished.Status);
        var at = Array.IndexOf(polished.Theta, 0.0);
        Assert.True(likelihood.Data.IsDiagonal(at) && found.Theta[at] != 0);
        Assert.True(likelihood.Evaluate(polished.Theta, []) <= found.Value + Tolerances.BoundaryRise);
        Assert.Null(polish.Escape(polished));
        foreach (var size in new[] { 0.02, 0.1, 0.5 })
        {
            var moved = (double[])polished.Theta.Clone();
            moved[at] = size;
            Assert.True(likelihood.Evaluate(moved, []) > polished.Value);
        }
    }

    [Fact]
    public void Effects_that_vary_are_left_alone()
    {
        var likelihood = Likelihood(LinearFrames.Longitudinal(172, 30, 5, slope: true));
        var found = Search(likelihood);
        Assert.Same(found, new BoundaryPolish(likelihood, Tolerances).Apply(found));
        Assert.Null(new BoundaryPolish(likelihood, Tolerances).Escape(found));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_boundary_on_which_the_likelihood_rises_is_left(bool correlated)
    {
        var likelihood = Likelihood(LinearFrames.Longitudinal(172, 30, 5, slope: true, correlated));
        var theta = new double[likelihood.Parameters];
        var value = likelihood.Evaluate(theta, []);
        var boundary = new OptimizerResult(theta, value, new double[theta.Length], ConvergenceStatus.Boundary, 0, 0);
        var better = new BoundaryPolish(likelihood, Tolerances).Escape(boundary);
        Assert.NotNull(better);
        Assert.True(likelihood.Evaluate(better, []) < value);
    }

    private static OptimizerResult Search(LinearMixedLikelihood likelihood) =>
        new QuasiNewton(likelihood, Tolerances.Search(1e-10, 200)).Minimize(likelihood.Data.Start());

    private static LinearMixedLikelihood Likelihood(ModelFrame frame) =>
        new(
            LinearMixedData.Create(frame, frame.Response, frame.Weights, ResidualStructure.Identity, []),
            restricted: true,
            fixedScale: null,
            threads: 1);
}
