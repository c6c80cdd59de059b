using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Strangers;

/// <summary>What would take hours, gigabytes or more than numbers hold is refused by a sentence that says how large it is.</summary>
public sealed class BoundsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("glmm", "--nodes", "50", "15,625,000,000 points")]
    [InlineData("marginalize", "--nodes", "12", "--nodes 6 or fewer")]
    [InlineData("profile", "--nodes", "200", "--nodes 1, the Laplace approximation")]
    public void Nodes_to_the_power_of_dimensions_are_bounded(string command, string option, string value, string words) =>
        Refused(words, command, Wide(), "y ~ 1 + (a + b + c + d + e | id)", option, value);

    [Theory]
    [InlineData("glmm", "y ~ x + (x + t | id)", "9 parameters")]
    [InlineData("marginalize", "y ~ x + (x + t | id)", "6 variances and correlations of the random effects of id")]
    [InlineData("lmm", "y ~ x + (x | id)", "6 parameters")]
    public void A_model_has_no_more_parameters_than_rows(string command, string formula, string words)
    {
        var data = folder.Write("small.csv", "y,x,t,id\n1.5,1,1,1\n2.5,2,3,1\n2,4,2,2\n5,3,1,2\n");
        Refused(words, [command, data, formula, .. command == "lmm" ? Array.Empty<string>() : ["--family", "gaussian"]]);
    }

    [Theory]
    [InlineData("csh")]
    [InlineData("toeph")]
    [InlineData("ante")]
    public void Residuals_have_no_more_parameters_than_rows(string structure)
    {
        // Twelve rows at twelve times: a variance each, and correlations besides.
        var rows = Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"{(i * 5) % 7},{i},{i / 4}\n"));
        Refused(
            "of the residuals over 12 waves",
            "lmm", folder.Write("w.csv", "y,t,id\n" + string.Concat(rows)), "y ~ 1", "--residual", structure, "--wave", "t", "--cluster",
            "id");
    }

    [Fact]
    public void An_unstructured_correlation_has_no_more_correlations_than_rows()
    {
        var rows = Enumerable.Range(0, 24).Select(i => FormattableString.Invariant($"{(i * 5) % 7},{i},{i / 4}\n"));
        Refused(
            "276 correlations, more than the 24 rows",
            "gee", folder.Write("w.csv", "y,t,id\n" + string.Concat(rows)), "y ~ 1", "--family", "gaussian", "--cluster", "id",
            "--wave", "t", "--corr", "unstructured");
    }

    [Theory]
    [InlineData("gee", "y ~ x", 1e299)]
    [InlineData("lmm", "y ~ x + (1 | id)", 1e299)]
    [InlineData("lmm", "y ~ x + (1 | id)", 1e-299)]
    [InlineData("glmm", "y ~ x + (1 | id)", 1e-299)]
    public void Outcomes_beyond_the_squares_of_numbers_are_refused(string command, string formula, double unit)
    {
        var rows = Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"{(1 + (i * 5 % 7)) * unit:R},{i},{i / 4}\n"));
        var run = Refused(
            "to compute with",
            [
                command, folder.Write("huge.csv", "y,x,id\n" + string.Concat(rows)), formula,
                .. command == "lmm" ? Array.Empty<string>() : ["--family", "gaussian"],
                .. command == "gee" ? ["--cluster", "id"] : Array.Empty<string>(),
            ]);
        Assert.Contains("another unit", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("IRD", "5,1e300,3,1e299")]
    [InlineData("IRR", "5,1e-300,3,1e-299")]
    [InlineData("OR", "5,1e300,3,1e299")]
    public void Counts_and_times_beyond_measure_are_refused(string measure, string row)
    {
        var data = folder.Write("m.csv", $"a,b,c,d\n6,18,11,16\n{row}\n");
        Refused("line 3, column b", "meta", data, "--measure", measure, "--treat", "a,b", "--control", "c,d");
    }

    [Theory]
    [InlineData("--difference", "1e300", "--sd", "0.5", "--clusters", "4")]
    [InlineData("--difference", "1e8", "--sd", "1", "--clusters", "6", "--alpha", "1e-20")]
    public void The_power_of_an_enormous_effect_is_one_at_once(params string[] arguments)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var run = Margcond.Run(["plan", "--size", "30", "--rho", "0.5", "--format", "csv", .. arguments]);
        Assert.Equal(0, run.ExitCode);
        Assert.True(clock.Elapsed.TotalSeconds < 5);
    }

    [Theory]
    [InlineData("2147483647", "from 40 to 10000")]
    [InlineData("39", "from 40 to 10000")]
    public void A_line_is_not_wider_than_anybody_reads(string width, string words) =>
        Refused(words, "plan", "--control", ".3", "--treatment", ".2", "--size", "30", "--rho", ".05", "--width", width);

    [Theory]
    [InlineData("--width", "60", "--width", "70", "--help")]
    [InlineData("--width", "--help")]
    public void A_width_given_twice_or_not_at_all_is_refused_beside_help(params string[] arguments) => Refused("--width", arguments);

    [Fact]
    public void A_spline_has_no_more_columns_than_its_variable_has_values() => Refused(
        "needs df of 7 or fewer",
        "gee", "examples/toenail/toenail.csv", "y ~ ns(visit, 1000)", "--cluster", "patientID");

    [Fact]
    public void A_formula_on_pairs_without_any_covariate_left_is_refused() => Refused(
        "different from 0",
        "gee", "examples/toenail/toenail.csv", "y ~ time", "--cluster", "patientID", "--association", "~ 0 + same(time)");

    private string Wide()
    {
        var rows = Enumerable.Range(0, 120).Select(i => FormattableString.Invariant(
            $"{i * 7 % 5 % 2},{i % 3},{i * i % 7},{i * i * i % 11},{i * 3 % 13},{i * 5 % 17},{i / 10}\n"));
        return folder.Write("wide.csv", "y,a,b,c,d,e,id\n" + string.Concat(rows));
    }

    private static RunResult Refused(string word, params string[] arguments)
    {
        var run = Margcond.Run(arguments);
        Assert.True(run.ExitCode == 2, run.Out + run.Error);
        Assert.Equal(string.Empty, run.Out);
        var words = run.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(word, string.Join(' ', words), StringComparison.Ordinal);
        return run;
    }
}
