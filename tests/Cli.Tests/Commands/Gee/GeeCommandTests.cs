using System.Text.Json;
using MarginalConditional.Cli.Commands.Gee;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Gee;

/// <summary>The options of the gee and plan commands.</summary>
/// <summary><see cref="GeeCommand"/> through the console: what <see cref="GeeQuestions"/> ask and <see cref="GeeReport"/> prints.</summary>
public sealed class GeeCommandTests
{
    private static readonly string Stokes = Repository.Data("respiratory_stokes");

    [Theory]
    [InlineData("--corr nested", "--within")]
    [InlineData("--corr fixed", "--corr-file")]
    [InlineData("--corr fixed --corr-file none.csv", "none.csv: There is no such file with a correlation matrix.")]
    [InlineData("--corr decay", "--wave")]
    [InlineData("--corr ar1 --wave visit --staying ~outcome", "independence")]
    [InlineData("--staying ~outcome", "--wave")]
    [InlineData("--association exchangeable --family gaussian", "binary outcome")]
    [InlineData("--wave visit --staying ~outcome", "no dropout")]
    [InlineData("--scale-fix 0", "positive")]
    [InlineData("--scale-fix 1e300", "from 1e-60 to 1e60")]
    [InlineData("--corr all --contrast baseline", "--contrast has no effect")]
    [InlineData("--corr all --family negative-binomial", "estimates theta")]
    [InlineData("--corr all --report out.html", "Name one structure")]
    [InlineData("--bias-reduction firth --score-test", "--score-test has no effect")]
    [InlineData("--bias-reduction firth --association exchangeable", "--bias-reduction has no effect")]
    [InlineData("--bias-reduction corrected --wave visit --staying ~outcome", "--bias-reduction has no effect")]
    [InlineData("--cluster center", "--corr independence")]
    [InlineData("--cluster center --corr independence --se morel", "one kind of --se, robust")]
    [InlineData("--cluster center --corr independence --df satterthwaite", "--df normal and k-p")]
    [InlineData("--cluster center --corr independence --score-test", "--score-test does not go with two ways")]
    [InlineData("--cluster patient --corr independence", "--cluster patient is given twice")]
    [InlineData("--cluster center --cluster visit --corr independence", "more than twice")]
    [InlineData("--cluster-factor each", "without a second --cluster")]
    [InlineData("--cluster nowhere --corr independence", "no column \"nowhere\"")]
    public void A_combination_that_cannot_work_says_what_is_missing(string options, string expected)
    {
        var run = Margcond.Run(["gee", Stokes, "outcome ~ treatment", "--cluster", "patient", .. options.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    /// <summary>vcovCL(glm, cluster = ~ Female + Male, type = "HC0") of sandwich 3.0.2, with and without its factors.</summary>
    [Theory]
    [InlineData("--cluster-factor none", 0.3082207001484287)]
    [InlineData("--cluster-factor each --df k-p", 0.31195889369051916)]
    public void Two_ways_of_clustering_have_the_errors_of_sandwich(string options, double expected)
    {
        var run = Margcond.Run([
            "gee", Repository.Data("salamander"), "Mate ~ Cross", "--cluster", "Female", "--cluster", "Male", "--corr", "independence",
            "--format", "json", .. options.Split(' '),
        ]);
        using var document = JsonDocument.Parse(run.Out);
        Assert.Equal(expected, document.RootElement.GetProperty("se").GetProperty("two-way")[0].GetDouble(), 1e-9);
        var ways = document.RootElement.GetProperty("twoWays");
        Assert.Equal((60, 360), (ways.GetProperty("second").GetInt32(), ways.GetProperty("both").GetInt32()));
    }

    [Theory]
    [InlineData("--corr toeplitz --wave visit")]
    [InlineData("--corr m-dependent --m 2 --wave visit")]
    [InlineData("--corr decay --wave visit --moments geepack")]
    [InlineData("--corr nested --within visit")]
    [InlineData("--corr ar1 --wave visit --se all --df satterthwaite --score-test")]
    [InlineData("--association ~lag --wave visit")]
    [InlineData("--association distance(visit)+product(baseline) --wave visit")]
    public void Every_option_runs_to_a_converged_JSON(string options)
    {
        var run = Margcond.Run([
            "gee",
            Stokes,
            "outcome ~ treatment + baseline",
            "--cluster",
            "patient",
            "--format",
            "json",
            .. options.Split(' '),
        ]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\"converged\": true", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void All_structures_have_the_criteria_of_their_own_fits()
    {
        string[] call = ["gee", Stokes, "outcome ~ treatment + baseline", "--cluster", "patient", "--wave", "visit", "--format", "json"];
        using var all = JsonDocument.Parse(Margcond.Run([.. call, "--corr", "all"]).Out);
        var structures = all.RootElement.GetProperty("structures").EnumerateArray().ToList();
        Assert.Equal(
            ["independence", "exchangeable", "ar1", "decay", "m-dependent", "toeplitz", "unstructured"],
            structures.Select(structure => structure.GetProperty("structure").GetString()));
        foreach (var structure in structures)
        {
            var name = structure.GetProperty("structure").GetString()!;
            using var one = JsonDocument.Parse(Margcond.Run([.. call, "--corr", name]).Out);
            Assert.Equal(
                one.RootElement.GetProperty("criteria").GetProperty("cic").GetDouble(), structure.GetProperty("cic").GetDouble());
            Assert.Equal(
                one.RootElement.GetProperty("criteria").GetProperty("qic").GetDouble(), structure.GetProperty("qic").GetDouble());
        }

        var least = structures.MinBy(structure => structure.GetProperty("cic").GetDouble());
        Assert.Equal(least.GetProperty("structure").GetString(), all.RootElement.GetProperty("leastCic").GetString());
        Assert.Contains("unstructured", Margcond.Run([.. call[..^2], "--corr", "all"]).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_structure_without_a_solution_has_dashes_and_says_why()
    {
        var run = Margcond.Run(
            "gee", Repository.Data("toenail"), "y ~ treatment * time", "--cluster", "patientID", "--wave", "visit", "--corr", "all");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches("m-dependent +1 +– +– +– +–", run.Out);
        Assert.Contains("m-dependent: The 1-dependent correlation", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_separated_fit_names_the_penalized_equations_and_they_are_labelled()
    {
        string[] call = ["gee", Repository.Data("separated14"), "y ~ arm + time", "--cluster", "id", "--wave", "time"];
        var separated = Margcond.Run(call);
        Assert.Equal(3, separated.ExitCode);
        Assert.Contains("--bias-reduction firth", separated.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var penalized = Margcond.Run([.. call, "--bias-reduction", "firth"]);
        Assert.Equal(0, penalized.ExitCode);
        Assert.Contains("penalized (Firth)", penalized.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", penalized.Out, StringComparison.Ordinal);
        var corrected = Margcond.Run(
            ["gee", Repository.Data("few_clusters12"), "y ~ arm + x", "--cluster", "id", "--bias-reduction", "corrected"]);
        Assert.Contains("corrected for bias", corrected.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void An_offset_that_overflows_prints_its_failure_and_no_table()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("overflow.csv", "id,x,y,o\n1,1,3,0\n1,2,4,800\n2,1,0,0\n2,3,6,0\n3,1,2,0\n3,0,1,0\n");
        var run = Margcond.Run("gee", path, "y ~ x", "--cluster", "id", "--family", "poisson", "--offset", "o");
        Assert.Equal(3, run.ExitCode);
        Assert.EndsWith("No estimates.\n", run.Out, StringComparison.Ordinal);
        Assert.Contains("The offset is 800 in cluster 1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_list_of_correlations_is_cut_in_the_table_alone()
    {
        string[] call = [
            "gee",
            Repository.Data("dietox"),
            "Weight ~ Time",
            "--cluster",
            "Pig",
            "--wave",
            "Time",
            "--corr",
            "toeplitz",
            "--family",
            "gaussian",
        ];
        var table = Margcond.Run(call);
        Assert.Contains("Correlation: toeplitz, \u03B1 = ", table.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("more, in", table.Out, StringComparison.Ordinal);
        Assert.Contains(
            "\u2026 54 more, in --format json",
            Flat(Margcond.Run([.. call.Select(word => word == "toeplitz" ? "unstructured" : word), "--repair", "nearest"]).Out),
            StringComparison.Ordinal);

        static string Flat(string text) => text.Replace('\n', ' ').Replace("  ", " ", StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_for_dropout_are_shown_by_wave()
    {
        // Every third patient leaves after the third visit, unless the outcome was good then.
        using var folder = new TemporaryFolder();
        var lines = File.ReadAllLines(Stokes);
        var left = lines
            .Where(line => line.Split(',') is [var patient, _, _, _, _, _, "3", "0"] && patient.EndsWith('3'))
            .Select(line => line.Split(',')[0])
            .ToHashSet(StringComparer.Ordinal);
        var path = folder.Write("dropout.csv", string.Join(
            '\n',
            lines.Where(line => !(line.Split(',') is [var patient, _, _, _, _, _, "4", _] && left.Contains(patient)))) + "\n");
        var run = Margcond.Run("gee", path, "outcome ~ treatment", "--cluster", "patient", "--wave", "visit", "--staying",
            "~ treatment + age", "--format", "json");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\"weights\"", run.Out, StringComparison.Ordinal);
        Assert.Contains("\"staying\"", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fixed_matrix_is_read_from_a_file_and_checked()
    {
        using var folder = new TemporaryFolder();
        var good = folder.Write("good.csv", "1,.4,.3,.2\n.4,1,.4,.3\n.3,.4,1,.4\n.2,.3,.4,1\n");
        var bad = folder.Write("bad.csv", "1,.4\n.3,1\n");
        Assert.Equal(0, Fit(good).ExitCode);
        var run = Fit(bad);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("symmetric", run.Error, StringComparison.Ordinal);

        static RunResult Fit(string path) =>
            Margcond.Run("gee", Stokes, "outcome ~ treatment", "--cluster", "patient", "--wave", "visit", "--corr", "fixed", "--corr-file",
                path);
    }
}
