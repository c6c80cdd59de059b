using MarginalConditional.Compare.Curves;

namespace MarginalConditional.Compare.Tests.Curves;

/// <summary>Bins that one can add up by hand.</summary>
public sealed class BinnedMeanTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void There_is_one_bin_at_least(int most) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BinnedMean.Of([(1, 0, 1)], most));

    /// <summary>Three values in any order: one bin each, with outcomes that count as often as they are to.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void Few_values_have_a_bin_each(int most)
    {
        var bins = BinnedMean.Of([(5, 1, 1), (2, 0, 1), (5, 0, 3), (2, 1, 1), (7, 0.25, 2), (5, 1, 4)], most);
        Assert.Equal([new BinnedMean(2, 0.5, 2), new BinnedMean(5, 0.625, 3), new BinnedMean(7, 0.25, 1)], bins);
    }

    /// <summary>By shares of the rows the two values seen once would be in one bin.</summary>
    [Fact]
    public void As_many_values_as_bins_have_a_bin_each_however_often_they_are_seen()
    {
        var bins = BinnedMean.Of([(1, 0, 1), (2, 1, 1), .. Enumerable.Repeat((3.0, 0.5, 1.0), 6)], 3);
        Assert.Equal([new BinnedMean(1, 0, 1), new BinnedMean(2, 1, 1), new BinnedMean(3, 0.5, 6)], bins);
    }

    /// <summary>Eight values in three bins: two end after a third of the rows each, rounded down.</summary>
    [Fact]
    public void Many_values_are_shared_out_evenly()
    {
        var bins = BinnedMean.Of([.. Enumerable.Range(0, 8).Reverse().Select(k => ((double)k, k < 5 ? 0.0 : 1, 1.0 + (k % 2)))], 3);
        Assert.Equal([0.5, 3, 6], bins.Select(bin => bin.Value));
        Assert.Equal([2, 3, 3], bins.Select(bin => bin.Rows));
        Assert.Equal([0, 0, 1], bins.Select(bin => bin.Mean));
    }

    /// <summary>Bins end at the second, fourth, sixth and last row, but that the first goes on to the end of its 2s.</summary>
    [Fact]
    public void Equal_values_are_in_one_bin()
    {
        double[] values = [1, 2, 2, 2, 3, 4, 5, 6];
        var bins = BinnedMean.Of([.. values.Select(value => (value, value, 1.0))], 4);
        Assert.Equal([1.75, 3, 4, 5.5], bins.Select(bin => bin.Value));
        Assert.Equal([4, 1, 1, 2], bins.Select(bin => bin.Rows));
        Assert.Equal(bins.Select(bin => bin.Value), bins.Select(bin => bin.Mean));
    }

    [Fact]
    public void No_rows_have_no_bins() => Assert.Empty(BinnedMean.Of([], 5));
}
