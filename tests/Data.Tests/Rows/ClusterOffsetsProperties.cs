using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Rows;

/// <summary><see cref="ClusterOffsets"/> against a walk over rows that are compared one by one.</summary>
public sealed class ClusterOffsetsProperties
{
    [Fact]
    public void A_cluster_ends_where_any_of_the_columns_changes() => Prop.ForAll(
        Arb.From(
            from rows in Gen.Choose(1, 30)
            from codes in Gen.Choose(-1, 2).ArrayOf(rows)
            from numbers in Gen.Elements(0.0, 1, 2, double.NaN).ArrayOf(rows)
            select (codes, numbers)),
        data =>
        {
            bool Same(double one, double other) => one == other || (double.IsNaN(one) && double.IsNaN(other));
            var starts = Enumerable.Range(1, data.codes.Length - 1).Where(row =>
                data.codes[row] != data.codes[row - 1] || !Same(data.numbers[row], data.numbers[row - 1]));
            Assert.Equal(
                [0, .. starts, data.codes.Length],
                ClusterOffsets.Find(
                    [new FactorColumn("g", data.codes, ["a", "b", "c"]), new NumericColumn("v", data.numbers)], data.codes.Length));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Without_columns_there_is_one_cluster() => Assert.Equal([0, 4], ClusterOffsets.Find([], 4));
}
