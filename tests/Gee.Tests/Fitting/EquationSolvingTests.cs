using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Gee.Fitting;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Separation;

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

    /// <summary>
    /// One factor of all weights is one of the scale alone. Starting means of rows that weigh much are near 0 and 1, from where a scoring
    /// step by links that are not symmetric may lead to the end of the range of means.
    /// </summary>
    [Theory]
    [InlineData("cloglog", 1e3)]
    [InlineData("cloglog", 1e8)]
    [InlineData("probit", 1e6)]
    [InlineData("logit", 1e8)]
    public void Weights_of_any_size_end_at_the_same_coefficients(string name, double size)
    {
        Assert.True(Link.TryParse(name, out var link));
        var sample = ClusteredSample.Create(34, Family.Binomial, link, weighted: true);
        var heavy = sample with
        {
            Frame = new ModelFrame(sample.Frame.Design, sample.Frame.Response.ToArray(), sample.Frame.Clusters)
            {
                Weights = [.. sample.Frame.Weights.ToArray().Select(weight => size * weight)],
            },
        };
        var (data, one) = Start(sample, WorkingCorrelation.Independence, 1e-9, out _, out _);
        var (_, other) = Start(heavy, WorkingCorrelation.Independence, 1e-9, out _, out _);
        Assert.Equal((ConvergenceStatus.Converged, ConvergenceStatus.Converged), (one.Status, other.Status));
        Assert.Equal(Scored(data, one.Beta, _ => 0), one.Beta, (first, second) => Math.Abs(first - second) < 1e-8);
        Assert.Equal(one.Beta, other.Beta, (first, second) => Math.Abs(first - second) < 1e-8);
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
        var iteration = new CorrelationIteration(data, pass, new NewtonStep(3), kernel, options, repairs: false, penalty: null);
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

    [Theory]
    [InlineData("logit")]
    [InlineData("probit")]
    [InlineData("cloglog")]
    public void OverlapCheck_is_certain_only_where_nothing_is_separated(string name)
    {
        Assert.True(Link.TryParse(name, out var link));
        var random = new Sequence(33);
        var (certain, separated) = (0, 0);
        for (var trial = 0; trial < 300; trial++)
        {
            double[] x = [.. Enumerable.Range(0, 8).Select(_ => Math.Floor(5 * random.Uniform()) - 2)];
            double[] y = [.. x.Select(value => random.Uniform() < 0.2 ? 0 : value > 0 ? 1.0 : 0)];
            var frame = new ModelFrame(
                new DesignMatrix(8, ["(Intercept)", "x"], [1, 1, 1, 1, 1, 1, 1, 1, .. x], ["(Intercept)", "x"]),
                y,
                new Clusters("id", [0, 4, 8], i => $"{i}"));
            var options = new GeeOptions { Family = Family.Binomial, Link = link, Correlation = WorkingCorrelation.Independence };
            var fit = GeeFitter.Fit(frame, options);
            var check = new OverlapCheck(new GeeData(frame, options));
            var searched = SeparatedRows.Find(frame.Design.Values, 2, RowSides.Of(Family.Binomial, link, y, []));
            Assert.Equal(searched is not null, fit.Separated is not null);
            Assert.Equal(searched is not null, check.Finds());
            separated += searched is null ? 0 : 1;
            if (searched is null && fit.Convergence.Converged && x.Distinct().Count() > 1)
            {
                var fresh = new OverlapCheck(new GeeData(frame, options));
                Assert.True(fresh.IsCertain(fit.Coefficients.ToArray(), [1e-9, 1e-9], [1e-9, 1e-9]));
                certain++;
            }
        }

        Assert.True(certain > 50 && separated > 50, $"{certain} {separated}");
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
