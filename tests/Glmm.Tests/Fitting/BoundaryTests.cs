using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests.Fitting;

/// <summary>Solutions where the covariance of the random effects is singular.</summary>
public sealed class BoundaryTests
{
    [Fact]
    public void A_correlation_of_one_is_reached_and_reported()
    {
        // Intercept and slope are the same number in every cluster, b(1 + x): some data sets have their maximum at ρ = 1.
        for (ulong seed = 31; seed < 50; seed++)
        {
            var fit = GlmmFitter.Fit(SharedEffect(new RandomStream(seed, 0, 0)), new GlmmOptions { Family = Family.Binomial, Nodes = 9 });
            Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
            if (fit.Convergence.Status != ConvergenceStatus.Boundary)
            {
                continue;
            }

            Assert.Equal(1, Math.Abs(fit.RandomEffects[0].Correlation(0, 1)), 1e-12);
            Assert.Contains(
                "correlation of (Intercept) and x over id is estimated as 1",
                fit.Convergence.Message,
                StringComparison.Ordinal);
            Assert.All(fit.StandardErrors.ToArray(), error => Assert.InRange(error, 0.05, 1));
            var one = GlmmFitter.Fit(OneEffect(fit.Frame, fit.RandomEffects[0]), new GlmmOptions { Family = Family.Binomial, Nodes = 25 });
            Assert.Equal(one.LogLikelihood, fit.LogLikelihood, 2e-3);
            return;
        }

        Assert.Fail("No data set with a boundary solution was found.");
    }

    [Fact]
    public void Robust_standard_errors_count_the_estimated_part_of_a_singular_covariance()
    {
        // Influence does not depend on the parametrization: sandwich of the
        // iteration's own parameters, with one effect b(1, r) and r estimated.
        for (ulong seed = 31; seed < 50; seed++)
        {
            var fit = GlmmFitter.Fit(SharedEffect(new RandomStream(seed, 0, 0)), new GlmmOptions { Family = Family.Binomial, Nodes = 9 });
            if (fit.Convergence.Status != ConvergenceStatus.Boundary)
            {
                continue;
            }

            var m = fit.ParameterCount;
            var point = fit.Solution.Parameters;
            var likelihood = fit.Model.Open(fit.Nodes, fit.Solution);
            var scores = new double[likelihood.Clusters * m];
            likelihood.ClusterScores(point, scores);
            var inverse = new double[m * m];
            Assert.True(Cholesky.TryInvert(fit.Solution.Information, m, new double[m * m], inverse));
            fit.Model.Map.Jacobians(point, out _, out var reportedByScaled);
            var influence = new double[m];
            var reported = new double[m];
            var expected = new double[2];
            for (var start = 0; start < scores.Length; start += m)
            {
                Dense.Multiply(inverse, scores.AsSpan(start, m), influence);
                Dense.Multiply(reportedByScaled, influence, reported);
                expected[0] += reported[0] * reported[0];
                expected[1] += reported[1] * reported[1];
            }

            var robust = RobustCovariance.Of(fit);
            Assert.Equal(Math.Sqrt(expected[0]), Math.Sqrt(robust[0]), 1e-7);
            Assert.Equal(Math.Sqrt(expected[1]), Math.Sqrt(robust[m + 1]), 1e-7);
            Assert.All(new[] { 2, 3 }, j => Assert.InRange(Math.Sqrt(fit.JointCovariance[(j * m) + j]), 0.02, 1));
            Assert.Equal(0, fit.JointCovariance[(m * m) - 1]);
            return;
        }

        Assert.Fail("No data set with a boundary solution was found.");
    }

    private static ModelFrame SharedEffect(RandomStream stream)
    {
        const int Clusters = 60, Size = 12;
        var (x, y) = (new double[Clusters * Size], new double[Clusters * Size]);
        var offsets = new int[Clusters + 1];
        for (var c = 0; c < Clusters; c++)
        {
            var b = 1.2 * stream.NextNormal();
            for (var i = c * Size; i < (c + 1) * Size; i++)
            {
                x[i] = ((i % Size) / 6.0) - 0.9;
                y[i] = stream.NextBernoulli(1 / (1 + Math.Exp(-(0.3 + (0.5 * x[i]) + (b * (1 + x[i]))))));
            }

            offsets[c + 1] = (c + 1) * Size;
        }

        return Frame(x, y, offsets);
    }

    // With ρ = ±1 there is one effect only, on the column 1 + (σ₁/σ₀)ρx.
    private static ModelFrame OneEffect(ModelFrame frame, RandomEffectEstimate estimate)
    {
        var ratio = estimate.Covariance[1] / estimate.Covariance[0];
        var z = frame.Design.Column(1).ToArray().Select(x => 1 + (ratio * x)).ToArray();
        var term = frame.RandomTerms[0];
        return new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters)
        {
            RandomTerms =
                [new RandomTermDesign(term.Group, term.Groups.ToArray(), term.GroupCount, term.Label, ["line"], z, correlated: true)],
        };
    }

    [Fact]
    public void A_slope_without_variance_leaves_the_random_intercept_model()
    {
        // Slopes that spread less than chance: found among seeds by their boundary solution.
        for (var seed = 1; seed < 40; seed++)
        {
            var frame = SyntheticFrames.Make(seed, Family.Binomial, [40], effects: 1, size: 8);
            var n = frame.Rows;
            var z = new double[2 * n];
            z.AsSpan(0, n).Fill(1);
            frame.Design.Column(1).CopyTo(z.AsSpan(n));
            var term = frame.RandomTerms[0];
            var uncorrelated = new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters)
            {
                RandomTerms = [new RandomTermDesign(
                    term.Group,
                    term.Groups.ToArray(),
                    term.GroupCount,
                    term.Label,
                    ["(Intercept)", "x"],
                    z,
                    correlated: false)],
            };
            var fit = GlmmFitter.Fit(uncorrelated, new GlmmOptions { Family = Family.Binomial, Nodes = 15 });
            Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
            if (fit.RandomEffects[0].StandardDeviations[1] != 0)
            {
                continue;
            }

            var intercept = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, Nodes = 15 });
            Assert.Equal(ConvergenceStatus.Boundary, fit.Convergence.Status);
            Assert.Equal(intercept.LogLikelihood, fit.LogLikelihood, 1e-7);
            Assert.Equal(intercept.Coefficients[1], fit.Coefficients[1], 1e-5);
            Assert.Equal(intercept.StandardErrors[1], fit.StandardErrors[1], 1e-4);
            return;
        }

        Assert.Fail("No data set with a boundary solution was found.");
    }

    private static ModelFrame Frame(double[] x, double[] y, int[] offsets)
    {
        var n = x.Length;
        var design = new double[2 * n];
        design.AsSpan(0, n).Fill(1);
        x.CopyTo(design, n);
        var groups = new int[n];
        for (var c = 0; c + 1 < offsets.Length; c++)
        {
            groups.AsSpan(offsets[c], offsets[c + 1] - offsets[c]).Fill(c);
        }

        return new ModelFrame(
            new DesignMatrix(n, ["(Intercept)", "x"], design, ["(Intercept)", "x"]),
            y,
            new Clusters("id", offsets, i => $"{i}"))
        {
            RandomTerms = [new RandomTermDesign(
                "id",
                groups,
                offsets.Length - 1,
                i => $"{i}",
                ["(Intercept)", "x"],
                (double[])design.Clone(),
                correlated: true)],
        };
    }
}
