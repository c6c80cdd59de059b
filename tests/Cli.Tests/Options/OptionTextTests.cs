using System.IO.Compression;
using System.Security.Cryptography;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Tests.Options;

/// <summary>Words of a command line that are read by rules of their own: times, orders of levels, endings of files.</summary>
public sealed class OptionTextTests
{
    [Theory]
    [InlineData("45s", 45)]
    [InlineData("30m", 1800)]
    [InlineData("2h", 7200)]
    [InlineData("1h30m", 5400)]
    [InlineData("1d2h3m4s", 93784)]
    [InlineData("90m", 5400)]
    [InlineData("0-01:30:00", 5400)]
    [InlineData("1:30", 5400)]
    [InlineData("12:00:01", 43201)]
    [InlineData("2-00:00", 172800)]
    [InlineData("40d", 3456000)]
    public void A_time_is_read_as_people_and_schedulers_write_it(string text, int seconds) =>
        Assert.Equal(seconds, TimeLimit.Parse(text)!.Value.TotalSeconds);

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("m")]
    [InlineData("0s")]
    [InlineData("41d")]
    [InlineData("30m1h")]
    [InlineData("1h 30m")]
    [InlineData("1.5h")]
    [InlineData("-5m")]
    [InlineData("1:60")]
    [InlineData("1:2")]
    [InlineData("1-2")]
    [InlineData("999999999999h")]
    public void What_is_no_time_or_too_long_is_none(string text) => Assert.Null(TimeLimit.Parse(text));

    [Fact]
    public void Orders_name_a_column_and_its_levels()
    {
        var orders = LevelOrder.Read(["visit=Baseline, Week 2 ,Week 12", " arm = b,a", "size=\"small, or none\",large"]);
        Assert.Equal(["visit", "arm", "size"], orders.Keys);
        Assert.Equal(["Baseline", "Week 2", "Week 12"], orders["visit"]);
        Assert.Equal(["b", "a"], orders["arm"]);
        Assert.Equal(["small, or none", "large"], orders["size"]);
        Assert.Empty(LevelOrder.Read([]));
    }

    [Theory]
    [InlineData("visit")]
    [InlineData("=a,b")]
    [InlineData("visit=")]
    [InlineData("visit=one")]
    [InlineData("visit=one,,two")]
    [InlineData("visit=one,two,")]
    public void Orders_of_fewer_than_two_levels_are_refused(string text)
    {
        var refusal = Assert.Throws<InputException>(() => LevelOrder.Read([text]));
        Assert.Equal($"--order cannot read \"{text}\".", refusal.Message);
        Assert.StartsWith("Write it as COLUMN=LEVEL,LEVEL", refusal.Hint, StringComparison.Ordinal);
    }

    /// <summary>Capitals and folders do not matter, what is packed does.</summary>
    [Theory]
    [InlineData("a.json", "Json")]
    [InlineData("A.JSON", "Json")]
    [InlineData("folder.csv/a", "Table")]
    [InlineData("a.csv", "Csv")]
    [InlineData("a.csv.gz", "Csv")]
    [InlineData("a.parquet", "Parquet")]
    [InlineData("a.xlsx", "Xlsx")]
    [InlineData("a.md", "Markdown")]
    [InlineData("a.markdown", "Markdown")]
    [InlineData("a.htm", "Html")]
    [InlineData("a.html", "Html")]
    [InlineData("a.tex", "Latex")]
    [InlineData("a.docx", "Docx")]
    [InlineData("a.txt", "Table")]
    [InlineData("a.log", "Table")]
    [InlineData("a", "Table")]
    [InlineData("a.pdf", null)]
    [InlineData("a.json.gz", null)]
    [InlineData("a.sav", null)]
    public void An_ending_is_a_form(string path, string? form)
    {
        Assert.Equal(form, FileEnding.FormOf(path)?.ToString());
        Assert.Equal(form is null, FileEnding.ProblemOf(path, null) is not null);
    }

    [Fact]
    public void An_ending_and_a_form_may_not_contradict_each_other()
    {
        Assert.Null(FileEnding.ProblemOf("a.csv", OutputFormat.Csv));
        Assert.Null(FileEnding.ProblemOf("a.txt", OutputFormat.Latex));
        Assert.Null(FileEnding.ProblemOf("a", OutputFormat.Json));
        Assert.Equal("is a.csv, which contradicts --format json", FileEnding.ProblemOf("a.csv", OutputFormat.Json));
        Assert.StartsWith("is a.pdf, and nothing is written as .pdf:", FileEnding.ProblemOf("a.pdf", null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rows.csv", true)]
    [InlineData("rows.csv.gz", true)]
    [InlineData("rows.parquet", true)]
    [InlineData("rows.xlsx", true)]
    [InlineData("rows", true)]
    [InlineData("rows.dat", true)]
    [InlineData("rows.txt.gz", false)]
    [InlineData("rows.json", false)]
    [InlineData("rows.SVG", false)]
    [InlineData("rows.dta", false)]
    public void Rows_go_into_files_of_rows(string path, bool allowed)
    {
        var problem = FileEnding.ProblemOfRows(path);
        Assert.Equal(allowed, problem is null);
        Assert.True(allowed || problem!.EndsWith(RowsFile.Endings, StringComparison.Ordinal));
    }

    [Fact]
    public void Broom_has_names_for_some_columns_and_the_others_stay() => Assert.Equal(
        ["term", "estimate", "std.error", "statistic", "df", "p.value", "conf.low", "conf.high", "ratio"],
        BroomNames.Of(["term", "estimate", "se", "statistic", "df", "p", "lower", "upper", "ratio"]));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+cmd", "'+cmd")]
    [InlineData("-x", "'-x")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\tx", "'\tx")]
    [InlineData("-1.5e3", "-1.5e3")]
    [InlineData("+7", "+7")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    public void No_text_is_a_formula_of_a_spreadsheet(string field, string written) =>
        Assert.Equal(written, SpreadsheetText.Neutral(field));

    /// <summary>The same entries packed at another time are other bytes before, and the same bytes after.</summary>
    [Fact]
    public void The_clock_is_taken_out_of_packed_files()
    {
        var (early, late) = (Packed(new DateTime(1999, 12, 31, 23, 59, 58)), Packed(new DateTime(2024, 2, 29, 12, 0, 0)));
        Assert.NotEqual(early, late);
        ZipTimes.Fix(early);
        ZipTimes.Fix(late);
        Assert.Equal(early, late);
        using var zip = new ZipArchive(new MemoryStream(early));
        Assert.All(zip.Entries, entry => Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime));
        using var reader = new StreamReader(zip.GetEntry("b/second.txt")!.Open());
        Assert.Equal("two", reader.ReadToEnd());

        static byte[] Packed(DateTime time)
        {
            using var stream = new MemoryStream();
            using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var (name, text) in new[] { ("first.txt", "one"), ("b/second.txt", "two") })
                {
                    var entry = zip.CreateEntry(name);
                    entry.LastWriteTime = new DateTimeOffset(time, TimeSpan.Zero);
                    using var writer = new StreamWriter(entry.Open());
                    writer.Write(text);
                }
            }

            return stream.ToArray();
        }
    }

    [Fact]
    public void A_file_is_known_by_its_SHA_256()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.txt", "abc");

        // FIPS 180-4, example of one block.
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", FileHash.Of(path), ignoreCase: true);
        var large = Path.Combine(folder.Path, "large");
        File.WriteAllBytes(large, [.. Enumerable.Range(0, 300_000).Select(k => (byte)(k * 31))]);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(large))), FileHash.Of(large), ignoreCase: true);
    }
}
