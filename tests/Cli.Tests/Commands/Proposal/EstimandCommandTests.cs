using System.Globalization;
using System.Text.Json;
using MarginalConditional.Cli.Commands.Proposal;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Compare.Choices;
using MarginalConditional.Compare.Simulation.Running;

namespace MarginalConditional.Cli.Tests.Commands.Proposal;

/// <summary><see cref="EstimandCommand"/> through the console, and what <see cref="EstimandReport"/> shows.</summary>
public sealed class EstimandCommandTests
{
    private const string Answers = "examples/estimand/answers.yaml";

    public static TheoryData<string> All => [.. EveryAnswer.Texts()];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_combination_gives_a_command_that_analyses_a_trial_of_its_own_study(string answers)
    {
        var proposal = EstimandProposal.Of(ChoiceReader.Parse(answers, "answers.yaml"));
        using var folder = new TemporaryFolder();
        var data = folder.Write("trial.csv", WithPeriods(SimulationRunner.Draw(proposal.Study, 0, 0).Csv));
        var line = proposal.Analysis.Select(word => word == "trial.csv" ? data : word).ToArray();
        var run = Margcond.Run([.. line, "--no-checks"]);
        Assert.True(run.ExitCode == 0, string.Join(' ', line) + "\n" + run.Error);

        // The words of the plan are those of the analysis.
        var shown = Flat(run.Out);
        Assert.Contains(Flat(proposal.Statement.Name), shown, StringComparison.Ordinal);
        Assert.Contains(Flat(proposal.Statement.AveragedOver), shown, StringComparison.Ordinal);
        Assert.Contains("Intercurrent events treatment policy", shown, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_combination_gives_a_study_that_runs(string answers)
    {
        var proposal = EstimandProposal.Of(ChoiceReader.Parse(answers, "answers.yaml"));
        var result = SimulationRunner.Run(proposal.Study with { Replicates = 2 }, new SimulationOptions { Threads = 1 });
        Assert.Empty(result.Failures);
        Assert.All(result.Scenarios[0].Performance, row =>
        {
            Assert.Equal(2, row.Attempted);
            Assert.True(double.IsFinite(row.Truth), row.Method);
            Assert.True(row.Converged > 0, row.Method);
        });
        Assert.Contains("In 2 simulated trials", proposal.Performance(result), StringComparison.Ordinal);
    }

    [Fact]
    public void The_written_study_is_read_by_simulate_and_its_trial_has_the_expected_numbers()
    {
        using var folder = new TemporaryFolder();
        var study = Path.Combine(folder.Path, "study.yaml");
        var run = Margcond.Run("estimand", Answers, "--study", study);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("margcond simulate", run.Out, StringComparison.Ordinal);
        var simulated = Margcond.Run("simulate", study, "--replicates", "2", "--format", "json");
        Assert.Equal(0, simulated.ExitCode);
        using var json = JsonDocument.Parse(simulated.Out);
        var scenario = json.RootElement.GetProperty("scenarios")[0];
        Assert.Equal("30", scenario.GetProperty("settings").GetProperty("clusters").GetString());

        // The truth of the primary estimand is the logarithm of the odds ratio that was expected.
        var first = scenario.GetProperty("methods")[0];
        Assert.Equal("rung-3-log-odds-ratio", first.GetProperty("estimand").GetString());
        Assert.Equal(Math.Log(1.7), first.GetProperty("truth").GetDouble(), 1e-9);
    }

    [Fact]
    public void The_study_of_persons_without_clusters_is_unbiased_for_the_expected_odds_ratio_and_adjusting_gains()
    {
        var proposal = EstimandProposal.Of(ChoiceReader.Read(Repository.File("examples/estimand/persons.yaml")));
        Assert.DoesNotContain("--cluster", proposal.Analysis);
        var rows = SimulationRunner.Run(proposal.Study with { Replicates = 400 }, new SimulationOptions()).Scenarios[0].Performance;
        Assert.Equal(["rung-3", "rung-3-ye", "raw-means", "glm-adjusted"], rows.Select(row => row.Method));
        Assert.All(rows.Take(3), row => Assert.Equal(Math.Log(1.7), row.Truth, 1e-9));
        Assert.All(rows, row => Assert.InRange(Math.Abs(row.Bias.Value), 0, 4 * row.Bias.MonteCarloError));
        Assert.True(rows[0].EmpiricalError.Value < rows[2].EmpiricalError.Value);

        // The odds ratio is not collapsible: the model's coefficient is of those who are alike in x, and farther from 1.
        Assert.True(rows[3].Truth > rows[0].Truth + 0.05);
    }

    [Fact]
    public void A_quick_run_says_power_and_coverage_in_every_format()
    {
        string[] line = ["estimand", Answers, "--run", "--replicates", "20"];
        var table = Margcond.Run(line);
        Assert.Equal(0, table.ExitCode);
        Assert.Contains("rejected %", table.Out, StringComparison.Ordinal);
        Assert.Contains("In 20 simulated trials", Flat(table.Out), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Margcond.Run([.. line, "--format", "json"]).Out);
        Assert.Equal(20, json.RootElement.GetProperty("performance")[0].GetProperty("attempted").GetInt32());
        Assert.StartsWith("scenario,", Margcond.Run([.. line, "--format", "csv"]).Out, StringComparison.Ordinal);
        Assert.StartsWith("part,text\n", Margcond.Run("estimand", Answers, "--format", "csv").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_shown_is_one_that_a_shell_can_read()
    {
        var proposal = EstimandProposal.Of(ChoiceReader.Read(Repository.File(Answers)));
        foreach (var width in new[] { 60, 80, 1000 })
        {
            var lines = Margcond.RunAt(width, "estimand", Answers).Out.Split('\n')
                .SkipWhile(line => line != "Analysis").Skip(1).TakeWhile(line => line.Length > 0).ToArray();
            Assert.All(lines, line => Assert.True(line.Length <= width, line));
            Assert.All(lines[..^1], line => Assert.EndsWith("\\", line, StringComparison.Ordinal));
            var joined = string.Join('\n', lines).Replace("\\\n", string.Empty, StringComparison.Ordinal);
            Assert.Equal(["margcond", .. proposal.Analysis], Margcond.Words(joined));
        }

        Assert.Contains("practice", proposal.Analysis);
    }

    [Fact]
    public void Without_a_terminal_it_does_not_wait_but_says_what_to_name()
    {
        var run = Margcond.Run("estimand");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no terminal", Flat(run.Error), StringComparison.Ordinal);
        Assert.Contains(Answers, Flat(run.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_the_questions_are_asked_again_until_they_are_answered_and_the_answers_can_be_kept()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "answers.yaml");
        using var console = new TypingConsole(
            "1", "binry", "binary", "risk-ratio", "patient", "2", "", "0.1", "20", "30", "", "35", "0.35", "0.8", "0.05", "");
        var (code, shown) = Asked(console, "estimand", "--answers", file);
        Assert.Equal(0, code);
        Assert.Contains("Did you mean", Flat(console.Output), StringComparison.Ordinal);
        Assert.Contains("5 of 5. Which numbers are expected?", console.Output, StringComparison.Ordinal);
        Assert.Contains("each cluster counts once", Flat(shown), StringComparison.Ordinal);
        Assert.Equal(Flat(shown), Flat(Margcond.Run("estimand", file).Out));
        Assert.Contains("cv: 0\n", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("whose: participants", "whose: patients", "line 15", "patient, participants or clusters")]
    [InlineData("scale: odds-ratio", "scale: mean-ratio", "line 12", "odds-ratio, risk-ratio or risk-difference")]
    [InlineData("clusters: 30", "clusters: 3", "line 22", "whole number from 4")]
    [InlineData("control: 0.35", "control: 1", "line 25", "between 0 and 1")]
    [InlineData("icc: 0.03", "icc: 0.03\ncovariate: -1", "line 28", "from 0 to")]
    [InlineData("icc: 0.03", "icc: much", "line 27", "must be a number")]
    [InlineData("icc: 0.03", "", "answers.yaml", "lacks \"icc\"")]
    [InlineData("icc: 0.03", "icc: 0.03\nperiods: 4", "line 28", "no meaning")]
    [InlineData("icc: 0.03", "icc: 0.03\nseed: 4", "line 28", "has no setting \"seed\"")]
    [InlineData("scale: odds-ratio", "scale: risk-difference", "", "make no trial")]
    public void What_is_wrong_is_said_with_its_place_and_nothing_is_written(string from, string to, string place, string meant)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("answers.yaml", File.ReadAllText(Repository.File(Answers)).Replace(from, to, StringComparison.Ordinal));
        var study = Path.Combine(folder.Path, "study.yaml");
        var run = Margcond.Run("estimand", file, "--study", study);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(meant, Flat(run.Error), StringComparison.Ordinal);
        Assert.Contains(place, Flat(run.Error), StringComparison.Ordinal);
        Assert.False(File.Exists(study));
        Assert.Empty(run.Out);
    }

    private static (int Code, string Out) Asked(TypingConsole console, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var streams = new ConsoleStreams { Out = output, Error = error, Width = 80, Asking = () => console };
        var code = new Application(streams).Run(arguments);
        return (code, output.ToString());
    }

    /// <summary>The trial with a column of periods in place of its indicators.</summary>
    private static string WithPeriods(string csv)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToArray();
        var periods = Enumerable.Range(0, lines[0].Length)
            .Where(j => lines[0][j].StartsWith("period", StringComparison.Ordinal)).ToArray();
        if (periods.Length == 0)
        {
            return csv;
        }

        return string.Concat(lines.Select((fields, i) => string.Join(',', fields) + ","
            + (i == 0 ? "period" : Period(fields, periods).ToString(CultureInfo.InvariantCulture)) + "\n"));
    }

    /// <summary>The period whose indicator is 1; the first has none.</summary>
    private static int Period(string[] fields, int[] indicators) => Array.FindIndex(indicators, j => fields[j] == "1") + 2;

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
