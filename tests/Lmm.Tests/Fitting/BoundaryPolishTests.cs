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

    /// <summary>
    /// Effects of one common direction, θ = size (cos, sin, 0): they leave across it, along the one direction in which Ψ is zero, and in no
    /// other way, at any size of what they have.
    /// </summary>
    [Theory]
    [InlineData(0.3, 2)]
    [InlineData(1.2, 0.7)]
    [InlineData(1.5707963267948966, 0.5)]
    [InlineData(2.5, 3)]
    [InlineData(0.3, 50)]
    public void Effects_of_one_direction_leave_across_it(double angle, double size)
    {
        var likelihood = Likelihood(LinearFrames.Longitudinal(173, 30, 5, slope: true, between: 60));
        AssertLeavesAlong(likelihood, Tolerances, [size * Math.Cos(angle), size * Math.Sin(angle), 0], [-Math.Sin(angle), Math.Cos(angle)]);
    }

    /// <summary>What counts as zero is a share of the largest variance, or of one, and the share itself still does.</summary>
    [Theory]
    [InlineData(10, 0.7, 0.01)]
    [InlineData(1, 0.5, 0.25)]
    [InlineData(0.5, 0.09, 0.01)]
    [InlineData(10, 2, 0.01)]
    [InlineData(1, 0.5, 0.24)]
    public void Directions_next_to_zero_are_left_as_those_at_zero(double large, double small, double share)
    {
        var likelihood = Likelihood(LinearFrames.Longitudinal(173, 30, 5, slope: true, between: 60));
        var counts = small * small <= share * Math.Max(1, large * large);
        AssertLeavesAlong(likelihood, Tolerances with { NullDirection = share }, [large, 0, small], counts ? [0, 1] : null);
        AssertLeavesAlong(likelihood, Tolerances with { NullDirection = share }, [small, 0, large], counts ? [1, 0] : null);
    }

    /// <summary>Of two effects at zero the one goes whose variance makes the data likelier first, wherever its column stands.</summary>
    [Theory]
    [InlineData(true, 2.8)]
    [InlineData(false, 2.8)]
    [InlineData(true, 2.2)]
    [InlineData(false, 2.2)]
    public void Of_two_correlated_effects_at_zero_the_steeper_one_leaves(bool interceptFirst, double slopes)
    {
        const int subjects = 24;
        var (y, time) = (new double[3 * subjects], new double[3 * subjects]);
        for (var row = 0; row < y.Length; row++)
        {
            var subject = row / 3;
            time[row] = (row % 3) - 1;
            y[row] = (2 * Math.Sin(5 * subject)) + (slopes * time[row] * Math.Sin((5 * subject) + 0.4))
                + (0.3 * Math.Cos(3 * subject) * (time[row] == 0 ? -2 : 1));
        }

        double[] ones = [.. time.Select(_ => 1.0)];
        var (names, columns) = interceptFirst
            ? (new[] { "(Intercept)", "time" }, (double[])[.. ones, .. time])
            : (["time", "(Intercept)"], [.. time, .. ones]);
        var likelihood = Likelihood(Subjects(y, [new RandomTermDesign(
            "id", [.. y.Select((_, row) => row / 3)], subjects, LinearFrames.Label, names, columns, correlated: true)]));
        double Gain(double first, double second) => likelihood.Evaluate([0, 0, 0], []) - likelihood.Evaluate([first, 0, second], []);
        var (gain, other) = (Gain(0.01, 0), Gain(0, 0.01));
        Assert.True(gain > 0 && other > 0 && gain > other == (slopes < 2.5 == interceptFirst), $"{gain} {other}");
        AssertLeavesAlong(likelihood, Tolerances, [0, 0, 0], gain > other ? [1, 0] : [0, 1]);
    }

    /// <summary>
    /// Slopes that the residuals contradict and an effect without a column stay where they are while the intercepts beside them leave.
    /// </summary>
    [Fact]
    public void Correlated_effects_that_nothing_asks_for_stay_at_zero()
    {
        var frame = Independent(["(Intercept)", "time", "nothing"], 1);
        var all = frame.RandomTerms[0];
        double[] Column(int k) => all.Column(k).ToArray();
        RandomTermDesign Term(string[] names, double[] columns) => new(
            "id", [.. Enumerable.Range(0, frame.Rows).Select(row => row / 3)], all.GroupCount, LinearFrames.Label, names, columns, true);
        var likelihood = Likelihood(Subjects(
            frame.Response.ToArray(), [Term(["(Intercept)"], Column(0)), Term(["time", "nothing"], [.. Column(1), .. Column(2)])]));
        var theta = new double[4];
        var boundary = new OptimizerResult(theta, likelihood.Evaluate(theta, []), new double[4], ConvergenceStatus.Boundary, 0, 0);
        var better = new BoundaryPolish(likelihood, Tolerances).Escape(boundary);
        Assert.NotNull(better);
        Assert.True(better[0] > 0);
        Assert.Equal([0, 0, 0], better[1..]);
    }

    /// <summary>
    /// The variance of items that cross subjects leaves zero where the likelihood rises with it, and only there, whatever each single item
    /// says: the data sets have items that differ and items that differ less than by chance. So it does with all effects side by side.
    /// </summary>
    [Theory]
    [InlineData("intercepts", 1)]
    [InlineData("nested inside", 1)]
    [InlineData("slopes on both", 0)]
    public void The_variance_of_crossed_groups_leaves_zero_where_the_likelihood_rises_with_it(string shape, int leastThatStay)
    {
        var (left, stayed) = (0, 0);
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var frame = CrossedFrames.Of(shape, seed);
            var numbers = new Numbers(seed);
            var response = frame.Response.ToArray().Select(_ => numbers.Normal()).ToArray();
            var likelihood = LmmFitter.Likelihood(frame, response, new LmmOptions());
            Assert.NotNull(likelihood.Crossed);
            var theta = new double[likelihood.Parameters];
            var value = likelihood.Evaluate(theta, []);
            var rises = false;
            for (var k = 0; k < theta.Length; k++)
            {
                if (likelihood.Data.IsDiagonal(k))
                {
                    double[] moved = [.. theta];
                    moved[k] = 0.01;
                    rises |= likelihood.Evaluate(moved, []) < value;
                }
            }

            var boundary = new OptimizerResult(theta, value, new double[theta.Length], ConvergenceStatus.Boundary, 0, 0);
            var better = new BoundaryPolish(likelihood, Tolerances).Escape(boundary);
            Assert.Equal(rises, better is not null);
            var spread = new LinearMixedLikelihood(likelihood.Data.Spread(frame.RandomTerms), likelihood.Restricted, null, threads: 1);
            Assert.Equal(value, spread.Evaluate(theta, new double[theta.Length]), 1e-9);
            Assert.Equal(rises, new BoundaryPolish(spread, Tolerances).Escape(boundary) is not null);
            left += rises ? 1 : 0;
            stayed += rises ? 0 : 1;
        }

        Assert.True(left > 0 && stayed >= leastThatStay, $"{left} left, {stayed} stayed");
    }

    /// <summary>
    /// From θ, two effects of one term, the search goes on at Ψ + 0.1 nnᵀ and what makes it definite, where −2ℓ is less; nowhere for no n.
    /// </summary>
    private static void AssertLeavesAlong(LinearMixedLikelihood likelihood, LmmTolerances tolerances, double[] theta, double[]? n)
    {
        var value = likelihood.Evaluate(theta, []);
        var boundary = new OptimizerResult(theta, value, new double[3], ConvergenceStatus.Boundary, 0, 0);
        var better = new BoundaryPolish(likelihood, tolerances).Escape(boundary);
        if (n is null)
        {
            Assert.Null(better);
            return;
        }

        Assert.NotNull(better);
        Assert.True(likelihood.Evaluate(better, []) < value);
        var (before, after) = (Covariance(theta), Covariance(better));
        double[] gained = [n[0] * n[0], n[0] * n[1], n[1] * n[1]];
        for (var k = 0; k < 3; k++)
        {
            var expected = before[k] + (tolerances.VarianceOffBoundary * gained[k]) + (k == 1 ? 0 : 1e-8);
            Assert.Equal(expected, after[k], 1e-10 + (1e-13 * before.Max()));
        }

        static double[] Covariance(double[] l) => [l[0] * l[0], l[0] * l[1], (l[1] * l[1]) + (l[2] * l[2])];
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
        return Subjects(y, [new RandomTermDesign(
            "id",
            [.. y.Select((_, row) => row / 3)],
            clusters,
            LinearFrames.Label,
            names,
            [.. names.SelectMany(Column)],
            correlated: false)]);
    }

    /// <summary>A mean, and clusters of three rows.</summary>
    private static ModelFrame Subjects(double[] y, IReadOnlyList<RandomTermDesign> terms) => new(
        new DesignMatrix(y.Length, ["(Intercept)"], [.. y.Select(_ => 1.0)], ["(Intercept)"]),
        y,
        new Clusters("id", [.. Enumerable.Range(0, (y.Length / 3) + 1).Select(c => 3 * c)], LinearFrames.Label))
    {
        RandomTerms = terms,
    };

    private static LinearMixedLikelihood Likelihood(ModelFrame frame) =>
        new(
            LinearMixedData.Create(frame, frame.Response, frame.Weights, ResidualStructure.Identity, []),
            restricted: true,
            fixedScale: null,
            threads: 1);
}
