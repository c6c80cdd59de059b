using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Files;

/// <summary>What files with types say beside their values: labels, and where a row stands.</summary>
public sealed class TypedFileTests
{
    private const string Fit = "\"pain_score_total ~ planned_arm + visit_number\" --cluster usubjid --family gaussian --corr independence";

    [Theory]
    [InlineData("trial-v8.xpt")]
    [InlineData("trial-118.dta")]
    public void Labels_stand_in_tables_papers_reports_and_json(string name)
    {
        using var folder = new TemporaryFolder();
        var report = Path.Combine(folder.Path, "report.html");
        var command = $"gee {Sample(name)} {Fit}";
        Assert.Contains(
            "planned_arm: Planned Arm · visit_number: Visit Number", Margcond.RunLine(command, 200).Out, StringComparison.Ordinal);
        Assert.Contains("Planned Arm", Margcond.RunLine($"{command} --format html --report {report}").Out, StringComparison.Ordinal);
        Assert.Contains("Visit Number", File.ReadAllText(report), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Margcond.RunLine($"{command} --format json").Out);
        Assert.Equal("Planned Arm", json.RootElement.GetProperty("labels").GetProperty("planned_arm").GetString());
        var coefficients = json.RootElement.GetProperty("coefficients").EnumerateArray().ToArray();
        Assert.False(coefficients[0].TryGetProperty("label", out _));
        Assert.Equal("Planned Arm: Placebo", coefficients[1].GetProperty("label").GetString());
        Assert.Equal("Visit Number", coefficients[2].GetProperty("label").GetString());
    }

    [Fact]
    public void A_comparison_has_them_as_well()
    {
        var command = $"compare {Sample("trial-v8.xpt")} \"pain_score_total ~ planned_arm + (1 | usubjid)\" --treatment planned_arm "
            + "--family gaussian";
        Assert.Contains("planned_arm: Planned Arm", Margcond.RunLine(command, 200).Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Margcond.RunLine($"{command} --format json").Out);
        Assert.Equal("Planned Arm", json.RootElement.GetProperty("labels").GetProperty("planned_arm").GetString());
    }

    /// <summary>The first score that is no outcome of 0 and 1 stands in the first row, which is the second of the sheet.</summary>
    [Theory]
    [InlineData("trial-v8.xpt", "pain_score_total", "planned_arm", "usubjid", "")]
    [InlineData("trial-118.dta", "pain_score_total", "planned_arm", "usubjid", "")]
    [InlineData("trial.json", "SCORE", "ARM", "USUBJID", "")]
    [InlineData("trial-zstd.parquet", "score", "flag", "usubjid", "")]
    [InlineData("trial.xlsx", "SCORE", "ARM", "USUBJID", " --sheet ADPAIN")]
    public void A_message_names_the_row_and_the_column(string name, string score, string arm, string id, string options)
    {
        var result = Margcond.RunLine($"gee {Sample(name)} \"{score} ~ {arm}\" --cluster {id}{options}", 200);
        Assert.Equal(2, result.ExitCode);
        Assert.Matches($@"{name.Replace(".", @"\.", StringComparison.Ordinal)}, row \d+, column {score}: ", result.Error);
    }

    [Fact]
    public void A_row_of_a_sheet_is_the_one_that_excel_shows()
    {
        using var folder = new TemporaryFolder();
        var csv = folder.Write("a.csv", "id,y\na,1\na,0\nb,7\nb,1\n");
        var (sheet, parquet) = (Path.Combine(folder.Path, "a.xlsx"), Path.Combine(folder.Path, "a.parquet"));
        foreach (var path in new[] { sheet, parquet })
        {
            var table = new MarginalConditional.Cli.RowFiles.RowsFile();
            File.WriteAllBytes(path, MarginalConditional.Cli.RowFiles.CsvText.Content(table, path, File.ReadAllText(csv)));
        }

        string Place(string path) => Margcond.RunLine($"gee {path} \"y ~ 1\" --cluster id", 400).Error.Split(": ")[1];
        Assert.EndsWith("a.csv, line 4, column y", Place(csv), StringComparison.Ordinal);
        Assert.EndsWith("a.xlsx, row 4, column y", Place(sheet), StringComparison.Ordinal);
        Assert.EndsWith("a.parquet, row 3, column y", Place(parquet), StringComparison.Ordinal);
    }

    private static string Sample(string name) => Repository.File("tests", "Data.Tests", "Formats", "Samples", name);
}
