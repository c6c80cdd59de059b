using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Rows;

public sealed class RowSorterTests
{
    // Few distinct keys make ties; the lengths lie on both sides of the change from insertion to sorting.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(1000)]
    public void It_orders_rows_as_comparing_whole_tuples_does(int rows)
    {
        int[] codes = [.. Enumerable.Range(0, rows).Select(row => row * 7919 % 101 % 4)];
        double[] numbers = [.. Enumerable.Range(0, rows).Select(row => (row * 104729 % 211 % 6) - 3.0)];
        int[] times = [.. Enumerable.Range(0, rows).Select(row => row * 611953 % 307 % 5)];
        var order = Enumerable.Range(0, rows).ToArray();
        var sorter = new RowSorter(order);
        sorter.By(new FactorColumn("group", codes, ["a", "b", "c", "d"]));
        sorter.By(new NumericColumn("x", numbers));
        sorter.By(Array.ConvertAll(times, time => (double)time));
        sorter.ByRow();

        var expected = Enumerable.Range(0, rows)
            .OrderBy(row => codes[row])
            .ThenBy(row => numbers[row])
            .ThenBy(row => times[row])
            .ThenBy(row => row);
        Assert.Equal(expected, order);
    }

    [Fact]
    public void Rows_without_ties_stay_where_the_first_key_put_them()
    {
        int[] order = [0, 1, 2, 3];
        var sorter = new RowSorter(order);
        sorter.By([3, 1, 0, 2]);
        sorter.By([0, 1, 2, 3]);
        Assert.Equal([2, 1, 3, 0], order);
    }
}
