using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands;

/// <summary>What files hold, told before a fit, on the data that strangers brought.</summary>
public sealed class DescribeCommandTests
{
    private const string Toenail = "examples/toenail/toenail.csv";

    // Counted by hand in the file: awk over patientID and visit.
    [Fact]
    public void Clusters_visits_and_patterns_are_those_of_the_file()
    {
        var lines = File.ReadAllLines(Repository.File(Toenail)).Skip(1).Select(line => line.Split(',')).ToArray();
        var header = File.ReadLines(Repository.File(Toenail)).First().Split(',');
        var (id, visit, arm) = (Array.IndexOf(header, "patientID"), Array.IndexOf(header, "visit"), Array.IndexOf(header, "treatment"));
        using var json = Json($"describe {Toenail} --cluster patientID --wave visit --treatment treatment --format json");
        var root = json.RootElement;
        var patients = lines.GroupBy(line => line[id], StringComparer.Ordinal).ToArray();
        Assert.Equal(patients.Length, root.GetProperty("clusters").GetProperty("count").GetInt32());
        Assert.Equal(patients.Count(rows => rows.Count() == 1), root.GetProperty("clusters").GetProperty("single").GetInt32());
        foreach (var pattern in root.GetProperty("patterns").EnumerateArray())
        {
            var text = pattern.GetProperty("pattern").GetString()!;
            string[] seen = [.. Enumerable.Range(1, 7).Where(wave => text[wave - 1] == 'x').Select(wave => $"{wave}")];
            var found = patients
                .Where(rows => rows.Select(line => line[visit]).Order(StringComparer.Ordinal).SequenceEqual(seen))
                .ToArray();
            Assert.Equal(
                root.GetProperty("arms").EnumerateArray()
                    .Select(name => found.Count(rows => rows.First()[arm].Trim('"') == name.GetString())),
                pattern.GetProperty("clusters").EnumerateArray().Select(count => count.GetInt32()));
        }
    }

    [Fact]
    public void Names_of_clusters_have_no_mean_and_other_numbers_have()
    {
        Assert.Matches("patientID +number +0 +294 +1 to 383\n", Margcond.RunLine($"describe {Toenail} --cluster patientID").Out);
        Assert.Matches("patientID .* 1 to 383, mean 189.8166\n", Margcond.RunLine($"describe {Toenail}").Out);
    }

    [Theory]
    [InlineData(
        "visit_text.csv --cluster id --wave visit",
        "The waves of visit are text, in this order: Baseline, Week 2, Week 4, Week 8, Week 12")]
    [InlineData("id_dot.csv --cluster id", "id groups by text: \"1.1\" and \"1.10\" are one number but two groups")]
    [InlineData("respiratory.csv --cluster id", "--cluster center:id")]
    [InlineData("base_not.csv --cluster id", "Without --wave the order of a cluster's rows counts as their order in time")]
    [InlineData("out.csv --outcome resp", "The outcome resp is in words: say --event \"Yes\"")]
    [InlineData("out.csv", "holds 1 and 2: an outcome of two codes needs --event 2")]
    [InlineData("missing-cell.csv", "of their interaction not every coefficient can be estimated")]
    [InlineData("date_iso.csv --cluster id --wave date", "whose distances are days")]
    public void What_may_have_been_meant_otherwise_is_said(string arguments, string note)
    {
        var result = Margcond.RunLine($"describe tests/Cli.Tests/Strangers/{arguments}");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.ExitCode == 0 ? string.Empty : result.Error));
        var said = string.Join(' ', result.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(note, said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_format_fits_as_its_text_does()
    {
        const string Model = "\"resp ~ arm + visitnum\" --cluster usubjid --wave visit --corr independence --family gaussian --format json";
        const string Samples = "tests/Data.Tests/Formats/Samples/";
        using var text = Json(
            $"gee {Samples}trial.csv \"RESP ~ ARM + VISITNUM\" --cluster USUBJID --wave VISIT --corr independence --family gaussian "
                + "--format json");
        foreach (var file in new[] { "trial-v5.xpt", "trial.json", "trial.dsjc" })
        {
            using var typed = Json($"gee {Samples}{file} {Model}");
            Assert.Equal(Estimates(text), Estimates(typed));
        }
    }

    [Fact]
    public void Visits_are_joined_to_persons()
    {
        var joined = Margcond.RunLine("gee examples/formats/visits.csv \"y ~ arm + visit + age\" --cluster USUBJID --family gaussian "
            + "--join examples/formats/persons.csv --on USUBJID");
        Assert.Equal(0, joined.ExitCode);
        Assert.Contains("armplacebo", joined.Out, StringComparison.Ordinal);
        var without = Margcond.RunLine("gee examples/formats/visits.csv \"y ~ arm\" --cluster USUBJID --join examples/formats/persons.csv");
        Assert.Equal(2, without.ExitCode);
        Assert.Contains("--on USUBJID", without.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_with_an_error_in_a_cell_keeps_nobody_from_the_rest()
    {
        var result = Margcond.RunLine("describe tests/Data.Tests/Formats/Samples/trial.xlsx --sheet ADPAIN --format csv");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("USUBJID,NA,category,0,4", result.Out, StringComparison.Ordinal);
        Assert.Contains("BAD cannot be read: Cell N4 shows the error #N/A.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_column_that_can_be_read_is_described_by_its_faults()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "bytes.csv");
        File.WriteAllBytes(path, [.. "y,x\n1,2\n"u8, 0x9F, (byte)',', (byte)'5', 0xFA, (byte)'\n']);
        var result = Margcond.Run("describe", path);
        Assert.Equal((0, "bytes.csv: 2 rows, 0 columns\n"), (result.ExitCode, result.Out));
        Assert.Contains("y cannot be read", result.Error, StringComparison.Ordinal);
        Assert.Contains("x cannot be read", result.Error, StringComparison.Ordinal);
    }

    private static double[] Estimates(JsonDocument json) =>
        [.. json.RootElement.GetProperty("coefficients").EnumerateArray().Select(row => row.GetProperty("estimate").GetDouble())];

    private static JsonDocument Json(string line)
    {
        var result = Margcond.RunLine(line);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Out);
    }
}
