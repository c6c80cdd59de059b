using MarginalConditional.Data.Descriptions;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Descriptions;

public sealed class ValueDigestTests
{
    public static TheoryData<double[]> Columns => new(
        [3, 1, double.NaN, 2, 2, double.PositiveInfinity, 0.5],
        [4, 6, 5, 7],
        [0, -0.0, 0],
        [double.NaN, double.NaN],
        [-1.5, -1.5, 8, 8, 8, 8, 9, 9, 1e300],
        [1, 2, 3, 5]);

    [Theory]
    [MemberData(nameof(Columns))]
    public void One_sort_tells_what_questions_one_by_one_tell(double[] values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        var digest = ValueDigest.Of(new NumericColumn("x", values), new double[values.Length]);
        Assert.Equal(sorted.Length, digest.Count);
        Assert.Equal(sorted.Distinct().Count(), digest.Distinct);
        Assert.Equal(sorted.Distinct().Take(3), digest.Least);
        Assert.Equal(sorted.LastOrDefault(double.NaN), digest.Greatest);
        Assert.Equal(sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 3], digest.Thirds.Lower);
        Assert.Equal(sorted.Length == 0 ? double.NaN : sorted.Reverse().ElementAt(sorted.Length / 3), digest.Thirds.Upper);
        Assert.Equal(sorted.All(value => value % 1 == 0), digest.AreWhole);
        Assert.Equal(sorted.Index().All(value => value.Item == sorted[0] + value.Index), digest.AreConsecutive);
    }

    [Fact]
    public void Each_column_has_its_own_whatever_the_one_before_left_in_the_buffer()
    {
        var (first, second) = (new NumericColumn("a", [5, 6, 7]), new NumericColumn("b", [double.NaN, 1, double.NaN]));
        var digests = ValueDigest.OfAll(new Dataset("a.csv", [first, FactorColumn.Of("g", ["u", "v", "u"]), second]));
        Assert.Equal(2, digests.Count);
        Assert.Equal((3, 7.0, true), (digests[first].Distinct, digests[first].Greatest, digests[first].AreConsecutive));
        Assert.Equal((1, 1, 1.0), (digests[second].Count, digests[second].Distinct, digests[second].Greatest));
    }
}
