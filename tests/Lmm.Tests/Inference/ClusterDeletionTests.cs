using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Residual;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Inference;

/// <summary><see cref="ClusterDeletion"/> against generalized least squares without each cluster, with the covariance in full.</summary>
public sealed class ClusterDeletionTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Leaving_a_cluster_out_is_least_squares_without_its_rows(bool random)
    {
        var frame = LinearFrames.Longitudinal(141, 12, 4, slope: random, random: random);
        AssertTwin(frame, LmmFitter.Fit(
            frame, new LmmOptions { Residual = random ? ResidualStructure.Identity : ResidualStructure.FirstOrderAutoregression }));
    }

    [Fact]
    public void Sites_that_contain_crossed_groups_can_be_left_out()
    {
        var frame = CrossedFrames.WithinSites(142);
        AssertTwin(frame, LmmFitter.Fit(frame, new LmmOptions()));
    }

    [Fact]
    public void Crossed_effects_of_all_rows_leave_no_cluster_to_be_left_out() =>
        Assert.False(ClusterDeletion.IsDefined(LmmFitter.Fit(CrossedFrames.Of("slopes", 3), new LmmOptions())));

    /// <summary>
    /// lme4 1.1: V = σ²(ZΛΛᵀZᵀ + I) by getME, β̂ without each subject by solve(), distances by vcov(), as in HLMdiag's
    /// <c>cooks.distance</c>.
    /// </summary>
    [Fact]
    public void Distances_of_sleepstudy_are_those_of_lme4()
    {
        var fit = LmmFitter.Fit(LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)", null, null), new LmmOptions());
        var deleted = ClusterDeletion.Of(fit);
        Assert.Equal("Subject", deleted.Clusters.Name);
        Assert.Equal(["309", "335", "337"], deleted.Distances.Descending.Take(3).Select(i => deleted.Clusters.Labels[i]));
        Assert.All(deleted.Clusters.Sizes, size => Assert.Equal(10, size));
        double[] expected =
        [
            0.092417, 0.148523, 0.110521, 0.083415, 0.056387, 0.006315, 0.020970, 0.006216, 0.129480, 0.125996, 0.051582, 0.074399,
            0.013795, 0.034249, 0.001198, 0.091721, 0.001264, 0.010368,
        ];
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], deleted.Distances.Values[i], 2e-5);
        }
    }

    private static void AssertTwin(ModelFrame frame, LmmFit fit)
    {
        Assert.True(ClusterDeletion.IsDefined(fit));
        var deleted = ClusterDeletion.Of(fit);
        var (v, x, y) = (DenseLikelihood.Covariance(fit), DenseLikelihood.Design(frame), DenseLikelihood.Response(frame));
        var (whole, covariance) = LeastSquares(v, x, y);
        Assert.Equal(frame.Clusters.Count, deleted.Clusters.Labels.Count);
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var (start, size) = (frame.Clusters.Start(c), frame.Clusters.Size(c));
            int[] kept = [.. Enumerable.Range(0, frame.Rows).Where(row => row < start || row >= start + size)];
            var part = Matrix<double>.Build.Dense(kept.Length, kept.Length, (i, j) => v[kept[i], kept[j]]);
            var (without, _) = LeastSquares(
                part,
                Matrix<double>.Build.Dense(kept.Length, x.ColumnCount, (i, j) => x[kept[i], j]),
                Vector<double>.Build.Dense(kept.Length, i => y[kept[i]]));
            var change = whole - without;
            Assert.Equal((frame.Clusters.Label(c), size), (deleted.Clusters.Labels[c], deleted.Clusters.Sizes[c]));
            Relative.Equal(change.ToArray(), deleted.Changes.Slice(c * x.ColumnCount, x.ColumnCount), 1e-7);
            Relative.Equal(change * covariance.Inverse() * change / x.ColumnCount, deleted.Distances.Values[c], 1e-7);
        }
    }

    private static (Vector<double> Coefficients, Matrix<double> Covariance) LeastSquares(
        Matrix<double> v, Matrix<double> x, Vector<double> y)
    {
        var inverse = v.Inverse();
        var covariance = (x.Transpose() * inverse * x).Inverse();
        return (covariance * x.Transpose() * inverse * y, covariance);
    }
}
