using System.Text.Json;
using MarginalConditional.Cli.Saving;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Saving;

/// <summary><see cref="SavedCommandLine"/>: a fit that is kept answers as the command itself does, and refuses other data.</summary>
public sealed class SavedFitTests
{
    private const string Fit = "'incidence / size ~ period + (1 | herd)' --factor period --nodes 5 --se robust";

    [Fact]
    public void A_kept_fit_answers_as_the_command_does()
    {
        using var folder = new TemporaryFolder();
        var (data, kept) = (Copy(folder), Path.Combine(folder.Path, "fit.json"));
        Assert.Equal(0, Margcond.RunLine($"glmm {data} {Fit} --save {kept} --lsmeans period --format json").ExitCode);
        var again = Margcond.RunLine($"glmm --fit {kept} --lsmeans period --pairs --adjust holm --format json");
        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(Margcond.RunLine($"glmm {data} {Fit} --lsmeans period --pairs --adjust holm --format json").Out, again.Out);
        using var document = JsonDocument.Parse(File.ReadAllText(kept));
        var saved = document.RootElement.GetProperty("saved");
        Assert.Equal(
            [data, "incidence / size ~ period + (1 | herd)", "--factor=period", "--nodes=5", "--se=robust"],
            saved.GetProperty("arguments").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(64, saved.GetProperty("sha256").GetString()!.Length);
    }

    [Fact]
    public void Standard_errors_may_be_chosen_anew_and_the_model_may_not()
    {
        using var folder = new TemporaryFolder();
        var (data, kept) = (Copy(folder), Path.Combine(folder.Path, "fit.json"));
        Assert.Equal(0, Margcond.RunLine($"glmm {data} {Fit} --save {kept}").ExitCode);
        Assert.Equal(
            Margcond.RunLine($"glmm {data} {Fit.Replace("robust", "model", StringComparison.Ordinal)}").Out,
            Margcond.RunLine($"glmm --fit {kept} --se model").Out);
        Refused($"glmm --fit {kept} --nodes 9", "--nodes is part of the fit that was kept");
        Refused($"gee --fit {kept}", "made by glmm");
    }

    [Theory]
    [InlineData("--out", "--out=theirs.csv")]
    [InlineData("--save", "--save=theirs.json")]
    [InlineData("--predictions", "--predictions=theirs.csv")]
    [InlineData("--plot", "--plot=theirs/")]
    public void A_kept_fit_that_somebody_changed_writes_nothing(string name, string word)
    {
        using var folder = new TemporaryFolder();
        var (data, kept) = (Copy(folder), Path.Combine(folder.Path, "fit.json"));
        Assert.Equal(0, Margcond.RunLine($"glmm {data} {Fit} --save {kept}").ExitCode);
        var own = Path.Combine(folder.Path, "theirs");
        File.WriteAllText(kept, File.ReadAllText(kept).Replace(
            "\"--nodes=5\"", $"\"--nodes=5\", \"{word.Replace("theirs", own, StringComparison.Ordinal)}\"", StringComparison.Ordinal));
        Refused($"glmm --fit {kept}", $"it holds {name}, which --save keeps of no fit");
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [Fact]
    public void Changed_moved_and_missing_data_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        var (data, kept) = (Copy(folder), Path.Combine(folder.Path, "fit.json"));
        Assert.Equal(0, Margcond.RunLine($"glmm {data} {Fit} --save {kept}").ExitCode);
        var moved = Path.Combine(other.Path, "elsewhere.csv");
        File.Move(data, moved);
        Refused($"glmm --fit {kept}", "are not there");
        Assert.Equal(0, Margcond.RunLine($"glmm {moved} --fit {kept}").ExitCode);
        File.AppendAllText(moved, "1,1,9,1\n");
        Refused($"glmm {moved} --fit {kept}", "SHA-256");
        Refused($"glmm --fit {folder.Write("no.json", "{}")}", "not a fit that --save kept");
        Refused($"glmm --fit {Path.Combine(folder.Path, "none.json")}", "no such file");
    }

    [Fact]
    public void The_content_of_a_joined_file_is_part_of_what_is_kept()
    {
        using var folder = new TemporaryFolder();
        var (visits, persons) = (Path.Combine(folder.Path, "visits.csv"), Path.Combine(folder.Path, "persons.csv"));
        File.Copy(Repository.File("examples", "formats", "visits.csv"), visits);
        File.WriteAllText(persons, File.ReadAllText(Repository.File("examples", "formats", "persons.csv")));
        var (kept, report) = (Path.Combine(folder.Path, "fit.json"), Path.Combine(folder.Path, "report.html"));
        var fit = $"lmm {visits} 'y ~ arm + visit + (1 | USUBJID)' --join {persons} --on USUBJID";
        Assert.Equal(0, Margcond.RunLine($"{fit} --save {kept} --report {report}").ExitCode);
        Assert.Equal(0, Margcond.RunLine($"lmm --fit {kept}").ExitCode);
        using (var document = JsonDocument.Parse(File.ReadAllText(kept)))
        {
            var hash = document.RootElement.GetProperty("saved").GetProperty("joinedSha256").GetString()!;
            Assert.Equal(HashOf(persons), hash);
            Assert.Contains(hash, File.ReadAllText(report), StringComparison.Ordinal);
        }

        var study = $"simulate --like {kept} --treatment armplacebo --replicates 2";
        var results = Path.Combine(folder.Path, "results");
        var before = Margcond.RunLine($"{study} --out {results}");
        Assert.True(before.ExitCode == 0, before.Error);
        using (var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(results, "manifest.json"))))
        {
            var fits = manifest.RootElement.GetProperty("fits");
            Assert.Equal(1, fits.GetArrayLength());
            Assert.Equal(HashOf(visits), fits[0].GetProperty("dataSha256").GetString());
            Assert.Equal(HashOf(persons), fits[0].GetProperty("joinedSha256").GetString());
            Assert.StartsWith("lmm y ~ arm + visit", fits[0].GetProperty("model").GetString(), StringComparison.Ordinal);
        }

        File.WriteAllText(persons, File.ReadAllText(persons).Replace("001,active", "001,placebo", StringComparison.Ordinal));
        Refused($"lmm --fit {kept}", "joined to the data is not the one of the fit");
        Refused(study, "joined to the data is not the one of the fit");

        File.Delete(persons);
        Refused($"lmm --fit {kept}", "joined to the data is not there");
    }

    private static string HashOf(string path) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));

    [Fact]
    public void Estimates_that_are_no_longer_those_kept_are_warned_of()
    {
        using var folder = new TemporaryFolder();
        var (data, kept) = (Copy(folder), Path.Combine(folder.Path, "fit.json"));
        Assert.Equal(0, Margcond.RunLine($"glmm {data} {Fit} --save {kept}").ExitCode);
        var text = File.ReadAllText(kept);
        var start = text.IndexOf("\"estimate\": -", StringComparison.Ordinal) + "\"estimate\": -".Length;
        File.WriteAllText(kept, text[..start] + "9" + text[start..]);
        Assert.Contains("are not those that were kept", Words(Margcond.RunLine($"glmm --fit {kept}").Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"command\":\"lmm\"", "\"command\":null")]
    [InlineData("\"sha256\":\"\"", "\"sha256\":null")]
    [InlineData("\"version\":\"1\"", "\"version\":null")]
    [InlineData("\"version\":\"1\"", "\"version\":1")]
    [InlineData("\"d.csv\",\"y ~ x\"", "")]
    [InlineData("\"d.csv\"", "null")]
    [InlineData("\"d.csv\"", "\"d\\u0000.csv\"")]
    [InlineData("\"d.csv\"", "\"\\ud800\"")]
    [InlineData("{\"term\":\"x\",\"estimate\":1}", "{\"term\":null,\"estimate\":1}")]
    [InlineData("{\"term\":\"x\",\"estimate\":1}", "{\"term\":\"x\",\"estimate\":1},{\"term\":\"x\",\"estimate\":1}")]
    public void A_file_with_one_thing_wrong_is_no_kept_fit(string right, string wrong)
    {
        const string good = "{\"saved\":{\"version\":\"1\",\"command\":\"lmm\",\"arguments\":[\"d.csv\",\"y ~ x\"],\"sha256\":\"\","
            + "\"coefficients\":[{\"term\":\"x\",\"estimate\":1}]}}";
        using var folder = new TemporaryFolder();
        Refused($"lmm --fit {folder.Write("good.json", good)}", "are not there");
        Assert.Contains(right, good, StringComparison.Ordinal);
        var path = folder.Write("fit.json", good.Replace(right, wrong, StringComparison.Ordinal));
        Refused($"lmm --fit {path}", "not a fit that --save kept");
        Refused($"simulate --like {path}", "not a fit that --save kept");
    }

    private static string Copy(TemporaryFolder folder)
    {
        var path = Path.Combine(folder.Path, "cbpp.csv");
        File.Copy(Repository.Data("cbpp"), path);
        return path;
    }

    private static void Refused(string line, string problem)
    {
        var result = Margcond.RunLine(line);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(problem, Words(result.Error), StringComparison.Ordinal);
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
