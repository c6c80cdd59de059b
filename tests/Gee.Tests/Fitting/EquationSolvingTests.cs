using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Gee.Fitting;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Tests.Fitting;

/// <summary>The parts of the search for β and α against plain loops with dense matrices.</summary>
public class EquationSolvingTests
{
    [Fact]
    public void NewtonStep_solves_and_measures_as_dense_matrices_do()
    {
        double[] information = [4, 0, 0, 1.2, 3, 0, -0.5, 0.4, 2];
        double[] score = [0.3, -0.7, 1.1];
        var newton = new NewtonStep(3);
        Assert.Equal(-1, newton.Solve(information, score));
        double[,] full = { { 4, 1.2, -0.5 }, { 1.2, 3, 0.4 }, { -0.5, 0.4, 2 } };
        var expected = Matrices.Multiply(Matrices.Inverse(full), new[,] { { 0.3 }, { -0.7 }, { 1.1 } });
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(expected[j, 0], newton.Step[j], 1e-14);
        }

        Assert.Equal(1.1 / Math.Sqrt(2 * 1.5), NewtonStep.Criterion(information, score, 1.5), 1e-14);
        Assert.Equal(1, newton.Solve([1, 0, 0, 2, 4, 0, 0, 0, 1], score));
    }

    [Theory]
    [InlineData("binomial")]
    [InlineData("poisson")]
    [InlineData("gamma")]
    [InlineData("gaussian")]
    public void IndependenceStart_ends_where_scoring_with_dense_matrices_ends(string name)
    {
        Assert.True(Family.TryParse(name, out var family));
        var sample = ClusteredSample.Create(31, family, family == Family.Gamma ? Link.Log : null, weighted: true, withOffset: true);
        var (data, state) = Start(sample, WorkingCorrelation.Independence, 1e-9, out _, out _);
        Assert.Equal(ConvergenceStatus.Converged, state.Status);
        Assert.Equal(Scored(data, [0, 0, 0], _ => 0), state.Beta, (one, other) => Math.Abs(one - other) < 1e-8);
    }

    [Theory]
    [InlineData("n-p")]
    [InlineData("geepack")]
    public void CorrelationIteration_ends_where_alternating_to_the_end_with_dense_matrices_ends(string moments)
    {
        var convention = moments == "n-p" ? MomentConvention.LiangZeger : MomentConvention.Geepack;
        var sample = ClusteredSample.Create(32, Family.Binomial, weighted: true, clusters: 80);
        var options = sample.Options(WorkingCorrelation.Exchangeable, convention);
        var (data, state) = Start(sample, options.Correlation, 0.1, out var kernel, out var pass, convention);
        var iteration = new CorrelationIteration(data, pass, new NewtonStep(3), kernel, options, repairs: false);
        iteration.Run(state);
        Assert.Equal(ConvergenceStatus.Converged, state.Status);

        var (beta, alpha, scale) = (new double[3], 0.0, 1.0);
        for (var round = 0; round < 60; round++)
        {
            var held = alpha;
            beta = Scored(data, beta, _ => held);
            (alpha, scale) = Moments(data, beta, convention);
        }

        Assert.Equal(alpha, kernel.Alpha[0], 1e-8);
        Assert.Equal(scale, iteration.Scale, 1e-8);
        Assert.Equal(beta, state.Beta, (one, other) => Math.Abs(one - other) < 1e-8);
    }

    [Fact]
    public void SeparationCheck_finds_exactly_the_directions_of_the_definition()
    {
        var random = new Sequence(33);
        var (found, complete) = (0, 0);
        for (var trial = 0; trial < 400; trial++)
        {
            // Few values, so that rows on the border are frequent.
            double[] x = [.. Enumerable.Range(0, 6).Select(_ => Math.Floor(5 * random.Uniform()) - 2)];
            double[] step = [Math.Floor(5 * random.Uniform()) - 2, 1 + Math.Floor(3 * random.Uniform())];
            double[] response =
                [.. x.Select(value => (random.Uniform() < 0.15 ? 0.5 - random.Uniform() : step[0] + (step[1] * value)) > 0 ? 1.0 : 0.0)];
            var changes = x.Select(value => step[0] + (step[1] * value)).ToArray();
            var separated = changes.Any(change => change != 0)
                && changes.Zip(response, (change, y) => y == 1 ? change >= 0 : change <= 0).All(allowed => allowed);
            var frame = new ModelFrame(
                new DesignMatrix(6, ["(Intercept)", "x"], [1, 1, 1, 1, 1, 1, .. x], ["(Intercept)", "x"]),
                response,
                new Clusters("id", [0, 3, 6], i => $"{i}"));
            var check = new SeparationCheck(new GeeData(frame, new GeeOptions { Family = Family.Binomial }), new GeeTolerances());
            var state = new IterationState(2);
            var rounds = Enumerable.Range(0, 5).Select(_ => check.IsFound(step, -1, state)).ToList();
            Assert.DoesNotContain(true, rounds.Take(4));
            if (x.Distinct().Count() == 1)
            {
                continue;
            }

            Assert.Equal(separated, rounds[4]);
            if (separated)
            {
                var all = changes.All(change => change != 0);
                Assert.Contains(
                    all ? "is completely separated along \"x\"" : "is quasi-completely separated along \"x\"",
                    state.Message,
                    StringComparison.Ordinal);
                (found, complete) = (found + 1, complete + (all ? 1 : 0));
            }
        }

        Assert.InRange(complete, 20, found - 20);
    }

    private static (GeeData Data, IterationState State) Start(
        ClusteredSample sample,
        WorkingCorrelation structure,
        double target,
        out CorrelationKernel kernel,
        out EstimatingPass pass,
        MomentConvention? moments = null)
    {
        var options = sample.Options(structure, moments);
        var data = new GeeData(sample.Frame, options);
        kernel = structure.CreateKernel(data.CorrelationInput);
        pass = new EstimatingPass(data, kernel, threads: 1);
        var state = new IterationState(data.Coefficients);
        new IndependenceStart(data, pass, new NewtonStep(data.Coefficients), options).Run(state, target);
        return (data, state);
    }

    private static double[] Scored(GeeData data, double[] start, Func<int, double> alpha)
    {
        double[] beta = [.. start];
        for (var round = 0; round < 40; round++)
        {
            var step = new EquationsTwin(data, beta, (_, _) => alpha(0)).Step;
            for (var j = 0; j < beta.Length; j++)
            {
                beta[j] += step[j, 0];
            }
        }

        return beta;
    }

    private static (double Alpha, double Scale) Moments(GeeData data, double[] beta, MomentConvention convention)
    {
        var residuals = new EquationsTwin(data, beta, (_, _) => 0).Residuals;
        var (products, pairs, weights) = (0.0, 0.0, 0.0);
        var liangZeger = convention == MomentConvention.LiangZeger;
        for (var i = 0; i < data.Frame.Clusters.Count; i++)
        {
            for (var j = data.Frame.Clusters.Start(i); j < data.Frame.Clusters.Start(i) + data.Frame.Clusters.Size(i); j++)
            {
                weights += liangZeger ? 1 : EquationsTwin.Weight(data, j);
                for (var k = data.Frame.Clusters.Start(i); k < j; k++)
                {
                    var root = Math.Sqrt(EquationsTwin.Weight(data, j) * EquationsTwin.Weight(data, k));
                    products += (liangZeger ? 1 : root) * residuals[j] * residuals[k];
                    pairs += liangZeger ? 1 : root * root;
                }
            }
        }

        var scale = residuals.Sum(residual => residual * residual) / (weights - (liangZeger ? 3 : 0));
        return (products / scale / (pairs - (liangZeger ? 3 : 0)), scale);
    }
}
