using System.Globalization;
using System.Text;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Strangers;

/// <summary>Inputs that ended in a defect, did not end, or reached the terminal: each is a result or a sentence now.</summary>
public sealed class HostileInputTests : IDisposable
{
    private const string Counts = "a,b,c,d\n6,18,11,16\n1,8,10,5\n7,19,1,1e300\n";

    private const string Study = """
        study: "{0}"
        seed: 7
        replicates: 2
        data-generating-mechanisms:
          clusters: 10
          cluster-size: 6
          sigma: {1}
          effect: 1
        estimands: [conditional, marginal]
        methods:
          - glmm: {{nodes: 5}}
          - gee: {{name: "{2}"}}
          - gee: {{name: "a b"}}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("glmm", "y ~ x + (1 | id) + (1 | sub)")]
    [InlineData("marginalize", "y ~ x + (1 | id) + (1 | sub)")]
    public void Nodes_over_crossed_groupings_are_refused_by_name(string command, string formula)
    {
        // Eight clusters and three others that cut across them: no order of rows keeps both together.
        var rows = Enumerable.Range(0, 48).Select(i => FormattableString.Invariant($"{(i * 7 % 5) % 2},{i % 11},{i / 6},{i % 3}\n"));
        Refused("are crossed", command, folder.Write("x.csv", "y,x,id,sub\n" + string.Concat(rows)), formula, "--nodes", "7");
    }

    [Fact]
    public void A_score_test_that_leaves_no_coefficient_is_refused()
    {
        var data = folder.Write("d.csv", "y,x,id\n0,2,0\n1,4,0\n1,6,0\n0,8,1\n1,9,1\n0,3,2\n1,1,2\n");
        Refused("leaves no coefficient free", "gee", data, "y ~ 0 + x", "--cluster", "id", "--score-test");
    }

    [Theory]
    [InlineData("Infinity")]
    [InlineData("1e400")]
    public void A_variance_that_is_no_number_is_named(string field)
    {
        var run = Refused("line 3, column v", "meta", folder.Write("m.csv", $"y,v\n.1,.2\n.3,{field}\n.2,.3\n"), "--yi", "y", "--vi", "v");
        Assert.Contains(field, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OR")]
    [InlineData("RR")]
    [InlineData("RD")]
    public void Counts_beyond_measure_are_combined_and_drawn(string measure) => Assert.InRange(
        Margcond.Run(
            "meta", folder.Write("mc.csv", Counts), "--measure", measure, "--treat", "a,b", "--control", "c,d", "--funnel").ExitCode,
        0,
        3);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("wald,")]
    [InlineData("wald,hartung-knapp")]
    public void A_choice_is_one_whole_word(string word) =>
        Refused("--ci does not know", "meta", folder.Write("mc.csv", Counts), "--yi", "a", "--vi", "b", "--ci", word);

    [Fact]
    public void Units_without_a_crude_rate_have_no_funnel()
    {
        var text = new StringBuilder("y,id,o\n");
        for (var i = 0; i < 24; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i * 7 % 11},{i % 3},{(i % 4 == 0 ? 700 : 0)}\n");
        }

        var run = Margcond.Run(
            "profile",
            folder.Write("o.csv", text.ToString()),
            "y ~ offset(o) + (1 | id)",
            "--family",
            "poisson",
            "--nodes",
            "2",
            "--funnel");
        Assert.True(run.ExitCode is 0 or 3, run.Error);
        Assert.Contains("there is no funnel to draw", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y ~ x + \u0663", "position 9")]
    [InlineData("y ~ I(x * \u0663)", "position 11")]
    public void A_digit_of_another_script_is_refused_at_its_place(string formula, string place) => Refused(
        place, "gee", folder.Write("d.csv", "y,x,id\n0,2,0\n1,4,0\n"), formula, "--cluster", "id");

    [Fact]
    public void A_name_may_hold_digits_of_another_script() => Assert.DoesNotContain(
        "another script",
        Margcond.Run("gee", folder.Write("d.csv", "y,x\u0663,id\n0,2,0\n1,4,0\n"), "y ~ x\u0663", "--cluster", "id").Error,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("--width", "x", "--help")]
    [InlineData("gee", "--width", "x", "--help")]
    public void A_width_that_is_no_number_is_refused(params string[] arguments) => Refused("whole number", arguments);

    [Theory]
    [InlineData("gee", "x.csv", "y ~ x", "--cluster", "id", "--out")]
    [InlineData("gee", "x.csv", "y ~ x", "--cluster", "id", "--corr", "ar1", "--m", "2", "--corr", "decay")]
    [InlineData("gee", "x.csv", "y ~ x", "--cluster", "id", "--staying", "~ y", "--staying", "~ x", "--se", "model")]
    [InlineData("gee", "x.csv", "y ~ x", "--cluster", "id", "--format", "csv", "--format", "json", "--out", "a.txt")]
    [InlineData("gee", "x.csv", "y ~ x", "--cluster", "id", "--predictions", "a", "--predictions", "b")]
    [InlineData("lmm", "x.csv", "y ~ x", "--residual", "ar1", "--residual", "un", "--wave", "t")]
    [InlineData("plan", "--size", "x", "--sizes", "2,3", "--clusters", "y", "--power", "z")]
    [InlineData("simulate", "x.yaml", "--out", "a", "--out", "b", "--overwrite")]
    [InlineData("gee", "x\0.csv", "y ~ x", "--cluster", "id")]
    public void A_command_line_that_cannot_be_read_is_refused(params string[] arguments) => Refused("margcond", arguments);

    [Theory]
    [InlineData("\u0007")]
    [InlineData("\u001B")]
    [InlineData("\u007F")]
    public void A_separator_that_is_a_control_character_is_refused(string separator) => Refused(
        "separator", "gee", folder.Write("d.csv", "y,x,id\n0,2,0\n1,4,0\n"), "y ~ x", "--cluster", "id", "--separator", separator);

    [Theory]
    [InlineData("abuse", "1e308", "b", "sigma")]
    [InlineData("abuse", "1", "a\\u2028b", "control character")]
    [InlineData("\\e[31mred", "1", "b", "control character")]
    [InlineData("abuse", "1", "=1+1", "spreadsheet")]
    public void A_study_of_hostile_numbers_and_names_is_refused(string study, string sigma, string method, string word) => Refused(
        word, "simulate", folder.Write("s.yaml", StudyText(study, sigma, method)));

    [Theory]
    [InlineData("\"seed\": \"7\"", "\"seed\": \"99999999999999999999999\"")]
    [InlineData("\"replicates\": 2", "\"replicates\": -2")]
    public void A_manifest_that_was_edited_is_refused(string before, string after)
    {
        var study = folder.Write("s.yaml", StudyText("s", "1", "b"));
        var part = Path.Combine(folder.Path, "part");
        Assert.Equal(0, Margcond.Run("simulate", study, "--out", part).ExitCode);
        var manifest = Path.Combine(part, "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(before, after, StringComparison.Ordinal));
        Refused("manifest", "merge", part, "--out", Path.Combine(folder.Path, "whole"));
    }

    [Fact]
    public void Correlations_by_lag_are_shown_of_a_model_with_slopes() => Assert.Equal(
        0, Margcond.Run("lmm", Repository.Data("sleepstudy"), "Reaction ~ Days + (Days | Subject)", "--lags").ExitCode);

    [Theory]
    [InlineData('/', "slashes")]
    [InlineData('^', "powers")]
    [InlineData('+', "operators")]
    [InlineData('*', "operators")]
    public void Chains_in_formulas_end_at_once_on_a_small_stack(char sign, string word)
    {
        var data = folder.Write("d.csv", "y,x,id\n0,2,0\n1,4,0\n");
        var formula = "y ~ " + string.Join(sign, Enumerable.Repeat("x", 4_900));
        RunResult? run = null;
        var thread = new Thread(() => run = Margcond.Run("gee", data, formula, "--cluster", "id"), 1 << 20);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        thread.Start();
        thread.Join();
        Assert.Equal(2, run!.ExitCode);
        Assert.Contains(word, run.Error, StringComparison.Ordinal);
        Assert.True(clock.Elapsed.TotalSeconds < 5);
    }

    [Fact]
    public void The_longest_chains_that_are_read_fit_a_small_stack()
    {
        var data = folder.Write("d.csv", "y,x,id\n0,2,0\n1,4,0\n1,3,1\n0,1,1\n");
        foreach (var sign in new[] { "^", "/", "+", "-", ":", "*" })
        {
            var most = sign switch { "^" or "/" => 60, "+" or "-" => 4_000, _ => 1_000 };
            var formula = "y ~ " + string.Join(sign, Enumerable.Repeat("x", most));
            RunResult? run = null;
            var thread = new Thread(() => run = Margcond.Run("gee", data, formula, "--cluster", "id"), 1 << 20);
            thread.Start();
            thread.Join();
            Assert.NotEqual(1, run!.ExitCode);
        }
    }

    [Theory]
    [InlineData("{0} ~ x")]
    [InlineData("y ~ ({0})")]
    [InlineData("y ~ x + ({0} | id)")]
    [InlineData("y ~ {0} == 1")]
    [InlineData("y ~ {0} | id")]
    [InlineData("`a~b` + {0} ~ x")]
    public void Sums_elsewhere_than_between_summands_are_shorter(string formula) => Refused(
        "more than 1000 operators",
        "gee",
        folder.Write("d.csv", "y,x,id\n0,2,0\n1,4,0\n"),
        string.Format(System.Globalization.CultureInfo.InvariantCulture, formula, string.Join('+', Enumerable.Repeat("x", 1_100))),
        "--cluster",
        "id");

    [Fact]
    public void Conditions_have_no_summands_either() => Refused(
        "more than 1000 operators",
        "gee",
        folder.Write("d.csv", "y,x,id\n0,2,0\n1,4,0\n"),
        "y ~ x",
        "--cluster",
        "id",
        "--where",
        $"id != '~' & {string.Join('+', Enumerable.Repeat("x", 1_100))} > 1");

    [Fact]
    public void Lines_without_anything_make_no_room_for_rows()
    {
        var data = folder.Write("d.csv", "y,x,id\n0,2,0\n1,4,0\n0,1,1\n1,3,1\n" + new string('\n', 8_000_000));
        var before = GC.GetTotalAllocatedBytes();
        Assert.Equal(0, Margcond.Run("describe", data).ExitCode);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 150_000_000);
    }

    [Theory]
    [InlineData("a: [", 100_000, "[")]
    [InlineData("", 100_000, "- ")]
    public void Nesting_in_a_study_ends_at_once(string start, int times, string step)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Refused("nested", "simulate", folder.Write("s.yaml", start + string.Concat(Enumerable.Repeat(step, times))));
        Assert.True(clock.Elapsed.TotalSeconds < 5);
    }

    [Fact]
    public void A_study_that_doubles_itself_by_reference_is_refused()
    {
        var lines = Enumerable.Range(1, 30).Select(k => $"b{k}: &a{k} [*a{k - 1},*a{k - 1}]\n");
        Refused("refers to another place", "simulate", folder.Write("s.yaml", "a: &a0 [x,x]\n" + string.Concat(lines) + "? *a30\n: 1\n"));
    }

    [Fact]
    public void A_grid_of_48000_scenarios_is_read()
    {
        static string List(int count) =>
            $"[{string.Join(", ", Enumerable.Range(1, count).Select(k => FormattableString.Invariant($"{k / 1e3}")))}]";
        var study = StudyText("grid", List(240), "b").Replace("effect: 1", $"effect: {List(200)}", StringComparison.Ordinal);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(0, Margcond.Run("replay", folder.Write("s.yaml", study), "--scenario", "48000").ExitCode);
        Assert.True(clock.Elapsed.TotalSeconds < 20, $"{clock.Elapsed.TotalSeconds} s");
    }

    [Fact]
    public void More_estimates_than_memory_are_refused() => Refused(
        "estimates",
        "simulate",
        folder.Write("s.yaml", StudyText("s", "[0.1, 0.2, 0.3, 0.4, 0.5]", "b")),
        "--replicates",
        "10000000");

    [Fact]
    public void A_misspelt_column_among_many_is_answered_with_a_short_list()
    {
        var names = Enumerable.Range(0, 20_000).Select(k => FormattableString.Invariant($"a_column_with_a_long_name_{k}"));
        var row = "0,1" + string.Concat(Enumerable.Repeat(",1", 20_000));
        var data = folder.Write("wide.csv", $"y,id,{string.Join(',', names)}\n{row}\n");
        var run = Refused("There is no column", "gee", data, "y ~ a_colum_with_a_long_nme_77", "--cluster", "id");
        Assert.InRange(run.Error.Length, 100, 3_000);
    }

    [Fact]
    public void A_name_of_a_million_characters_does_not_fill_the_screen()
    {
        var data = folder.Write("d.csv", "y,x,id\n0,2,0\n1,4,0\n");
        Assert.InRange(
            Refused("no column", "gee", data, "y ~ x", "--cluster", new string('q', 1_000_000)).Error.Length, 50, 3_000);
    }

    [Fact]
    public void A_factor_of_400_digits_in_a_contrast_is_refused()
    {
        var nines = new string('9', 400);
        Refused("more than a number can hold", "gee", "examples/toenail/toenail.csv", "y ~ treatment", "--cluster", "patientID",
            "--contrast", nines + "*treatmentterbinafine");
    }

    [Fact]
    public void No_escape_sequence_of_a_file_or_an_option_reaches_the_terminal()
    {
        var data = folder.Write(
            "d.csv",
            "y,x,id,g\n0,2,0,b\n0,4,0,\u001B[2Jlev\n1,6,0,b\n0,8,1,\u001B[2Jlev\n1,5,1,b\n1,2,2,b\n0,1,2,\u001B[2Jlev\n1,3,3,b\n");
        string[][] lines =
        [
            ["gee", data, "y ~ g", "--cluster", "id"],
            ["gee", data, "y ~ g", "--cluster", "id", "--format", "csv"],
            ["gee", data, "y ~ g", "--cluster", "id", "--format", "json"],
            ["gee", data, "y ~ x", "--cluster", "\u001B[31mid"],
            ["gee", data, "y ~ \u001B[31mx", "--cluster", "id"],
            ["gee", data, "y ~ x", "--cluster", "id", "--\u001B[31m"],
            ["\u001B]0;title\u0007"],
            ["simulate", "\u001B[31m.yaml"],
            ["meta", folder.Write("m.csv", "study,y,v\n\u001B[31mred,.1,.2\n\u009B2Jx,.3,.2\n\u202Eabc,.2,.3\n"), "--yi", "y", "--vi", "v"],
        ];
        foreach (var line in lines)
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            var streams = new ConsoleStreams { Out = output, Error = error, OutIsTerminal = true, ErrorIsTerminal = true };
            new Application(streams).Run(line);
            Assert.DoesNotContain(output + error.ToString(), character => character is '\u001B' or '\u009B' or '\u0007' or '\u202E');
        }
    }

    private static string StudyText(string name, string sigma, string method) =>
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Study, name, sigma, method);

    /// <summary>Runs a command line that has to end with exit code 2, a sentence and nothing on stdout.</summary>
    private static RunResult Refused(string word, params string[] arguments)
    {
        var run = Margcond.Run(arguments);
        Assert.True(run.ExitCode == 2, run.Error);
        Assert.Equal(string.Empty, run.Out);
        var words = run.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(word, string.Join(' ', words), StringComparison.Ordinal);
        return run;
    }
}
