using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace MarginalConditional.Glmm.Tests.Inference;

/// <summary><see cref="ClusterDeletion"/> against its definition by dense algebra, and against fits without a cluster.</summary>
public sealed class ClusterDeletionTests
{
    private static readonly GlmmFit Fit = GlmmFitter.Fit(
        ReferenceCase.Frame("sites30", "y ~ t + x + (1 | site)"), new GlmmOptions { Family = Family.Binomial, Nodes = 25 });

    [Fact]
    public void Distances_are_changes_in_units_of_the_coefficients_own_covariance()
    {
        var deleted = ClusterDeletion.Of(Fit);
        var (p, m) = (Fit.Coefficients.Length, Fit.ParameterCount);
        var all = Matrix<double>.Build.Dense(m, m, Fit.JointCovariance.ToArray());
        var information = all.SubMatrix(0, p, 0, p).Inverse();
        var steps = ClusterCurvature.Deletions(Fit);
        for (var c = 0; c < Fit.Frame.Clusters.Count; c++)
        {
            var change = Vector<double>.Build.Dense(steps.AsSpan(c * m, p).ToArray());
            Assert.Equal(change.ToArray(), deleted.Changes.Slice(c * p, p).ToArray());
            Assert.Equal(change * information * change / p, deleted.Distances.Values[c], 1e-9);
            Assert.Equal(Fit.Frame.Clusters.Label(c), deleted.Clusters.Labels[c]);
            Assert.Equal(Fit.Frame.Clusters.Size(c), deleted.Clusters.Sizes[c]);
        }
    }

    [Fact]
    public void The_cluster_that_moves_the_estimates_most_does_so_by_a_fit_without_it_too()
    {
        var deleted = ClusterDeletion.Of(Fit);
        var p = Fit.Coefficients.Length;
        var all = Matrix<double>.Build.Dense(Fit.ParameterCount, Fit.ParameterCount, Fit.JointCovariance.ToArray());
        var information = all.SubMatrix(0, p, 0, p).Inverse();
        double Exact(int cluster)
        {
            var without = GlmmFitter.Fit(FrameSubset.WithoutCluster(Fit.Frame, cluster), Fit.Options);
            var change = Vector<double>.Build.Dense(p, j => Fit.Coefficients[j] - without.Coefficients[j]);
            return change * information * change / p;
        }

        var (first, last) = (deleted.Distances.Descending[0], deleted.Distances.Descending[^1]);
        var exact = Exact(first);
        Assert.InRange(deleted.Distances.Values[first] / exact, 0.7, 1.4);
        Assert.True(exact > 10 * Exact(last));
    }

    [Fact]
    public void A_fit_without_a_covariance_leaves_no_cluster_out()
    {
        var bare = GlmmFitter.Fit(Fit.Frame, Fit.Options with { ComputeCovariance = false });
        Assert.False(ClusterDeletion.IsDefined(bare));
        Assert.Throws<ArgumentException>(() => ClusterDeletion.Of(bare));
    }

    [Fact]
    public void Groupings_that_are_nested_leave_out_groups_of_the_coarser_one()
    {
        var fit = GlmmFitter.Fit(
            ReferenceCase.Frame("pastes", "strength ~ 1 + (1 | batch/cask)"),
            new GlmmOptions { Family = Family.Gaussian, Nodes = 1 });
        var deleted = ClusterDeletion.Of(fit);
        Assert.Equal("batch", deleted.Clusters.Name);
        Assert.All(deleted.Clusters.Sizes, size => Assert.Equal(6, size));
    }

    /// <summary>Bins add up to what they are made of.</summary>
    [Fact]
    public void Binned_residuals_are_those_around_the_means_over_all_clusters()
    {
        var bins = MarginalResiduals.Binned(Fit);
        var means = PredictedMeans.Marginal(Fit, out _);
        var sum = 0.0;
        for (var row = 0; row < means.Length; row++)
        {
            sum += Fit.Frame.Response[row] - means[row];
        }

        Assert.Equal(sum, bins.Sum(bin => bin.Rows * bin.Residual.Estimate), 1e-9);
        Assert.Equal(Fit.Frame.Rows, bins.Sum(bin => bin.Rows));
        Assert.Equal(means.Min(), bins[0].Fitted, 0.1);
    }

    /// <summary>
    /// Errors of binary outcomes are no less than the model says, with p(1 − p)/n each: bins whose outcomes are all 0 are not surer than
    /// that. Rows without weight count for nothing.
    /// </summary>
    [Fact]
    public void Errors_of_binned_residuals_are_no_less_than_those_of_the_binomial_law()
    {
        var frame = SyntheticFrames.Make(3, Family.Binomial, [15]);
        double[] weights = [.. Enumerable.Range(0, frame.Rows).Select(row => row % 7 == 3 ? 0.0 : 1 + (row % 2))];
        var fit = GlmmFitter.Fit(
            new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters)
            {
                RandomTerms = frame.RandomTerms,
                Weights = weights,
            },
            new GlmmOptions { Family = Family.Binomial, Nodes = 5 });
        var means = PredictedMeans.Marginal(fit, out _);
        double[] residuals = [.. means.Select((mean, row) => frame.Response[row] - mean)];
        double[] variances = [.. means.Select((mean, row) => weights[row] == 0 ? 0 : mean * (1 - mean) / weights[row])];
        var bins = MarginalResiduals.Binned(fit);
        Assert.Equal(ResidualBin.Of(means, residuals, weights, variances, frame.Clusters.Offsets, 0.95), bins);
        Assert.NotEqual(ResidualBin.Of(means, residuals, weights, [], frame.Clusters.Offsets, 0.95), bins);
    }

    [Fact]
    public void Errors_of_binned_residuals_of_other_families_are_those_of_the_clusters()
    {
        var fit = GlmmFitter.Fit(SyntheticFrames.Make(3, Family.Poisson, [12]), new GlmmOptions { Family = Family.Poisson, Nodes = 5 });
        var means = PredictedMeans.Marginal(fit, out _);
        double[] residuals = [.. means.Select((mean, row) => fit.Frame.Response[row] - mean)];
        Assert.Equal(ResidualBin.Of(means, residuals, [], [], fit.Frame.Clusters.Offsets, 0.9), MarginalResiduals.Binned(fit, 0.9));
    }
}
