using System.Globalization;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Formats;

/// <summary>
/// <see cref="MarginalConditional.Data.Files.Excel.ExcelFile"/>,
/// <see cref="MarginalConditional.Data.Files.Parquets.ParquetTable"/> and their likes:
/// one trial written by haven, by Stata's and SAS's published layouts, by pandas, openpyxl and arrow reads to the same fields, whose values
/// stand in expected.csv; other files each hold one thing that readers get wrong.
/// </summary>
public sealed class SampleFilesTests
{
    private static readonly Dictionary<string, string> LongNames = new(StringComparer.Ordinal)
    {
        ["ARM"] = "planned_arm",
        ["VISITNUM"] = "visit_number",
        ["SCORE"] = "pain_score_total",
        ["ADT"] = "analysis_date",
        ["ADTM"] = "analysis_datetime",
        ["REMARK"] = "free_text_remark",
        ["RESP"] = "responder",
    };

    [Theory]
    [InlineData("trial-v5.xpt")]
    [InlineData("trial-v8.xpt")]
    [InlineData("trial.json")]
    [InlineData("trial.ndjson")]
    [InlineData("trial.dsjc")]
    [InlineData("trial-117.dta")]
    [InlineData("trial-118.dta")]
    [InlineData("trial.xlsx")]
    public void Every_format_gives_the_same_trial(string name)
    {
        var data = Read(name);
        foreach (var (column, values) in Samples.Expected().Where(one => one.Key != "SCORE_missing_code"))
        {
            // A transport file holds the codes of sex, and not their names.
            var isCoded = column == "SEX" && name.EndsWith(".xpt", StringComparison.Ordinal);
            string[] codes = [.. values.Select(value => value switch { "male" => "1", "female" => "2", _ => value })];
            Compare(data, column, isCoded ? codes : values);
        }
    }

    [Theory]
    [InlineData("pandas-117-bigendian.dta")]
    [InlineData("pandas-118-strl.dta")]
    [InlineData("pandas-119-strl.dta")]
    public void Both_orders_of_bytes_and_long_texts_are_read(string name)
    {
        var data = Read(name);
        foreach (var column in new[] { "USUBJID", "VISITNUM", "SCORE", "ADT", "SEX", "REMARK", "RESP" })
        {
            // What wrote release 117 put question marks for letters beyond Latin-1.
            if (column != "REMARK" || !name.Contains("117", StringComparison.Ordinal))
            {
                Compare(data, column, Samples.Expected()[column]);
            }
        }
    }

    [Theory]
    [InlineData("trial-snappy.parquet")]
    [InlineData("trial-zstd.parquet")]
    public void Parquet_is_read_packed_either_way(string name)
    {
        var data = Read(name);
        foreach (var column in new[] { "USUBJID", "SCORE", "ADT", "RESP" })
        {
            Compare(data, column, Samples.Expected()[column]);
        }

        // 2^53 + 1 has a neighbour that is the same double.
        Assert.Equal("9007199254740993", Samples.Field(data.Find("big")!, 0));
        Assert.Equal(["FALSE", "TRUE"], Factor(data, "flag").Levels);
    }

    [Theory]
    [InlineData("trial-v5.xpt", "SCORE", "SCORE: 4 missing (. 2, .A 1, .Z 1).")]
    [InlineData("trial-118.dta", "pain_score_total", "pain_score_total: 4 missing (. 2, .a 1, .z 1).")]
    [InlineData(
        "mixed-column.xlsx",
        "id",
        "id: its cells are of several types, such as \"007\" (row 3) and 1 (row 2), and all are read as text.")]
    public void What_was_read_otherwise_is_said(string name, string column, string note) =>
        Assert.Equal([note], Read(name).Notes([column]));

    [Fact]
    public void A_format_whose_names_are_elsewhere_is_said() => Assert.Equal(
        [
            "measured_value_in_litres: its format my_long_format is not in a transport file, so that its codes have no names.",
            "measured_value_in_litres: 1 missing (.C 1).",
        ],
        Read("long-format-v9.xpt").Notes(["measured_value_in_litres"]));

    [Fact]
    public void Labels_are_kept_and_named_codes_are_categories_in_the_order_of_codes()
    {
        var data = Read("trial-118.dta");
        Assert.Equal("Pain score, total", data.Find("pain_score_total")!.Label);
        var sex = Factor(data, "sex");
        Assert.Equal(["male", "female"], sex.Levels);
        Assert.Equal([1.0, 2], sex.Numbers);
    }

    [Fact]
    public void One_of_several_data_sets_has_to_be_named()
    {
        var refusal = Assert.Throws<InputException>(() => Read("two-members-1252-v5.xpt"));
        Assert.Equal("The SAS transport file holds 2 data sets.", refusal.Message);
        Assert.Equal("Say --member with one of these names: DM, PN.", refusal.Hint);
        Assert.Equal(3, Read("two-members-1252-v5.xpt", new DatasetReaderOptions { Member = "dm" }).Rows);
        Assert.Equal(4, Read("two-members-1252-v5.xpt", new DatasetReaderOptions { Member = "PN" }).Rows);
    }

    [Fact]
    public void Text_that_is_not_unicode_is_that_of_windows()
    {
        var data = Read("two-members-1252-v5.xpt", new DatasetReaderOptions { Member = "DM" });
        string[] levels = [.. data.Columns.OfType<FactorColumn>().SelectMany(column => column.Levels)];
        Assert.Contains(levels, level => level.Any(letter => letter > 127));
        Assert.DoesNotContain(levels, level => level.Contains('\uFFFD'));
    }

    [Fact]
    public void Blank_rows_at_the_end_of_a_file_of_text_are_counted()
    {
        var data = Read("blank-tail-v5.xpt");
        Assert.Equal(3, data.Rows);
        Assert.Equal(
            ["The last 2 rows are blank, which a transport file of text alone does not tell from its padding: they are left out."],
            data.Notes([]));
    }

    [Fact]
    public void Long_names_labels_and_formats_are_read()
    {
        var data = Read("long-format-v9.xpt");
        Assert.Equal(["subject_identifier", "measured_value_in_litres", "v"], data.Header);
        Assert.Equal("Forced expiratory volume in one second, measured, in litres", data.Find("measured_value_in_litres")!.Label);
        Assert.True(Factor(data, "v").IsDate);
    }

    [Fact]
    public void Sheets_have_to_be_named_and_cells_without_a_value_are_no_missing_values()
    {
        Assert.Equal(
            "Say --sheet with one of these names: About, ADPAIN.",
            Assert.Throws<InputException>(() => DatasetReader.Read(Samples.Path("trial.xlsx"))).Hint);
        Assert.Equal(
            ("Cell L2 holds a formula whose value was never computed.", "DOUBLED"),
            Refusal("DOUBLED"));
        Assert.Equal(("Cell N4 shows the error #N/A.", "BAD"), Refusal("BAD"));

        static (string, string?) Refusal(string column)
        {
            var refusal = Assert.Throws<InputException>(() => DatasetReader.Read(
                Samples.Path("trial.xlsx"), new DatasetReaderOptions { Sheet = "adpain", Columns = [column] }));
            return (refusal.Message, refusal.Column);
        }
    }

    [Fact]
    public void Rows_of_a_sheet_without_any_value_are_passed_over()
    {
        var data = Read("mixed-column.xlsx");
        Assert.Equal(["1", "007", "3"], Enumerable.Range(0, data.Rows).Select(row => Samples.Field(data.Find("id")!, row)));
        Assert.Equal(5, data.RowOf(2));
        Assert.Null(data.LineOf(2));
    }

    [Fact]
    public void A_packed_text_file_reads_as_the_text_does()
    {
        var (packed, plain) = (Read("trial.csv.gz"), Read("trial.csv"));
        Assert.Equal(plain.Header, packed.Header);
        foreach (var column in plain.Columns)
        {
            Assert.Equal(
                Enumerable.Range(0, plain.Rows).Select(row => Samples.Field(column, row)),
                Enumerable.Range(0, plain.Rows).Select(row => Samples.Field(packed.Find(column.Name)!, row)));
        }

        Assert.Equal(4, packed.LineOf(2));
    }

    [Theory]
    [InlineData("trial.sas7bdat", "SAS data file", "haven::write_xpt(haven::read_sas(\"trial.sas7bdat\"), \"trial.xpt\", version = 8)")]
    [InlineData("trial.sav", "SPSS data file", "haven::write_dta(haven::read_sav(\"trial.sav\"), \"trial.dta\")")]
    [InlineData("trial.zsav", "SPSS data file", "haven::write_dta(haven::read_sav(\"trial.zsav\"), \"trial.dta\")")]
    [InlineData("small.feather", "Feather file", "arrow::write_parquet(arrow::read_feather(\"small.feather\"), \"small.parquet\")")]
    public void What_is_not_read_is_named_with_the_line_that_writes_what_is(string name, string kind, string line)
    {
        var refusal = Assert.Throws<InputException>(() => DatasetReader.Read(Samples.Path(name)));
        Assert.Contains(kind, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(line, refusal.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X\n\0\0\0\u0003", "write.csv(readRDS(\"data.rds\"), \"data.csv\", row.names = FALSE)")]
    [InlineData("RDX3\nX\n", "load(\"data.rds\")")]
    [InlineData("**COMPRESSED** **COMPRESSED**", "PROC CIMPORT")]
    [InlineData("q\u0002\u0001\0", "save data, replace")]
    [InlineData("PK\u0003\u0004nothing", "Unpack it")]
    public void So_is_what_has_no_sample(string content, string hint)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(content);
        Assert.Contains(hint, Assert.Throws<InputException>(() => DatasetReader.Read("data.rds", bytes)).Hint, StringComparison.Ordinal);
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        Assert.Contains(
            hint, Assert.Throws<InputException>(() => DatasetReader.Read("data.rds", packed.ToArray())).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_in_another_case_is_found_where_it_is_the_only_one()
    {
        var data = DatasetReader.Read(Samples.Path("trial-v5.xpt"), new DatasetReaderOptions { Columns = ["score", "Arm", "nothing"] });
        Assert.Equal(["score", "Arm"], data.Columns.Select(column => column.Name));
        Assert.Contains("score", data.Header);
        Assert.DoesNotContain("nothing", data.Header);
    }

    [Fact]
    public void Tokens_of_missing_values_hold_for_text_and_for_numbers()
    {
        var data = DatasetReader.Read(Samples.Path("trial.json"), new DatasetReaderOptions { MissingTokens = ["NA", "-3.25", "12"] });
        Assert.True(data.Find("REMARK")!.IsMissing(6));
        Assert.True(data.Find("SCORE")!.IsMissing(6));
        Assert.True(data.Find("VISITNUM")!.IsMissing(2));
    }

    [Theory]
    [InlineData("trial.json", "--member")]
    [InlineData("trial-118.dta", "--sheet")]
    [InlineData("trial.csv", "--sheet")]
    public void Options_without_effect_are_refused(string name, string option)
    {
        var options = new DatasetReaderOptions { Member = option == "--member" ? "A" : null, Sheet = option == "--sheet" ? "A" : null };
        Assert.StartsWith(
            option, Assert.Throws<InputException>(() => DatasetReader.Read(Samples.Path(name), options)).Message, StringComparison.Ordinal);
    }

    private static Dataset Read(string name, DatasetReaderOptions? options = null)
    {
        if (name != "trial.xlsx")
        {
            return DatasetReader.Read(Samples.Path(name), options);
        }

        options = new DatasetReaderOptions { Sheet = "ADPAIN" };
        var header = DatasetReader.Read(Samples.Path(name), options with { Columns = [] }).Header;
        return DatasetReader.Read(Samples.Path(name), options with { Columns = [.. header.Except(["DOUBLED", "BAD"])] });
    }

    private static FactorColumn Factor(Dataset data, string name) => Assert.IsType<FactorColumn>(data.Find(name));

    private static void Compare(Dataset data, string column, string[] values)
    {
        var read = data.Columns.Single(one => string.Equals(one.Name, column, StringComparison.OrdinalIgnoreCase)
            || (LongNames.TryGetValue(column, out var other) && one.Name == other));
        Assert.Equal(values.Length, read.Length);
        Assert.Equal(
            values.Select(value => value.Length == 0 ? null
                : read is NumericColumn ? NumberLabel.Of(double.Parse(value, CultureInfo.InvariantCulture)) : value),
            Enumerable.Range(0, read.Length).Select(row => Samples.Field(read, row)));
    }
}
