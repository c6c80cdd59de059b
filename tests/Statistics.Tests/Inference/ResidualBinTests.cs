using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Statistics.Tests.Inference;

/// <summary><see cref="ResidualBin"/> against bins that are sums over lists, and against what chance does.</summary>
public sealed class ResidualBinTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Bins_are_means_over_neighbours_with_errors_by_cluster(bool weighted, bool known)
    {
        var stream = new RandomStream(7, 1, 0);
        int[] offsets = [.. Enumerable.Range(0, 61).Select(c => c * 5)];
        var n = offsets[^1];
        double[] fitted = [.. Enumerable.Range(0, n).Select(_ => Math.Round(stream.NextUniform(), 2))];
        double[] residuals = [.. Enumerable.Range(0, n).Select(_ => stream.NextUniform() - 0.5)];
        double[] weights = weighted ? [.. Enumerable.Range(0, n).Select(i => 1.0 + (i % 3))] : [];
        double[] variances = known ? [.. Enumerable.Range(0, n).Select(i => 0.05 + (0.3 * (i % 2)))] : [];
        var bins = ResidualBin.Of(fitted, residuals, weights, variances, offsets, 0.9);
        Assert.Equal(n, bins.Sum(bin => bin.Rows));
        Assert.InRange(bins.Count, 10, 17);
        var rows = Enumerable.Range(0, n).OrderBy(i => fitted[i]).ToList();
        foreach (var bin in bins)
        {
            var own = rows.Take(bin.Rows).ToList();
            rows.RemoveRange(0, bin.Rows);
            double W(int i) => weighted ? weights[i] : 1;
            var total = own.Sum(W);
            var mean = own.Sum(i => W(i) * residuals[i]) / total;
            var squares = own.GroupBy(i => i / 5).Sum(cluster => Math.Pow(cluster.Sum(i => W(i) * residuals[i]), 2));
            var least = known ? own.Sum(i => W(i) * W(i) * variances[i]) : 0;
            Assert.Equal(own.Sum(i => W(i) * fitted[i]) / total, bin.Fitted, 12);
            Assert.Equal(mean, bin.Residual.Estimate, 12);
            Assert.Equal(Math.Sqrt(Math.Max(squares, least)) / total, bin.Residual.StandardError, 12);
            Assert.Equal(own.Select(i => i / 5).Distinct().Count(), bin.Clusters);
            Assert.Equal(bin.Clusters - 1, bin.Residual.DegreesOfFreedom);
            if (rows.Count > 0)
            {
                Assert.True(fitted[rows[0]] > fitted[own[^1]], "equal fitted means lie in one bin");
            }
        }
    }

    [Fact]
    public void One_fitted_mean_is_one_bin_and_one_cluster_has_no_limits()
    {
        var bin = Assert.Single(ResidualBin.Of([0.3, 0.3, 0.3], [1, -1, 0.5], [], [], [0, 3], 0.95));
        Assert.Equal((3, 1), (bin.Rows, bin.Clusters));
        Assert.Equal(0.5 / 3, bin.Residual.Estimate, 12);
        Assert.Equal(double.NaN, bin.Residual.Lower);
        Assert.Empty(ResidualBin.Of([], [], [], [], [0, 0], 0.95));
    }

    [Fact]
    public void Rows_that_all_have_the_outcome_zero_are_no_sign_against_a_small_mean()
    {
        const int Rows = 60;
        double[] fitted = [.. Enumerable.Repeat(0.03, Rows)];
        double[] residuals = [.. Enumerable.Repeat(-0.03, Rows)];
        int[] offsets = [.. Enumerable.Range(0, Rows + 1)];
        double[] variances = [.. Enumerable.Repeat(0.03 * 0.97, Rows)];
        Assert.True(ResidualBin.Of(fitted, residuals, [], [], offsets, 0.95)[0].Residual.LeavesOut(0));
        Assert.False(ResidualBin.Of(fitted, residuals, [], variances, offsets, 0.95)[0].Residual.LeavesOut(0));
    }

    [Fact]
    public void Numbers_that_do_not_belong_together_are_refused() =>
        Assert.Throws<ArgumentException>(() => ResidualBin.Of([1, 2], [1], [], [], [0, 2], 0.95));
}
