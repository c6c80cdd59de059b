using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Data.Tests.Frames;

/// <summary>Some rows of a frame, against the same rows picked by hand.</summary>
public sealed class FrameSubsetTests
{
    private static readonly ModelFrame Frame = new(
        new DesignMatrix(6, ["(Intercept)", "x"], [1, 1, 1, 1, 1, 1, 10, 11, 12, 13, 14, 15], ["(Intercept)", "x"]),
        [0, 1, 2, 3, 4, 5],
        new Clusters("site", [0, 2, 3, 6], index => $"site {index}"))
    {
        Weights = [1, 2, 3, 4, 5, 6],
        Waves = [0, 1, 0, 0, 1, 2],
    };

    [Fact]
    public void Rows_keep_their_order_and_clusters_without_rows_are_gone()
    {
        var some = FrameSubset.OfRows(Frame, [false, true, false, true, false, true]);
        Assert.Equal([1.0, 3.0, 5.0], some.Response.ToArray());
        Assert.Equal([11.0, 13.0, 15.0], some.Design.Column(1).ToArray());
        Assert.Equal([2.0, 4.0, 6.0], some.Weights.ToArray());
        Assert.Equal([1, 0, 2], some.Waves.ToArray());
        Assert.Equal([0, 1, 3], some.Clusters.Offsets.ToArray());
        Assert.Equal(["site 0", "site 2"], Enumerable.Range(0, some.Clusters.Count).Select(some.Clusters.Label));
    }

    [Fact]
    public void Leaving_out_a_cluster_keeps_all_other_rows()
    {
        var rest = FrameSubset.WithoutCluster(Frame, 1);
        Assert.Equal([0.0, 1.0, 3.0, 4.0, 5.0], rest.Response.ToArray());
        Assert.Equal([0, 2, 5], rest.Clusters.Offsets.ToArray());
        Assert.Equal("site 2", rest.Clusters.Label(1));
    }

    [Fact]
    public void A_cluster_named_twice_becomes_two_with_groups_of_their_own()
    {
        var ones = new double[6];
        Array.Fill(ones, 1);
        var term = new RandomTermDesign("ward", [0, 1, 2, 3, 3, 4], 5, index => $"{index}", ["(Intercept)"], ones, correlated: true);
        var chosen = FrameSubset.OfClusters(Frame.WithTerms(Frame.Design, [term]), [2, 0, 2]);
        Assert.Equal([13.0, 14, 15, 10, 11, 13, 14, 15], chosen.Design.Column(1).ToArray());
        Assert.Equal([3.0, 4, 5, 0, 1, 3, 4, 5], chosen.Response.ToArray());
        Assert.Equal([0, 3, 5, 8], chosen.Clusters.Offsets.ToArray());
        Assert.Equal([0, 0, 1, 2, 3, 4, 4, 5], chosen.RandomTerms[0].Groups.ToArray());
        Assert.Equal((6, "3"), (chosen.RandomTerms[0].GroupCount, chosen.Clusters.Label(2)));
        Assert.Equal([4.0, 5, 6, 1, 2, 4, 5, 6], chosen.Weights.ToArray());
    }

    [Fact]
    public void A_row_is_kept_or_not()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameSubset.OfRows(Frame, [true]));
        Assert.Equal(6, FrameSubset.OfRows(Frame, [true, true, true, true, true, true]).Rows);
    }
}
