using MarginalConditional.Lmm.Profiles;
using MarginalConditional.Mixed;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Profiles;

/// <summary>The curves behind the picture of a profile (<see cref="ProfileTrace"/>) against the slow twin of profiles.</summary>
public sealed class TraceTests
{
    [Fact]
    public void Every_point_has_the_deviance_that_dense_matrices_and_the_simplex_find()
    {
        var frame = LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (1 | Subject)");
        var trace = ProfileIntervals.TraceOfStandardDeviation(LmmFitter.Fit(frame, new LmmOptions()));
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
