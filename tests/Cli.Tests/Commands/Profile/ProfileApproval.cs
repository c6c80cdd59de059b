using System.Text.Json;
using MarginalConditional.Cli.Commands.Profile;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Profile;

/// <summary>What <see cref="ProfileCommandTable"/> and <see cref="ProfileCommandOutput"/> print.</summary>
public sealed class ProfileApproval
{
    private static string Units => Repository.File("examples", "units", "units.csv");

    [Theory]
    [InlineData("units", "")]
    [InlineData("units-details", "--details --level 0.9")]
    public void Readmissions_of_forty_units(string name, string options)
    {
        var run = Margcond.RunLine($"profile {Units} 'readmitted ~ age + (1 | unit)' {options}");
        Assert.Equal(0, run.ExitCode);
        Approved.Match(name, run.Out);
        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void Reaction_times_of_a_linear_model()
    {
        var run = Margcond.RunLine($"profile {Repository.Data("sleepstudy")} 'Reaction ~ Days + (1 | Subject)' --family gaussian");
        Assert.Equal(0, run.ExitCode);
        Approved.Match("sleepstudy", run.Out);
    }

    [Fact]
    public void Many_units_are_shown_at_both_ends()
    {
        var lines = Margcond.RunLine($"profile {Repository.Data("toenail")} 'y ~ time + (1 | patientID)'").Out.Split('\n');
        Assert.Contains(lines, line => line.Contains("\u22EE 254 more", StringComparison.Ordinal));
        Assert.True(lines.Length < 70);
    }

    [Fact]
    public void Json_and_csv_carry_every_unit()
    {
        var command = $"profile {Units} 'readmitted ~ age + (1 | unit)' --format ";
        using var json = JsonDocument.Parse(Margcond.RunLine(command + "json").Out);
        var units = json.RootElement.GetProperty("units");
        Assert.Equal(40, units.GetArrayLength());
        var csv = Margcond.RunLine(command + "csv").Out.TrimEnd('\n').Split('\n');
        Assert.Equal(41, csv.Length);
        Assert.StartsWith("unit,size,", csv[0], StringComparison.Ordinal);
        Assert.StartsWith("U01,25,0,", csv[1], StringComparison.Ordinal);
        Assert.Equal(
            "below",
            units.EnumerateArray().Single(unit => unit.GetProperty("label").GetString() == "U05").GetProperty("flag").GetString());
    }

    [Theory]
    [InlineData("readmitted ~ age", "does not say what the units are")]
    [InlineData("readmitted ~ age + (age | unit)", "one random intercept")]
    [InlineData("readmitted ~ age + (1 | ward)", "ward")]
    [InlineData("readmitted ~ age + (1 | unit) + (1 | age)", "one random intercept")]
    public void Bad_models_are_explained(string formula, string words)
    {
        var run = Margcond.RunLine($"profile {Units} '{formula}'");
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Out);
        Assert.Contains(
            words,
            string.Join(' ', run.Error.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_the_model_lacks_is_bad_input()
    {
        var run = Margcond.RunLine($"profile examples/units/units.csv 'readmitted ~ age + (1 | unit)' --link inverse");
        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain("defect", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_unit_cannot_be_compared()
    {
        var path = Path.Combine(Path.GetTempPath(), $"profile-{Environment.ProcessId}.csv");
        File.WriteAllText(path, "y,unit\n1,1\n0,1\n1,1\n");
        var run = Margcond.RunLine($"profile {path} 'y ~ 1 + (1 | unit)'");
        File.Delete(path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "has one group only",
            string.Join(' ', run.Error.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }
}
