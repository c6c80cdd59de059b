using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Data;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Cli.Tests.RowFiles;

/// <summary>What is written reads back by this program's own readers.</summary>
public sealed class RowsFileTests
{
    private static readonly double[] Numbers =
        [0.1, 1 / 3.0, -0.0, 5e-324, 1.7976931348623157e308, -Math.PI * 1e-20, 9007199254740993, double.NaN];

    private static readonly string?[] Words = ["001", "a, \"b\"", "Größe 日本", "=1+1", "two\nlines", " x ", null, "-7 days"];
    private static readonly string?[] Dates =
        ["2024-02-29", "1999-12-31", null, "2024-02-29", "1960-01-01", "2030-06-15", "2024-03-01", "2024-02-28"];

    public static TheoryData<string> Endings => ["csv", "csv.gz", "parquet", "xlsx"];

    [Theory]
    [MemberData(nameof(Endings))]
    public void Numbers_texts_and_dates_read_back_to_the_same_bits(string ending)
    {
        var table = new ResultTable("number", "word", "date", "whole");
        for (var i = 0; i < Numbers.Length; i++)
        {
            table.Row(Numbers[i], Words[i], Dates[i], i == 3 ? null : -i * 100_000_000);
        }

        var name = "rows." + ending;
        var data = DatasetReader.Read(name, new RowsFile(RawCsv: true).Content(name, table));
        var numbers = Assert.IsType<NumericColumn>(data.Find("number")).Values.ToArray();
        var isTyped = RowsFile.IsTyped(name);
        Assert.Equal(Numbers.Select(BitConverter.DoubleToInt64Bits), numbers.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(Words.Select(word => isTyped ? word : word?.Trim()), TextsOf(data, "word"));
        Assert.Equal(Dates, TextsOf(data, "date"));
        Assert.Equal(
            [0, -100_000_000, -200_000_000, double.NaN, -400_000_000, -500_000_000, -600_000_000, -700_000_000],
            ((NumericColumn)data.Find("whole")!).Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public void A_table_without_rows_or_numbers_is_written(string ending)
    {
        var name = "rows." + ending;
        Assert.NotEmpty(new RowsFile().Content(name, new ResultTable("a", "b")));
        var data = DatasetReader.Read(name, new RowsFile().Content(name, new ResultTable("a", "b").Row(2, null).Row(1, null)));
        Assert.Equal(2, data.Rows);
    }

    [Theory]
    [MemberData(nameof(Endings))]
    public void The_same_result_is_the_same_bytes(string ending)
    {
        var name = "rows." + ending;
        byte[] Content() => new RowsFile().Content(name, new ResultTable("a", "b").Row(0.5, "x"));
        var first = Content();
        if (ending == "xlsx")
        {
            Thread.Sleep(2100);
        }

        Assert.Equal(first, Content());
    }

    [Fact]
    public void Columns_of_one_name_stay_two_where_a_file_needs_names_that_differ() => Assert.Equal(
        ["row", "row 2"],
        DatasetReader.Read("a.parquet", new RowsFile().Content("a.parquet", new ResultTable("row", "row").Row(1, 2))).Header);

    [Fact]
    public void What_a_sheet_does_not_hold_is_refused_with_the_files_that_do()
    {
        var wide = new ResultTable([.. Enumerable.Range(0, 16_385).Select(j => $"c{j}")]);
        var refusal = Assert.Throws<InputException>(() => new RowsFile().Content("a.xlsx", wide));
        Assert.Contains(".parquet", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_csv_already_become_columns_with_types()
    {
        const string Csv = "cluster,wave,x\nc01,1,0.25\nc01,2,NA\n";
        Assert.Equal(Csv, System.Text.Encoding.UTF8.GetString(CsvText.Content(new RowsFile(), "a.csv", Csv)));
        var data = DatasetReader.Read("a.parquet", CsvText.Content(new RowsFile(), "a.parquet", Csv));
        Assert.Equal([0.25, double.NaN], ((NumericColumn)data.Find("x")!).Values.ToArray());
        Assert.Equal(["c01", "c01"], TextsOf(data, "cluster"));
    }

    [Theory]
    [InlineData("parquet")]
    [InlineData("xlsx")]
    public void Names_of_groups_are_numbers_where_they_are_spelled_as_numbers_are(string ending)
    {
        var name = "a." + ending;
        var table = new ResultTable("id", "site", "mixed").Row("12", "01", "1").Row("7.5", "02", "x").Row(null, "03", "-0");
        var data = DatasetReader.Read(name, new RowsFile().Content(name, table));
        Assert.Equal([12, 7.5, double.NaN], ((NumericColumn)data.Find("id")!).Values.ToArray());
        Assert.Equal(["01", "02", "03"], TextsOf(data, "site"));
        Assert.Equal(["1", "x", "-0"], TextsOf(data, "mixed"));
    }

    private static IEnumerable<string?> TextsOf(Dataset data, string name)
    {
        var column = Assert.IsType<FactorColumn>(data.Find(name));
        return column.Codes.ToArray().Select(code => code < 0 ? null : column.Levels[code]);
    }
}
