using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
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

    /// <summary>
    /// Rows of mean b and residuals e (1, −2, 1): the residuals say nothing of the slopes, whose variance raises −2ℓ from zero on, and an
    /// effect without a column changes nothing. Only the intercepts leave; the slopes, at zero or off it, stay where they are to the bit.
    /// </summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(0, 0.2)]
    [InlineData(1, 0.2)]
    public void Only_effects_whose_variance_makes_the_data_likelier_leave_the_boundary(int place, double others)
    {
        foreach (var direction in new[] { 1.0, -1 })
        {
            string[] names = ["time", "nothing"];
            names = [.. names[..place], "(Intercept)", .. names[place..]];
            var likelihood = Likelihood(Independent(names, direction));
            var theta = Enumerable.Range(0, 3).Select(k => k == place ? 0 : others).ToArray();
            var value = likelihood.Evaluate(theta, []);
            foreach (var (column, name) in names.Index())
            {
                var moved = (double[])theta.Clone();
                moved[column] += 0.01;
                var change = likelihood.Evaluate(moved, []) - value;
                Assert.True(name == "nothing" ? change == 0 : name == "time" ? change > 1e-6 : change < -1e-6, $"{name}: {change}");
            }

            var boundary = new OptimizerResult(theta, value, new double[3], ConvergenceStatus.Boundary, 0, 0);
            var better = new BoundaryPolish(likelihood, Tolerances).Escape(boundary);
            Assert.NotNull(better);
            Assert.All(better.Index(), moved => Assert.True(moved.Index == place ? moved.Item > 0 : moved.Item == others));
        }
    }

    private static OptimizerResult Search(LinearMixedLikelihood likelihood) =>
        new QuasiNewton(likelihood, Tolerances.Search(1e-10, 200)).Minimize(likelihood.Data.Start());

    /// <summary>Clusters of three rows with independent effects of the columns named.</summary>
    private static ModelFrame Independent(string[] names, double direction)
    {
        const int clusters = 15;
        var (y, time) = (new double[3 * clusters], new double[3 * clusters]);
        for (var row = 0; row < y.Length; row++)
        {
            var (cluster, t) = (row / 3, row % 3);
            time[row] = direction * (t - 1);
            y[row] = (3 * Math.Sin(5 * cluster)) + (Math.Cos(3 * cluster) * (t == 1 ? -2 : 1)) + (0.1 * (t - 1) * Math.Sin(5 * cluster));
        }

        double[] Column(string name) => name == "time" ? time : [.. time.Select(_ => name == "nothing" ? 0.0 : 1)];
        return new ModelFrame(
            new DesignMatrix(y.Length, ["(Intercept)"], Column("(Intercept)"), ["(Intercept)"]),
            y,
            new Clusters("id", [.. Enumerable.Range(0, clusters + 1).Select(c => 3 * c)], LinearFrames.Label))
        {
            RandomTerms =
            [
                new RandomTermDesign(
                    "id",
                    [.. y.Select((_, row) => row / 3)],
                    clusters,
                    LinearFrames.Label,
                    names,
                    [.. names.SelectMany(Column)],
                    correlated: false),
            ],
        };
    }

    private static LinearMixedLikelihood Likelihood(ModelFrame frame) =>
        new(
            LinearMixedData.Create(frame, frame.Response, frame.Weights, ResidualStructure.Identity, []),
            restricted: true,
            fixedScale: null,
            threads: 1);
}
