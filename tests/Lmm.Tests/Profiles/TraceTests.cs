using MarginalConditional.Lmm.Profiles;
using MarginalConditional.Mixed;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Profiles;

/// <summary>The curves behind the picture of a profile (<see cref="ProfileTrace"/>) against the slow twin of profiles.</summary>
public sealed class TraceTests
{
    [Fact]
    public void Curves_have_the_intervals_of_the_table_and_do_not_depend_on_each_other()
    {
        var fit = LmmFitter.Fit(LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)"), new LmmOptions());
        var table = ProfileIntervals.OfCovariance(fit);
        var traces = ProfileIntervals.TracesOfStandardDeviations(fit, [(0, 1), (0, 0)]);
        Assert.Equal([table[1], table[0]], traces.Select(trace => trace.Interval));
        Assert.Equal(
            traces[0].Points, Assert.Single(ProfileIntervals.TracesOfStandardDeviations(fit, [(0, 1)])).Points);
        Assert.All(traces, trace => Assert.Equal(25, trace.Points.Count));
    }

    [Fact]
    public void A_fit_without_a_maximum_has_no_curve()
    {
        var frame = LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)");
        var unfinished = LmmFitter.Fit(frame, new LmmOptions { MaximumIterations = 1 });
        var trace = Assert.Single(ProfileIntervals.TracesOfStandardDeviations(unfinished, [(0, 0)]));
        Assert.Empty(trace.Points);
        Assert.Equal((double.NaN, double.NaN), (trace.Interval.Lower, trace.Interval.Upper));
    }

    /// <summary>Evaluations for one limit and no more: what a budget does not allow is left out, and the search ends.</summary>
    [Fact]
    public void A_budget_ends_the_curves_as_it_ends_the_table()
    {
        var frame = LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)");
        var poor = new LmmOptions { Tolerances = new LmmTolerances { AllProfileEvaluations = 60 } };
        var fit = LmmFitter.Fit(frame, poor);
        var traces = ProfileIntervals.TracesOfStandardDeviations(fit, [(0, 0), (0, 1)]);
        Assert.All(traces, trace => Assert.True(trace.Interval.RanOut));
        Assert.All(traces, trace => Assert.Empty(trace.Points));
    }

    [Fact]
    public void Effects_that_a_fit_does_not_have_have_no_curve()
    {
        var frame = LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (1 | Subject)");
        var fit = LmmFitter.Fit(frame, new LmmOptions());
        foreach (var effect in new[] { (-1, 0), (1, 0), (0, -1), (0, 1) })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => ProfileIntervals.TracesOfStandardDeviations(fit, [(0, 0), effect]));
        }

        var known = LmmFitter.Fit(frame, new LmmOptions { FixedResidualVariance = 900 });
        Assert.Throws<ArgumentException>(() => ProfileIntervals.TracesOfStandardDeviations(known, [(0, 0)]));
    }

    [Fact]
    public void Every_point_has_the_deviance_that_dense_matrices_and_the_simplex_find()
    {
        var frame = LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (1 | Subject)");
        var trace = Assert.Single(ProfileIntervals.TracesOfStandardDeviations(LmmFitter.Fit(frame, new LmmOptions()), [(0, 0)]));
        var least = ConstrainedLikelihood.Minimum(frame, Covariance, [trace.Interval.Estimate, 30], 2, -1);
        Assert.Equal(25, trace.Points.Count);
        foreach (var (value, deviance) in trace.Points)
        {
            Assert.Equal(ConstrainedLikelihood.Minimum(frame, Covariance, [value, 30], 2, 0) - least, deviance, 1e-4);
        }

        Matrix<double> Covariance(int cluster, double[] natural)
        {
            var size = frame.Clusters.Size(cluster);
            return Matrix<double>.Build.Dense(size, size, (i, j) =>
                (natural[0] * natural[0]) + (i == j ? natural[1] * natural[1] : 0));
        }
    }
}
