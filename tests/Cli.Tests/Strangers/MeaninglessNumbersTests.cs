using System.Globalization;
using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Strangers;

/// <summary>Data under which some number means nothing: it is not shown, and what can be done is said.</summary>
public class MeaninglessNumbersTests
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    [Fact]
    public void A_mixed_model_keeps_what_is_finite_when_one_row_is_separated()
    {
        var result = Margcond.Run("glmm", Data("separated-one-row"), "y ~ x + z + (1 | id)");
        Assert.Equal(3, result.ExitCode);
        Assert.Matches(@"x +0\.791 +0\.178 +0\.442–1\.140", result.Out);
        Assert.Matches(@"z +∞ +– +– +–", result.Out);
        Assert.Contains("separated along \"z\": 1 row of 300", Flat(result.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void In_JSON_an_infinite_estimate_is_null_with_a_warning()
    {
        var result = Margcond.Run("glmm", Data("separated-one-row"), "y ~ x + z + (1 | id)", "--format", "json");
        using var document = JsonDocument.Parse(result.Out);
        var row = document.RootElement.GetProperty("coefficients")[2];
        Assert.All(["estimate", "se", "p", "lower", "upper"], name => Assert.Equal(JsonValueKind.Null, row.GetProperty(name).ValueKind));
        Assert.Equal("separation", document.RootElement.GetProperty("convergence").GetProperty("status").GetString());
        Assert.Contains(
            document.RootElement.GetProperty("warnings").EnumerateArray(),
            warning => warning.GetString()!.Contains("coefficients.estimate is infinite", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("compare", "y ~ x + z", "comparison", "--cluster", "id", "--treatment", "x")]
    [InlineData("marginalize", "y ~ x + z + (1 | id)", "marginal model")]
    [InlineData("profile", "y ~ x + z + (1 | id)", "profile of units")]
    public void What_would_be_made_of_infinite_estimates_is_not_made(string command, string formula, string missing, params string[] more)
    {
        var result = Margcond.Run([command, Data("separated-one-row"), formula, .. more]);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains($"There is no {missing}: infinite coefficients", Flat(result.Error), StringComparison.Ordinal);
        Assert.DoesNotContain("e+", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--predictions")]
    [InlineData("--random-effects")]
    [InlineData("--simulated")]
    public void Files_of_what_has_no_maximum_are_not_written(string option)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "file.csv");
        var result = Margcond.Run("glmm", Data("clusters-all-or-nothing"), "y ~ 1 + (1 | id)", "--nodes", "15", option, path);
        Assert.Equal(3, result.ExitCode);
        Assert.False(File.Exists(path));
        Assert.Contains($"{option} is not written", Flat(result.Error), StringComparison.Ordinal);
    }

    // Rows at an infinite predictor have their outcome as their mean; all others have what they have without those rows.
    [Theory]
    [InlineData("glmm", "separated-one-row", "y ~ x + z + (1 | id)", "y ~ x + (1 | id)", 1)]
    [InlineData("gee", "sep2", "y ~ trt * site + t", "y ~ trt + site + t", 30)]
    public void Means_of_separated_rows_are_determined(string command, string data, string formula, string reduced, int determined)
    {
        using var folder = new TemporaryFolder();
        var (path, other) = (Path.Combine(folder.Path, "file.csv"), Path.Combine(folder.Path, "other.csv"));
        string[] more = command == "gee" ? ["--cluster", "id"] : [];
        Assert.Equal(3, Margcond.Run([command, Data(data), formula, "--predictions", path, .. more]).ExitCode);
        var rows = Rows(path);
        Assert.Equal(determined, rows.Count(row => row["mean_se"] == "NA"));
        Assert.All(rows.Where(row => row["mean_se"] == "NA"), row =>
        {
            Assert.Equal(row["observed"], row["mean"]);
            Assert.Equal("0", row["residual"]);
        });
        Assert.All(rows.Where(row => row["mean_se"] != "NA"), row => Assert.DoesNotContain("NA", row.Values));

        // A file without those rows, and a formula without what they alone tell.
        var lines = File.ReadAllLines(Data(data));
        var left = rows.Where(row => row["mean_se"] != "NA").ToArray();
        string[] those = [lines[0], .. left.Select(row => lines[int.Parse(row["row"], Plain)]), string.Empty];
        var kept = folder.Write("kept.csv", string.Join('\n', those));
        Assert.Equal(0, Margcond.Run([command, kept, reduced, "--predictions", other, .. more]).ExitCode);
        var theirs = Rows(other);
        Assert.Equal(left.Length, theirs.Length);
        for (var i = 0; i < left.Length; i++)
        {
            foreach (var name in new[] { "mean", "mean_se", "lower", "upper" })
            {
                Assert.Equal(double.Parse(theirs[i][name], Plain), double.Parse(left[i][name], Plain), 2e-5);
            }
        }
    }

    [Theory]
    [InlineData("glmm", "separated-one-row", "y ~ x + z + (1 | id)", "--simulated")]
    [InlineData("glmm", "separated-one-row", "y ~ x + z + (1 | id)", "--random-effects")]
    [InlineData("gee", "sep2", "y ~ trt * site + t", "--diagnostics")]
    public void What_the_other_rows_tell_is_written(string command, string data, string formula, string option)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "file.csv");
        Assert.Equal(3, Margcond.Run([command, Data(data), formula, option, path, .. command == "gee" ? ["--cluster", "id"] : (string[])[]])
            .ExitCode);
        var rows = Rows(path);
        Assert.All(rows, row => Assert.All(
            row.Where(cell => cell.Key != "dfbeta trtB:siteS"), cell => Assert.NotEqual("NA", cell.Value)));
        if (option == "--simulated")
        {
            var lines = File.ReadAllLines(Data(data));
            var z = Array.IndexOf(lines[0].Split(','), "z");
            var single = rows.Single(row => lines[int.Parse(row["row"], Plain)].Split(',')[z] != "0");
            Assert.Equal(single["observed"], single["draw_1"]);
        }
    }

    [Fact]
    public void A_marginal_model_keeps_what_is_finite_when_a_cell_is_separated()
    {
        var result = Margcond.Run("gee", Data("sep2"), "y ~ trt * site + t", "--cluster", "id");
        Assert.Equal(3, result.ExitCode);
        Assert.Matches(@"trtB:siteS +−∞ +– +– +–", result.Out);
        Assert.Matches(@"t +0\.434 +0\.267", result.Out);
    }

    [Theory]
    [InlineData("ar1_no_pairs", "y ~ trt + t", "t")]
    [InlineData("date_iso", "y ~ trt + x", "date")]
    public void Without_adjacent_waves_AR1_has_no_estimate(string data, string formula, string wave)
    {
        var result = Margcond.Run("gee", Data(data), formula, "--cluster", "id", "--wave", wave, "--corr", "ar1");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("α = –", result.Out, StringComparison.Ordinal);
        Assert.Contains("Use --corr decay", Flat(result.Error), StringComparison.Ordinal);

        // What is left is the fit under independence.
        var independent = Margcond.Run("gee", Data(data), formula, "--cluster", "id", "--corr", "independence");
        Assert.Equal(Table(independent.Out), Table(result.Out));

        static string Table(string text) =>
            text[text.IndexOf("Term ", StringComparison.Ordinal)..text.IndexOf("Correlation", StringComparison.Ordinal)];
    }

    [Theory]
    [InlineData("toeplitz", "α = –, −0.396, –, −0.133", "waves that differ by 1 or 3")]
    [InlineData("m-dependent --m 2", "α = –, −0.396", "waves that differ by 1")]
    [InlineData("unstructured", "α = –, −0.166, –, −0.132, –, –, –, –, −0.686, –", "1 and 4, 2 and 3 or 3 and 4")]
    public void Correlations_that_no_two_rows_have_are_not_estimable(string structure, string shown, string said)
    {
        var line = $"gee {Data("ar1_no_pairs")} 'y ~ trt + t' --cluster id --wave t --corr {structure}";
        var result = Margcond.RunLine(line);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(shown, result.Out, StringComparison.Ordinal);
        Assert.Contains(said, Flat(result.Error), StringComparison.Ordinal);
        Assert.Contains("not estimable, and not needed", Flat(result.Error), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(Margcond.RunLine(line + " --format json").Out);
        var alpha = document.RootElement.GetProperty("correlation").GetProperty("alpha");
        Assert.Equal(JsonValueKind.Null, alpha[0].ValueKind);
        Assert.Equal(JsonValueKind.Number, alpha[1].ValueKind);
    }

    [Fact]
    public void Unequal_clusters_are_few_by_their_effective_number_until_the_cure_is_in_force()
    {
        var plain = Margcond.Run("gee", Data("huge"), "y ~ x", "--cluster", "id");
        Assert.Contains("count as 1.3", Flat(plain.Error), StringComparison.Ordinal);
        Assert.Contains("--se kauermann-carroll --df satterthwaite", Flat(plain.Error), StringComparison.Ordinal);
        string[] call = ["gee", Data("huge"), "y ~ x", "--cluster", "id", "--se", "kauermann-carroll", "--df"];
        Assert.Contains("count as 1.3", Flat(Margcond.Run([.. call, "k-p"]).Error), StringComparison.Ordinal);
        Assert.DoesNotContain("count as", Flat(Margcond.Run([.. call, "satterthwaite"]).Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "lmm DATA 'y ~ x + (1 | id)' --se robust",
        "--se bias-reduced --df satterthwaite",
        "lmm DATA 'y ~ x + (1 | id)' --se bias-reduced --df satterthwaite")]
    [InlineData("glmm DATA 'y ~ x + (1 | id)' --nodes 1 --se robust", "--se model", "glmm DATA 'y ~ x + (1 | id)' --nodes 1")]
    public void So_they_are_in_mixed_models(string line, string cure, string cured)
    {
        var plain = Flat(Margcond.RunLine(line.Replace("DATA", Data("huge"), StringComparison.Ordinal)).Error);
        Assert.Contains("count as 1.3", plain, StringComparison.Ordinal);
        Assert.Contains(cure, plain, StringComparison.Ordinal);
        var after = Margcond.RunLine(cured.Replace("DATA", Data("huge"), StringComparison.Ordinal));
        Assert.DoesNotContain("count as", Flat(after.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void A_correlation_at_its_bound_is_said_to_be_there()
    {
        var result = Margcond.Run("gee", Data("neg3"), "y ~ x", "--cluster", "id", "--family", "gaussian");
        Assert.Contains("at its bound, -1/(n - 1) = -0.5 for clusters of 3 rows", Flat(result.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_correlation_is_not_positive_definite_the_options_that_help_are_named()
    {
        string[] call = ["gee", Data("em496"), "Painscore ~ Arm * Visit", "--cluster", "ID", "--wave", "Visit", "--corr", "unstructured",
            "--family", "gaussian"];
        var result = Margcond.Run(call);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("solved with --moments geepack, or --repair nearest", Flat(result.Error), StringComparison.Ordinal);
        Assert.Equal(0, Margcond.Run([.. call, "--moments", "geepack"]).ExitCode);
        Assert.Equal(0, Margcond.Run([.. call, "--repair", "nearest"]).ExitCode);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(31)]
    public void A_variance_without_bound_is_found_at_any_number_of_nodes(int nodes)
    {
        var result = Margcond.Run("glmm", Data("clusters-all-or-nothing"), "y ~ 1 + (1 | id)", "--nodes", $"{nodes}");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("No estimates.", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("odds ratio", result.Out, StringComparison.Ordinal);
        Assert.Contains("rises for ever", Flat(result.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cnt ~ x + (1 | site)", "poisson", "--family negative-binomial")]
    [InlineData("ev/tr ~ x + (1 | site)", "binomial", "(1 | site/row)")]
    public void Overdispersion_is_said_with_its_remedies(string formula, string family, string remedy)
    {
        var result = Margcond.Run("glmm", Data("overdispersed-counts-trials"), formula, "--family", family);
        Assert.Contains("times as much as their distribution allows", Flat(result.Error), StringComparison.Ordinal);
        Assert.Contains(remedy, Flat(result.Error), StringComparison.Ordinal);
        var withRows = formula.Replace("site)", "site/obs)", StringComparison.Ordinal);
        var cured = Margcond.Run("glmm", Data("overdispersed-counts-trials"), withRows, "--family", family);
        Assert.DoesNotContain("distribution allows", Flat(cured.Error), StringComparison.Ordinal);
    }

    private static Dictionary<string, string>[] Rows(string path)
    {
        var lines = File.ReadAllLines(path).Select(line => line.Split(',')).ToArray();
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    private static string Data(string name) => Repository.File("tests", "Cli.Tests", "Strangers", name + ".csv");

    private static string Flat(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
