using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Cli.Tests.RowFiles;

/// <summary>Every option that names a file of rows writes it as its ending says, with the numbers of CSV.</summary>
public sealed class RowOptionsTests
{
    private const string Gee = "gee examples/toenail/toenail.csv 'y ~ treatment * time' --cluster patientID";

    private const string Glmm = "glmm examples/toenail/toenail.csv 'y ~ treatment * time + (1 | patientID)' --nodes 3";

    private const string Lmm =
        "lmm examples/formats/visits.csv 'y ~ visit + (1 | USUBJID)' --join examples/formats/persons.csv --on USUBJID";

    public static TheoryData<string, string> Options => new()
    {
        { Gee, "--out" }, { Gee, "--predictions" }, { Gee, "--diagnostics" },
        { Glmm, "--out" }, { Glmm, "--predictions" }, { Glmm, "--random-effects" }, { $"{Glmm} --draws 2", "--simulated" },
        { Lmm, "--out" }, { Lmm, "--predictions" }, { Lmm, "--random-effects" }, { Lmm, "--diagnostics" },
        { $"{Lmm} --newdata examples/formats/visits.csv", "--predictions" },
        { "meta examples/bcg/bcg.csv --measure RR --treat tpos,tneg --control cpos,cneg", "--out" },
        { "describe examples/toenail/toenail.csv", "--out" },
        { "plan --control .3 --treatment .5 --rho .05 --size 30", "--out" },
        { "profile examples/units/units.csv 'readmitted ~ age + (1 | unit)'", "--out" },
        { "compare tests/reference/data/sites30.csv 'y ~ t + x + (1 | site)' --treatment t --no-checks", "--out" },
        { "replay simulations/noncollapsibility/study.yaml --scenario 1 --replicate 1", "--export" },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void The_ending_of_a_name_chooses_the_form_and_no_bit_changes(string command, string option)
    {
        using var folder = new TemporaryFolder();
        var csv = Written(folder, command, option, "csv");
        foreach (var ending in new[] { "csv.gz", "parquet", "xlsx" })
        {
            var data = Written(folder, command, option, ending);
            Assert.Equal(csv.Header, data.Header);
            foreach (var (one, other) in csv.Columns.Zip(data.Columns))
            {
                Assert.Equal(Fields(one), Fields(other));
            }
        }
    }

    [Theory]
    [InlineData("r", "dfbeta..Intercept.")]
    [InlineData("sas", "dfbeta__Intercept_")]
    public void Names_can_be_such_as_another_program_takes(string names, string column)
    {
        using var folder = new TemporaryFolder();
        foreach (var ending in new[] { "csv", "csv.gz", "parquet", "xlsx" })
        {
            Assert.Contains(column, Written(folder, $"{Gee} --names {names}", "--diagnostics", ending).Header);
        }
    }

    [Fact]
    public void A_study_gives_its_replicates_and_its_summary_as_rows()
    {
        using var folder = new TemporaryFolder();
        var study = Path.Combine(folder.Path, "study");
        Assert.Equal(0, Margcond.RunLine($"simulate simulations/noncollapsibility/study.yaml --replicates 2 --out {study}").ExitCode);
        foreach (var (option, own) in new[] { ("--replicates", "replicates.csv"), ("--tables", "summary.csv") })
        {
            var csv = DatasetReader.Read(Path.Combine(study, own));
            foreach (var ending in new[] { "csv", "csv.gz", "parquet", "xlsx" })
            {
                var data = Written(folder, $"report {study}", option, ending);
                Assert.Equal(csv.Header, data.Header);
                Assert.All(csv.Columns.Zip(data.Columns), pair => Assert.Equal(Fields(pair.First), Fields(pair.Second)));
            }
        }
    }

    [Theory]
    [InlineData("--out fit.parquet --format csv", "contradicts --format csv")]
    [InlineData("--out fit.json.gz", ".csv, .csv.gz, .parquet or .xlsx")]
    [InlineData("--predictions fit.sas7bdat", ".csv, .csv.gz, .parquet or .xlsx")]
    [InlineData("--names sas", "no table of rows")]
    [InlineData("--names broom --predictions fit.csv", "no table of rows")]
    public void What_is_not_written_is_refused_with_what_is(string options, string expected)
    {
        var result = Margcond.RunLine($"{Gee} {options}", width: 200);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists("fit.parquet"));
    }

    [Fact]
    public void A_file_that_is_read_is_not_lost_and_a_refused_command_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "rows.parquet");
        Assert.Equal(0, Margcond.RunLine($"describe examples/toenail/toenail.csv --out {data}").ExitCode);
        var before = File.ReadAllBytes(data);
        Assert.Equal(2, Margcond.RunLine($"describe {data} --out {data}").ExitCode);
        Assert.Equal(before, File.ReadAllBytes(data));
        var other = Path.Combine(folder.Path, "other.xlsx");
        Assert.Equal(2, Margcond.RunLine($"{Gee.Replace("treatment", "treatmnt", StringComparison.Ordinal)} --out {other}").ExitCode);
        Assert.Equal(["rows.parquet"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    private static Dataset Written(TemporaryFolder folder, string command, string option, string ending)
    {
        var path = Path.Combine(folder.Path, "rows." + ending);
        var result = Margcond.RunLine($"{command} {option} {path}");
        Assert.True(result.ExitCode == 0, result.Error);
        return DatasetReader.Read(path);
    }

    /// <summary>Fields as text; numbers to the bit.</summary>
    private static IEnumerable<string?> Fields(Column column) => column is FactorColumn factor
        ? factor.Codes.ToArray().Select(code => code < 0 ? null : factor.Levels[code])
        : ((NumericColumn)column).Values.ToArray().Select(
            number => double.IsNaN(number) ? null : number.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
}
