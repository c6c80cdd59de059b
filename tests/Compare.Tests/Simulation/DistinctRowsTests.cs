using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>Clusters of 3, 5 and 4 rows that are allotted to three arms in turn.</summary>
public sealed class DistinctRowsTests
{
    private static readonly Clusters Clusters = new("id", [0, 3, 8, 12], cluster => $"{cluster}");

    [Fact]
    public void As_observed_each_arm_has_one_row_that_stands_for_all_of_its_own()
    {
        var rows = new DistinctRows(TrialDesign.ParallelOf(Allocation.Equal(3)), Clusters).Observed;
        Assert.Equal(12, rows.Total);
        var counts = rows.Counts.ToArray().Select((count, row) => (
            count, Enumerable.Range(0, 3).Select(column => rows.Design.Column(column)[row]).ToArray()));
        Assert.Equal([(3, "1 0 0"), (5, "1 1 0"), (4, "1 0 1")], counts.Select(row => (row.count, string.Join(' ', row.Item2))));
    }

    [Fact]
    public void Under_any_of_three_treatments_all_rows_are_one()
    {
        var rows = new DistinctRows(TrialDesign.ParallelOf(Allocation.Equal(3)), Clusters);
        for (var treatment = 0; treatment < 3; treatment++)
        {
            var under = rows.Under(treatment);
            Assert.Equal([12], under.Counts.ToArray());
            Assert.Equal([1, treatment == 1 ? 1 : 0, treatment == 2 ? 1 : 0], under.Design.Values.ToArray());
            Assert.Same(under, rows.Under(treatment));
        }
    }

    [Fact]
    public void What_is_shared_is_made_once_for_a_key_and_a_type()
    {
        var rows = new DistinctRows(TrialDesign.Parallel, Clusters);
        var first = rows.Shared(("logit", 3), () => new List<int> { 1 });
        Assert.Same(first, rows.Shared(("logit", 3), () => new List<int> { 2 }));
        Assert.Equal([3], rows.Shared(("probit", 3), () => new List<int> { 3 }));
        Assert.Equal([4.0], rows.Shared(("logit", 3), () => new List<double> { 4 }));
    }
}
