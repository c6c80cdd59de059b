using System.Text.Json;
using MarginalConditional.Cli.Commands.Compare;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Compare;

/// <summary>
/// Trials by person through the console: <see cref="PersonReport"/>, <see cref="PersonTable"/>, <see cref="PersonJson"/>,
/// <see cref="RandomizationOptions"/> and the ladder of <see cref="LadderTable"/>.
/// </summary>
public sealed class ComparePersonsTests
{
    [Fact]
    public void A_trial_by_person_is_compared() =>
        Approved.Match("ComparePersons", Strong().Transcript);

    [Fact]
    public void A_wide_console_has_steps_and_reasons_on_the_line()
    {
        var wide = Margcond.RunAt(120, StrongArguments()).Out;
        var step = wide.Split('\n').Single(line => line.Contains("averaged over covariates", StringComparison.Ordinal));
        Assert.EndsWith("\u22120.676 (0.058)  x predicts the outcome", step, StringComparison.Ordinal);
        Assert.Contains("step (SE)  why the next one differs", wide, StringComparison.Ordinal);
    }

    [Fact]
    public void Strata_several_arms_and_estimands_are_shown() => Approved.Match(
        "ComparePersonsStrata",
        Until(
            "\nTolerances of",
            Margcond.Run(
                "compare", Repository.Data("irt3"), "y ~ trt * s1 + x", "--treatment", "trt", "--reference", "trt=pbo", "--strata",
                "s1,s2", "--randomization", "permuted-block", "--unit", "patient", "--verbose", "--estimand").Transcript));

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Lines_fit_the_console_and_plain_characters_do_too(int width)
    {
        foreach (var family in new[] { "binomial", "gaussian", "poisson" })
        {
            string[] arguments =
            [
                "compare", Repository.Data("irt3"), $"{(family == "gaussian" ? "yc" : "y")} ~ trt + x + s1", "--family", family, "--unit",
                "participant in the intention-to-treat population", "--ascii", "--verbose", "--estimand",
            ];
            var result = Margcond.RunAt(width, arguments);
            Assert.Equal(0, result.ExitCode);
            Assert.All(result.Out.Split('\n'), line => Assert.True(line.Length <= width, line));
            Assert.True(System.Text.Ascii.IsValid(result.Out));
        }
    }

    [Fact]
    public void Json_has_the_ladder_its_steps_and_the_raw_means()
    {
        using var document = JsonDocument.Parse(Margcond.Run([.. StrongArguments(), "--format", "json"]).Out);
        var root = document.RootElement;
        Assert.Equal("person", root.GetProperty("randomizedBy").GetString());
        Assert.Equal(4000, root.GetProperty("persons").GetInt32());
        var rung = Find(root.GetProperty("ladder"), ("rung", "1"), ("scale", "log odds ratio"));
        Assert.Equal(3.58, Math.Exp(rung.GetProperty("estimate").GetDouble()), 0.005);
        Assert.Equal("participant", rung.GetProperty("weighting").GetString());
        Assert.Equal(JsonValueKind.Object, rung.GetProperty("at").ValueKind);
        var step = Find(root.GetProperty("steps"), ("from", "1"), ("scale", "log odds ratio"));
        Assert.Equal("covariates differ", step.GetProperty("cause").GetString());
        Assert.False(step.GetProperty("zeroByIdentity").GetBoolean());
        var zero = Find(root.GetProperty("steps"), ("from", "1"), ("scale", "risk difference"));
        Assert.True(zero.GetProperty("zeroByIdentity").GetBoolean());
        Assert.Equal(0, zero.GetProperty("estimate").GetDouble());
        Assert.Equal(JsonValueKind.Null, zero.GetProperty("p").ValueKind);
        Assert.Empty(root.GetProperty("warnings").EnumerateArray());
        Assert.Equal("Raw means of the arms", root.GetProperty("sides")[0].GetProperty("name").GetString());
        var standardized = root.GetProperty("standardized").EnumerateArray().Single();
        Assert.Equal("GLM", standardized.GetProperty("method").GetString());
        Assert.Equal("harm", standardized.GetProperty("contrasts")[0].GetProperty("numberNeededToTreat").GetProperty("to").GetString());
        Assert.Equal(
            ["conditional", "standardized", "standardized", "standardized", "standardized"],
            root.GetProperty("estimands").EnumerateArray().Select(item => item.GetProperty("estimand").GetString()));
        Assert.Equal(3, root.GetProperty("glm").GetProperty("coefficients").GetArrayLength());
    }

    [Fact]
    public void Csv_has_a_line_for_every_rung_and_step()
    {
        var lines = Margcond.Run([.. StrongArguments(), "--format", "csv"]).Out.TrimEnd('\n').Split('\n');
        Assert.Equal(1 + 1 + (3 * 3) + (2 * 3) + (2 * 3) + 3 + 1, lines.Length);
        var needed = lines.Single(line => line.Contains("number needed to treat", StringComparison.Ordinal));
        Assert.StartsWith("standardized,GLM,1 - 0,number needed to treat to harm,participant,", needed, StringComparison.Ordinal);
        Assert.StartsWith("rung 1,GLM,1 - 0,risk difference,participant,", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void One_row_a_cluster_tells_nothing_of_clusters_and_goes_on_by_person()
    {
        var named = Margcond.Run("compare", Repository.Data("one_row_a_cluster"), "y ~ t + x", "--cluster", "id", "--treatment", "t");
        var plain = Margcond.Run("compare", Repository.Data("one_row_a_cluster"), "y ~ t + x", "--treatment", "t");
        Assert.Equal(0, named.ExitCode);
        Assert.Equal(plain.Out, named.Out);
        Assert.Contains("cannot be known from one row a cluster", Joined(named.Error), StringComparison.Ordinal);
        Assert.Empty(plain.Error);
        var random = Margcond.Run("compare", Repository.Data("one_row_a_cluster"), "y ~ t + x + (1 | id)", "--treatment", "t");
        Assert.Contains("cannot be known from one row a cluster", Joined(random.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_trials_and_mostly_single_rows_stay_clusters()
    {
        using var folder = new TemporaryFolder();
        var trials = folder.Write("trials.csv", "site,arm,events,n\n" + string.Concat(Enumerable.Range(0, 30).Select(i =>
            $"{i},{i % 2},{3 + (i * 7 % 11)},20\n")));
        var counted = Margcond.Run("compare", trials, "events / n ~ arm", "--cluster", "site", "--no-checks");
        Assert.Contains("GLMM", counted.Out, StringComparison.Ordinal);
        var single = folder.Write("single.csv", "id,arm,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"{Math.Min(i, 55)},{Math.Min(i, 55) % 2},{(i * i / 3) % 2}\n")));
        Assert.Contains("GLMM", Margcond.Run("compare", single, "y ~ arm", "--cluster", "id", "--no-checks").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Counted_rows_are_persons()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("cells.csv", "arm,sex,events,n\na,f,10,40\na,m,20,40\nb,f,18,40\nb,m,30,40\n");
        var result = Margcond.Run("compare", file, "events / n ~ arm + sex", "--unit", "patient");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Mean under a (80)", result.Out, StringComparison.Ordinal);
        Assert.Contains("The 4 rows stand for 160 patients, who count one by one.", Joined(result.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void Separated_outcomes_show_what_is_finite_and_no_ladder()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("separated.csv", "arm,x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i =>
            $"{(i % 2 == 0 ? "a" : "b")},{i},{(i >= 20 ? 1 : 0)}\n")));
        var result = Margcond.Run("compare", file, "y ~ arm + x");
        Assert.Equal(3, result.ExitCode);
        Assert.DoesNotContain("whose odds?", result.Out, StringComparison.Ordinal);
        Assert.Contains("There is no verdict", result.Out, StringComparison.Ordinal);
        Assert.Contains("separated", Joined(result.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--corr has no effect", "y ~ trt + x", "--corr", "ar1")]
    [InlineData("--nodes has no effect", "y ~ trt + x", "--nodes", "5")]
    [InlineData("--probability has no effect", "y ~ trt + x", "--probability", "0.5")]
    [InlineData("needs --strata", "y ~ trt + x", "--randomization", "permuted-block")]
    [InlineData("--at sets x", "y ~ trt + x", "--at", "x=0", "--standardized-se", "ye")]
    [InlineData("There is no column \"s3\"", "y ~ trt + x", "--strata", "s1,s3")]
    [InlineData("has nobody with trt", "y ~ trt", "--strata", "id")]
    [InlineData("Ye's variance holds for persons who count alike", "y ~ trt", "--weights", "yc2", "--standardized-se", "ye")]
    [InlineData("--randomization is for trials randomized by person", "y ~ trt", "--cluster", "s1", "--randomization", "simple")]
    [InlineData("is for rows that are independent", "y ~ trt", "--cluster", "s1", "--standardized-se", "ye")]
    public void What_does_not_go_together_is_refused(string message, string formula, params string[] options)
    {
        using var folder = new TemporaryFolder();
        var lines = File.ReadAllLines(Repository.Data("irt3"));
        var file = folder.Write("irt3.csv", string.Join('\n', lines.Select((line, row) => line + (row == 0 ? ",yc2" : ",1.5"))) + "\n");
        var result = Margcond.Run(["compare", file, formula, .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.Contains(message, Joined(result.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void At_a_value_the_last_rung_is_left_out()
    {
        var result = Margcond.Run("compare", Repository.Data("irt2"), "y ~ trt * s1 + x", "--at", "s1=a", "--reference", "trt=pbo");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("s1 = a", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("whatever the model  ", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_normal_reference_is_used_when_asked_for()
    {
        var lines = Margcond.Run([.. StrongArguments(), "--df", "normal", "--format", "csv"]).Out.Split('\n');
        Assert.All(lines.Skip(1).SkipLast(1), line => Assert.Equal("NA", line.Split(',')[8]));
    }

    [Fact]
    public void Clusters_that_do_not_differ_are_said_to_be_so()
    {
        var result = Margcond.Run(
            "compare", Repository.Data("strong_covariate"), "y ~ t + x", "--treatment", "t", "--cluster", "site", "--unit", "site",
            "--no-checks", "--nodes", "5");
        Assert.Contains("0: sites do not differ", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_treatment_of_many_numbers_has_a_coefficient_and_no_ladder()
    {
        var result = Margcond.Run("compare", Repository.Data("irt2"), "y ~ x + s1", "--treatment", "x");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("no arms to give everybody in thought", Joined(result.Out), StringComparison.Ordinal);
    }

    private static RunResult Strong() => Margcond.Run(StrongArguments());

    private static string[] StrongArguments() =>
        ["compare", Repository.Data("strong_covariate"), "y ~ t + x", "--treatment", "t", "--unit", "patient"];

    private static string Until(string mark, string text) =>
        text.IndexOf(mark, StringComparison.Ordinal) is var at and >= 0 ? text[..at] : text;

    private static string Joined(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static JsonElement Find(JsonElement array, params (string Name, string Value)[] members) =>
        array.EnumerateArray().First(item => members.All(member => item.GetProperty(member.Name).ToString() == member.Value));
}
