using System.Text;
using MarginalConditional.Data.Files.Cdisc;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Formats;

/// <summary><see cref="DatasetJsonFile"/>, <see cref="DatasetJsonHead"/> and <see cref="DatasetJsonColumn"/> on small texts.</summary>
public sealed class DatasetJsonTests
{
    private const string Head = """
        {"datasetJSONVersion": "1.1.0", "records": 2, "name": "D", "columns": [
          {"name": "ID", "label": "Subject", "dataType": "string"}, {"name": "N", "label": "", "dataType": "integer"},
          {"name": "DT", "label": "When", "dataType": "date"}, {"name": "OK", "label": "Good", "dataType": "boolean"}]
        """;

    [Theory]
    [InlineData(""", "rows": [["a", 1, "2024-01-02", true], ["b", null, null, false]]}""")]
    [InlineData("}\n[\"a\", 1, \"2024-01-02\", true]\n[\"b\", null, null, false]\n")]
    [InlineData("}\n{\"OK\": true, \"ID\": \"a\", \"N\": 1, \"DT\": \"2024-01-02\"}\n{\"ID\": \"b\", \"OK\": false}")]
    public void Rows_in_an_array_after_the_head_or_by_name_are_the_same(string rows)
    {
        var data = Read(Head + rows);
        Assert.Equal(["a", "b"], Fields(data, "ID"));
        Assert.Equal(["1", null], Fields(data, "N"));
        Assert.Equal(["2024-01-02", null], Fields(data, "DT"));
        Assert.Equal(["TRUE", "FALSE"], Fields(data, "OK"));
        Assert.Equal("Subject", data.Find("ID")!.Label);
        Assert.Null(data.Find("N")!.Label);
    }

    [Theory]
    [InlineData(""", "rows": [["a", 1, "2024-01-02", true]]}""", "it says that it has 2 rows, and has 1")]
    [InlineData(""", "rows": [["a", 1, "2024-01-02"], ["b", 1, "2024-01-02"]]}""", "row 1 has 3 values for 4 columns")]
    [InlineData(
        "}\n[\"a\", \"one\", null, null]\n[\"b\", 1, null, null]",
        "row 1 of column N, which is of type integer, holds the text \"one\"")]
    [InlineData("}\n[\"a\", 1, null, null]\n[\"b\", 1, null", "line 5 is not JSON")]
    [InlineData("}\n7\n8", "row 1 is neither a list nor an object")]
    public void What_does_not_fit_is_said_with_its_place(string rows, string problem)
    {
        var refusal = Assert.Throws<InputException>(() => Read(Head + rows));
        Assert.Equal($"The Dataset-JSON file is damaged: {problem}.", refusal.Message);
    }

    [Fact]
    public void Partial_dates_stay_text()
    {
        var data = Read(Head + """, "rows": [["a", 1, "2024-01", true], ["b", null, "2024-01-05", false]]}""");
        Assert.Equal(["DT: \"2024-01\" is no whole date, so that all its dates are text."], data.Notes(["DT"]));
        Assert.False(Assert.IsType<FactorColumn>(data.Find("DT")).IsDate);
    }

    [Theory]
    [InlineData("""{"clinicalData": {"itemGroupData": {}}}""", "Dataset-JSON 1.0")]
    [InlineData("""{"datasetJSONVersion": "2.0", "columns": []}""", "Dataset-JSON 2.0")]
    [InlineData("""{"y": [1, 2], "x": [3, 4]}""", "not Dataset-JSON")]
    public void Other_json_is_named(string text, string name) =>
        Assert.Contains(name, Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static Dataset Read(string text) => DatasetReader.Read("data.json", Encoding.UTF8.GetBytes(text));

    private static IEnumerable<string?> Fields(Dataset data, string name) =>
        Enumerable.Range(0, data.Rows).Select(row => Samples.Field(data.Find(name)!, row));
}
