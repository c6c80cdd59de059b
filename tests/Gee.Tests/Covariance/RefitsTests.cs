using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Covariance;

/// <summary>Under independence and the normal family an estimate without a cluster is a mean of the rows that are left.</summary>
public sealed class RefitsTests
{
    [Fact]
    public void A_mean_moves_to_that_of_the_other_rows()
    {
        // 12 / 4 is 3; without the clusters one at a time (12 - 0) / 3, (12 - 4) / 2 and (12 - 8) / 3.
        var changes = Refits.Changes(Fit([1, 1, 1, 1], [0, 3, 1, 8], [0, 1, 3, 4]));
        Assert.Equal(3, changes.Length);
        Assert.Equal(3 - 4, changes[0], 1e-12);
        Assert.Equal(3 - 4, changes[1], 1e-12);
        Assert.Equal(3 - (4 / 3.0), changes[2], 1e-12);
    }

    [Fact]
    public void Two_clusters_can_be_left_out_and_one_cannot()
    {
        var two = Refits.Changes(Fit([1, 1, 1], [0, 3, 6], [0, 1, 3]));
        Assert.Equal(3 - 4.5, two[0], 1e-12);
        Assert.Equal(3, two[1], 1e-12);
        Assert.True(double.IsNaN(Assert.Single(Refits.Changes(Fit([1, 1, 1], [0, 3, 6], [0, 3])))));
    }

    [Fact]
    public void A_cluster_without_which_there_is_no_estimate_has_no_change_and_the_others_do()
    {
        // The last cluster alone has the other arm: means of the first arm are 3, and without a cluster 2 or 4 or 3.
        var fit = GeeFitter.Fit(
            new ModelFrame(
                new DesignMatrix(4, ["(Intercept)", "arm"], [1, 1, 1, 1, 0, 0, 0, 1], ["(Intercept)", "arm"]),
                [5, 1, 3, 9],
                new Clusters("id", [0, 1, 2, 3, 4], cluster => $"{cluster}")),
            Options);
        var changes = Refits.Changes(fit);
        double[] means = [2, 4, 3];
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(3 - means[i], changes[2 * i], 1e-12);
            Assert.Equal(means[i] - 3, changes[(2 * i) + 1], 1e-12);
        }

        Assert.True(double.IsNaN(changes[6]) && double.IsNaN(changes[7]));
    }

    private static GeeOptions Options { get; } = new() { Family = Family.Gaussian, Correlation = WorkingCorrelation.Independence };

    private static GeeFit Fit(double[] ones, double[] response, int[] offsets) => GeeFitter.Fit(
        new ModelFrame(
            new DesignMatrix(ones.Length, ["(Intercept)"], ones, ["(Intercept)"]),
            response,
            new Clusters("id", offsets, cluster => $"{cluster}")),
        Options);
}
