using System.Data;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

/// <summary>Tables that never were files.</summary>
public sealed class InMemoryTests
{
    [Fact]
    public void Texts_become_categories_in_ordinal_order_or_in_the_order_given()
    {
        var arm = FactorColumn.Of("arm", ["placebo", null, "active", " ", "NA", "placebo"]);
        Assert.Equal(["NA", "active", "placebo"], arm.Levels);
        Assert.Equal([2, -1, 1, -1, 0, 2], arm.Codes.ToArray());
        var ordered = FactorColumn.Of("arm", ["placebo", "active"], ["placebo", "active", "high"]);
        Assert.Equal(["placebo", "active", "high"], ordered.Levels);
        Assert.Equal([0, 1], ordered.Codes.ToArray());
        var unknown = Assert.Throws<ArgumentException>(() => FactorColumn.Of("a", ["x"], ["y"]));
        Assert.Contains("\"x\"", unknown.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => FactorColumn.Of("a", ["x"], ["x", "x"]));
    }

    [Fact]
    public void Rows_of_a_data_table_keep_their_types()
    {
        using var table = new DataTable();
        foreach (var (name, type) in new[]
        {
            ("id", typeof(string)), ("n", typeof(int)), ("x", typeof(double)), ("d", typeof(decimal)), ("ok", typeof(bool)),
            ("day", typeof(DateTime)),
        })
        {
            table.Columns.Add(name, type);
        }

        table.Rows.Add("001", 3, 0.1, 0.25m, true, new DateTime(2024, 2, 29));
        table.Rows.Add("NA", DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value, new DateTime(1999, 1, 1));
        using var reader = table.CreateDataReader();
        var data = DataReaderTable.Read("trial", reader);
        List<string?> Fields(string name) => [.. Enumerable.Range(0, 2).Select(row => Formats.Samples.Field(data.Find(name)!, row))];
        Assert.Equal(["001", "NA"], Fields("id"));
        Assert.Equal(["3", null], Fields("n"));
        Assert.Equal(["0.1", null], Fields("x"));
        Assert.Equal(["0.25", null], Fields("d"));
        Assert.Equal(["TRUE", null], Fields("ok"));
        Assert.Equal(["2024-02-29", "1999-01-01"], Fields("day"));
        Assert.True(((FactorColumn)data.Find("day")!).IsDate);
        Assert.Equal("trial: 2 rows, 6 columns", data.ToString());
        Assert.Equal(2, data.RowOf(1));
    }

    [Fact]
    public void What_is_no_table_is_refused()
    {
        using var empty = new DataTable();
        empty.Columns.Add("id", typeof(string));
        using var noRows = empty.CreateDataReader();
        var none = Assert.Throws<InputException>(() => DataReaderTable.Read("a", noRows));
        Assert.Contains("no rows", none.Message, StringComparison.Ordinal);
        using var bytes = new DataTable();
        bytes.Columns.Add("blob", typeof(byte[]));
        bytes.Rows.Add(new byte[] { 1 });
        using var reader = bytes.CreateDataReader();
        Assert.Equal("blob", Assert.Throws<InputException>(() => DataReaderTable.Read("a", reader)).Column);
    }
}
