using System.Globalization;
using System.Text.Json;
using MarginalConditional.Cli.Commands.Compare;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Compare;
using MarginalConditional.Gee;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Tests.Commands.Compare;

/// <summary>
/// <see cref="CompareCommand"/> through the console: what <see cref="CompareCommandTable"/>,
/// <see cref="CompareCommandJson"/> and <see cref="CompareCommandReport"/> print.
/// </summary>
public sealed class CompareCommandTests
{
    [Fact]
    public void A_crossover_trial_is_compared()
    {
        var transcript = Crossover("--verbose", "--estimand").Transcript;
        Approved.Match("CompareCrossover", transcript[..transcript.IndexOf("\nTolerances of GEE\n", StringComparison.Ordinal)]);
    }

    [Fact]
    public void Tolerances_of_both_models_and_of_the_comparison_are_shown_to_those_who_ask_for_more()
    {
        var verbose = Crossover("--verbose").Out;
        string[] headings = ["Tolerances of GEE", "Tolerances of the GLMM", "Tolerances of the comparison"];
        Assert.All(headings, heading => Assert.Contains($"\n{heading}\n", verbose, StringComparison.Ordinal));
        IReadOnlyList<Tolerance>[] lists = [new GeeTolerances().All, new GlmmTolerances().All, new CompareTolerances().All];
        Assert.All(
            lists.SelectMany(list => list),
            tolerance => Assert.Contains($"\n  {tolerance.Name} ", verbose, StringComparison.Ordinal));
        Assert.DoesNotContain("Tolerances", Crossover().Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cbpp", "incidence / size ~ factor(period)", "herd", "binomial")]
    [InlineData("dietox", "Weight ~ Cu * Time", "Pig", "gaussian")]
    [InlineData("epilepsy", "y ~ trt + lbase", "subject", "poisson")]
    public void Every_line_fits_eighty_columns(string data, string formula, string cluster, string family)
    {
        var result = Margcond.Run("compare", Repository.Data(data), formula, "--cluster", cluster, "--family", family, "--nodes", "11",
            "--verbose");

        Assert.Equal(0, result.ExitCode);
        Assert.All(result.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void Json_carries_effects_gap_and_estimands()
    {
        var result = Margcond.Run("compare", Repository.Data("ohio"), "resp ~ age + smoke", "--cluster", "id", "--treatment", "smoke",
            "--format", "json");

        Assert.Equal(0, result.ExitCode);
        using var document = JsonDocument.Parse(result.Out);
        var root = document.RootElement;
        var effect = root.GetProperty("effects")[0];
        Assert.Equal("smoke", effect.GetProperty("term").GetString());
        Assert.Equal(
            ["conditional", "marginalized", "marginal", "marginal-likelihood"],
            effect.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("estimand").GetString()));
        var gap = effect.GetProperty("gap");
        Assert.Equal(
            gap.GetProperty("total").GetProperty("estimate").GetDouble(),
            gap.GetProperty("nonCollapsibility").GetProperty("estimate").GetDouble() + gap
                .GetProperty("rest")
                .GetProperty("estimate")
                .GetDouble(),
            1e-12);
        Assert.Equal(4, root.GetProperty("standardized").GetArrayLength());
        Assert.Equal("odds ratio for one cluster", root.GetProperty("estimands")[0].GetProperty("summary").GetString());
        Assert.Equal(4.0, root.GetProperty("clusterSizes").GetProperty("median").GetDouble());
    }

    /// <summary>Four waves of six clusters have no unstructured correlation that is one.</summary>
    [Fact]
    public void Fits_that_did_not_converge_are_not_compared()
    {
        using var folder = new TemporaryFolder();
        int[] ones = [0, 1, 3, 8, 9, 11, 16, 17, 19, 23];
        var rows = Enumerable.Range(0, 24).Select(row => $"{(ones.Contains(row) ? 1 : 0)},{row / 4},{"ab"[row / 4 % 2]},{row % 4}");
        var path = folder.Write("trial.csv", "y,id,arm,t\n" + string.Join('\n', rows) + "\n");
        string[] words = ["compare", path, "y ~ arm", "--family", "binomial", "--cluster", "id", "--wave", "t", "--corr", "unstructured"];
        var result = Margcond.Run([.. words, "--plot", Path.Combine(folder.Path, "plots") + "/"]);
        Assert.Equal(3, result.ExitCode);
        Assert.DoesNotContain("Rung", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Standardized", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Other reasons looked at", result.Out, StringComparison.Ordinal);
        Assert.Contains("Clusters' own means", result.Out, StringComparison.Ordinal);
        Assert.EndsWith("One of the fits did not converge, so the two answers cannot be compared.\n", result.Out, StringComparison.Ordinal);
        var notes = result.Error.ReplaceLineEndings(" ").Replace("          ", "", StringComparison.Ordinal);
        Assert.Contains("The picture ladder is left out, because the two fits cannot be compared.", notes, StringComparison.Ordinal);
        var page = Path.Combine(folder.Path, "page.html");
        Assert.Equal(3, Margcond.Run([.. words, "--report", page, "--dial", "size"]).ExitCode);
        var report = File.ReadAllText(page);
        Assert.Contains("Clusters&#39; own means", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Standardized over", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Rung: whose odds", report, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(Margcond.Run([.. words, "--format", "json"]).Out);
        Assert.Equal(0, document.RootElement.GetProperty("checks").GetArrayLength());
    }

    /// <summary>A hundred million rows for each row tell of the treatment, and nothing of five clusters' spread.</summary>
    [Fact]
    public void What_a_mixed_model_has_no_covariance_for_has_no_standard_error()
    {
        using var folder = new TemporaryFolder();
        string[] ids = ["1", "2", "3", "0", "3", "0", "2", "4", "1", "2", "3", "4", "3", "0", "1", "2", "1", "2", "3", "4"];
        const string Outcomes = "11011110111001001010";
        const string Arms = "bbaababbabbabababbba";
        var rows = ids.Select((id, row) => $"{Outcomes[row]},{id},{Arms[row]},100000000");
        var path = folder.Write("trial.csv", "y,id,arm,w\n" + string.Join('\n', rows) + "\n");
        string[] words = ["compare", path, "y ~ arm", "--family", "binomial", "--link", "cloglog", "--weights", "w", "--cluster", "id"];
        var text = Margcond.Run(words).Out.ReplaceLineEndings(" ");
        Assert.DoesNotContain("Both are right", text, StringComparison.Ordinal);
        Assert.DoesNotContain("standard errors (rung", text, StringComparison.Ordinal);
        var result = Margcond.Run([.. words, "--format", "json"]);
        Assert.Contains("so there are no standard errors", result.Out, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(result.Out);
        foreach (var row in document.RootElement.GetProperty("effects")[0].GetProperty("rows").EnumerateArray().Take(2))
        {
            Assert.Equal(JsonValueKind.Null, row.GetProperty("se").ValueKind);
            Assert.Equal(JsonValueKind.Null, row.GetProperty("p").ValueKind);
            Assert.Equal(JsonValueKind.Null, row.GetProperty("lower").ValueKind);
        }
    }

    [Fact]
    public void Csv_has_a_line_for_each_estimand()
    {
        var result = Margcond.Run("compare", Repository.Data("ohio"), "resp ~ smoke", "--cluster", "id", "--no-checks", "--format", "csv");

        Assert.StartsWith("estimand,method,term,scale,weighting,estimate", result.Out, StringComparison.Ordinal);
        var lines = result.Out.TrimEnd('\n').Split('\n');
        Assert.Equal(2 * 4, lines.Count(line => line.Contains(",number needed to treat to ", StringComparison.Ordinal)));
        Assert.Equal(1 + 4 + (4 * 3) + 8 + (2 * 4), lines.Count(line =>
            !line.StartsWith("rung ", StringComparison.Ordinal) && !line.StartsWith("step ", StringComparison.Ordinal)
            && !line.Contains("side of rung ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Csv_has_both_scales_of_what_is_a_logarithm()
    {
        string[] command = ["compare", Repository.Data("ohio"), "resp ~ smoke", "--cluster", "id", "--no-checks", "--format", "csv"];
        var plain = Margcond.Run(command).Out.TrimEnd('\n').Split('\n');
        var both = Margcond.Run([.. command, "--exponentiate"]).Out.TrimEnd('\n').Split('\n');
        Assert.Equal(plain[0] + ",ratio,ratio_lower,ratio_upper", both[0]);
        Assert.Equal(plain.Length, both.Length);
        foreach (var (line, longer) in plain.Zip(both).Skip(1))
        {
            Assert.StartsWith(line + ",", longer, StringComparison.Ordinal);
            var added = longer[(line.Length + 1)..].Split(',');
            var at = Array.FindIndex(line.Split(','), field => field.StartsWith("log ", StringComparison.Ordinal));
            Assert.Equal(at >= 0, added[0] != "NA");
            if (at >= 0)
            {
                var fields = line.Split(',');
                foreach (var (k, place) in new[] { (0, 2), (1, 7), (2, 8) })
                {
                    Assert.Equal(
                        fields[at + place] is "NA" ? "NA" : $"{Math.Exp(double.Parse(fields[at + place], CultureInfo.InvariantCulture)):R}",
                        added[k]);
                }
            }
        }
    }

    [Fact]
    public void Csv_has_the_ladder_of_json_its_steps_and_what_stands_beside()
    {
        var lines = Crossover("--no-checks", "--format", "csv").Out.Split('\n');
        using var document = JsonDocument.Parse(Crossover("--no-checks", "--format", "json").Out);
        var root = document.RootElement;
        foreach (var rung in root.GetProperty("ladder").EnumerateArray())
        {
            HasLine($"rung {rung.GetProperty("rung")},GLMM,", rung, Text(rung, "name"));
        }

        foreach (var step in root.GetProperty("steps").EnumerateArray())
        {
            HasLine($"step {step.GetProperty("from")} to {step.GetProperty("to")},GLMM,", step, Text(step, "cause"));
        }

        foreach (var side in root.GetProperty("sides").EnumerateArray())
        {
            HasLine($"side of rung {side.GetProperty("rung")},", side, Text(side, "name"));
            if (side.TryGetProperty("difference", out var difference))
            {
                HasLine($"difference of side of rung {side.GetProperty("rung")},", difference, Text(side, "name"));
            }
        }

        void HasLine(string start, JsonElement row, string word) => Assert.Contains(lines, line =>
            line.StartsWith(start, StringComparison.Ordinal) && line.Contains(word, StringComparison.Ordinal)
            && line.Contains(
                $",{row.GetProperty("estimate").GetDouble().ToString("R", CultureInfo.InvariantCulture)},",
                StringComparison.Ordinal));

        static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
    }

    [Theory]
    [InlineData("decay", "--wave", "time")]
    [InlineData("nested", "--within", "month")]
    [InlineData("block", "--wave", "visit", "--within", "patientID")]
    [InlineData("toeplitz", "--wave", "visit")]
    public void Every_structure_of_gee_can_be_compared(string structure, params string[] arguments)
    {
        string[] common = [Repository.Data("toenail"), "y ~ treatment * time", "--cluster", "patientID", "--corr", structure, .. arguments];
        var compared = Margcond.Run(["compare", .. common, "--format", "csv"]);
        var fitted = Margcond.Run(["gee", .. common, "--format", "csv"]);

        Assert.True(compared.ExitCode == 0, compared.Error);
        Assert.Equal(Estimate(fitted.Out, "treatmentterbinafine:time,"), Estimate(compared.Out, "marginal,"), 1e-9);
    }

    private static RunResult Crossover(params string[] options) => Margcond.Run(
        [
            "compare", Repository.Data("crossover"), "y ~ treat + period", "--cluster", "id", "--nodes", "50",
            "--unit", "patient", .. options,
        ]);

    /// <summary>The first number in the first line that starts with a word.</summary>
    private static double Estimate(string csv, string word) =>
        csv.Split('\n').First(line => line.StartsWith(word, StringComparison.Ordinal)).Split(',')
            .Select(field => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN)
            .First(double.IsFinite);

    [Theory]
    [InlineData("has no such term. Did you mean \"time\"?", "y ~ time", "--cluster", "patientID", "--treatment", "tim")]
    [InlineData("--corr has no effect in a trial randomized by person", "y ~ time", "--corr", "ar1", "--treatment", "treatment")]
    [InlineData("both models need the same clusters", "y ~ time + (1 | patientID)", "--cluster", "visit")]
    [InlineData("no covariate whose effect", "y ~ 1", "--cluster", "patientID")]
    [InlineData("the mean over normal random effects does not exist", "y ~ time", "--cluster", "patientID", "--link", "inverse")]
    [InlineData("Write it as COLUMN=VALUE", "y ~ time", "--cluster", "patientID", "--at", "time")]
    public void What_cannot_be_compared_is_refused(string message, params string[] arguments)
    {
        var result = Margcond.Run(["compare", Repository.Data("toenail"), .. arguments]);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Out);
        var text = string.Join(' ', result.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(message, text, StringComparison.Ordinal);
    }
}
