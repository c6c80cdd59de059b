using System.Globalization;
using MarginalConditional.Compare.Simulation.Commands;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Tests.Simulation.Commands;

/// <summary>
/// Studies whose data, methods or both come from child processes, here of a few lines of shell: what <see cref="CommandReader"/> reads and
/// <see cref="StudyProtocol"/> says.
/// </summary>
public sealed class CommandStudyTests : IDisposable
{
    /// <summary>Uniform outcomes of n persons, two a cluster, from the seed that it is told.</summary>
    private const string Generator = """
        printf '%s\n' "{\"csv\": \"$(awk -v s="$(of seed)" -v n="$(of n)" 'BEGIN {
          srand(s); printf "id,arm,y\\n"
          for (i = 0; i < n; i++) printf "%d,%d,%.6f\\n", i / 2, int(i / 2) % 2, rand()
        }')\"}"
        """;

    /// <summary>The difference of the arms' means, with a standard error of one.</summary>
    private const string Method = """
        csv=$(printf '%s' "$line" | sed 's/.*"csv":"\([^"]*\)".*/\1/')
        printf '%b' "$csv" | awk -F, 'NR > 1 { s[$2] += $3; n[$2]++ }
          END { printf "{\"estimate\": %.12f, \"se\": 1, \"df\": 9}\n", s[1] / n[1] - s[0] / n[0] }'
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("margcond").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [UnixFact]
    public void A_study_of_commands_gives_what_the_commands_give_for_any_number_of_threads()
    {
        var study = Read(Child.Write(folder, Generator), Child.Write(folder, Method));
        var result = SimulationRunner.Run(study, new SimulationOptions { Threads = 2 });
        var alone = SimulationRunner.Run(study, new SimulationOptions { Threads = 1 });
        Assert.True(result.Complete);
        for (var s = 0; s < 2; s++)
        {
            for (var r = 0; r < study.Replicates; r++)
            {
                var estimate = result.Scenarios[s].Estimates(0)[r];
                Assert.Equal(Difference(SimulationRunner.Draw(study, s, r)), estimate.Value, 1e-9);
                Assert.Equal((1, 9), (estimate.StandardError, estimate.DegreesOfFreedom));
                Assert.Equal(alone.Scenarios[s].Estimates(0)[r], estimate);

                // The library's own methods see the same data.
                Assert.Equal(estimate.Value, result.Scenarios[s].Estimates(1)[r].Value, 1e-9);
            }
        }

        Assert.Equal(
            [0.25, 0],
            result.Scenarios[0].Performance.Select(performance => double.IsNaN(performance.Truth) ? 0 : performance.Truth));
        Assert.Equal("given", result.Scenarios[0].Performance[0].TruthLabel);
    }

    [UnixFact]
    public void A_method_that_fails_is_counted_and_gets_a_new_child()
    {
        var method = Child.Write(folder, """[ "$(of replicate)" = 3 ] && exit 1; echo '{"estimate": 1, "se": 2}'""");
        var study = Read(Child.Write(folder, Generator), method);
        var result = SimulationRunner.Run(study, new SimulationOptions { Threads = 1 });
        var outcomes = result.Scenarios[0].Estimates(0).ToArray().Select(estimate => estimate.Outcome).ToArray();
        Assert.Equal(EstimateOutcome.Failed, outcomes[2]);
        Assert.All(outcomes.Where((_, r) => r != 2), outcome => Assert.Equal(EstimateOutcome.Converged, outcome));
        var failure = Assert.Single(result.Failures);
        Assert.Equal(2, failure.Count);
        Assert.Contains("ended with exit code 1", failure.Message, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("""{"estimate": "NA", "se": "NA"}""", EstimateOutcome.Failed)]
    [InlineData("""{"estimate": 1, "se": 0}""", EstimateOutcome.Failed)]
    [InlineData("""{"estimate": 1, "se": 1, "converged": false}""", EstimateOutcome.Failed)]
    [InlineData("""{"estimate": 1, "se": 1, "warnings": ["singular"]}""", EstimateOutcome.Warned)]
    [InlineData("""{"estimate": 1, "se": 1, "df": "NA", "warnings": []}""", EstimateOutcome.Converged)]
    [InlineData("""{"error": "no such column"}""", EstimateOutcome.Failed)]
    [InlineData("""{"estimate": 1}""", EstimateOutcome.Failed)]
    public void Answers_are_what_they_say(string answer, EstimateOutcome outcome)
    {
        var study = Read(Child.Write(folder, Generator), Child.Write(folder, $"echo '{answer}'")) with { Replicates = 2 };
        var result = SimulationRunner.Run(study, new SimulationOptions());
        Assert.Equal(outcome, result.Scenarios[0].Estimates(0)[1].Outcome);
    }

    [UnixFact]
    public void Commands_alone_give_the_same_although_nobody_here_reads_their_data_and_repeats_are_refused_still()
    {
        var study = Read(Child.Write(folder, Generator), Child.Write(folder, Method));
        var beside = SimulationRunner.Run(study, new SimulationOptions { Threads = 1 });
        var alone = SimulationRunner.Run(study with { Methods = [study.Methods[0]] }, new SimulationOptions { Threads = 2 });
        for (var r = 0; r < study.Replicates; r++)
        {
            Assert.Equal(beside.Scenarios[1].Estimates(0)[r], alone.Scenarios[1].Estimates(0)[r]);
        }

        using var thread = new SimulationThread(study with { Methods = [study.Methods[0]] }, []);
        thread.Draw(1, 0);
        var unread = thread.Draw(1, 3);
        Assert.Equal(SimulationRunner.Draw(study, 1, 3).Frame.Response.ToArray(), unread.Frame.Response.ToArray());

        var itself = Child.Write(folder, Generator.Replace("$(of seed)", "7", StringComparison.Ordinal));
        var repeats = Read(itself, Child.Write(folder, Method));
        Assert.Throws<InputException>(() => SimulationRunner.Run(
            repeats with { Methods = [repeats.Methods[0]] }, new SimulationOptions { Threads = 1 }));
    }

    [UnixFact]
    public void A_generator_that_seeds_itself_is_refused_with_both_replicates()
    {
        var generator = Child.Write(folder, Generator.Replace("$(of seed)", "7", StringComparison.Ordinal));
        var study = Read(generator, Child.Write(folder, Method));
        var error = Assert.Throws<InputException>(() => SimulationRunner.Run(study, new SimulationOptions { Threads = 1 }));
        Assert.Contains("gave replicates 1 and 2 the same data", error.Message, StringComparison.Ordinal);
        var allowed = Read(generator, Child.Write(folder, Method), "repeats: allowed");
        Assert.True(SimulationRunner.Run(allowed, new SimulationOptions()).Complete);
    }

    [UnixFact]
    public void A_method_that_gives_one_answer_to_different_data_is_named()
    {
        var study = Read(Child.Write(folder, Generator), Child.Write(folder, """echo '{"estimate": 0.25, "se": 2}'"""));
        var repeated = Assert.Single(RepeatedAnswers.Find(SimulationRunner.Run(study, new SimulationOptions())));
        Assert.Equal(("mine", 1), (repeated.Method, repeated.First));
    }

    [UnixFact]
    public void A_generator_that_fails_fails_every_method_of_that_replicate()
    {
        var generator = Child.Write(folder, """[ "$(of replicate)" = 2 ] && echo '{"error": "no data"}' && continue;""" + "\n" + Generator);
        var result = SimulationRunner.Run(Read(generator, Child.Write(folder, Method)), new SimulationOptions());
        Assert.All(
            result.Scenarios.SelectMany(scenario => new[] { scenario.Estimates(0)[1], scenario.Estimates(1)[1] }),
            estimate => Assert.Equal(EstimateOutcome.Failed, estimate.Outcome));
        Assert.Equal(2, Assert.Single(result.Failures).Count);
    }

    [Theory]
    [InlineData("cluster: id", "", "lacks \"cluster\"")]
    [InlineData("y ~ arm", "y ~", "formula")]
    [InlineData("outcome: continuous", "outcome: survival", "outcome is \"survival\"")]
    [InlineData("estimand: difference", "estimand: differense", "Did you mean")]
    [InlineData("run: ", "walk: ", "no setting \"walk\"")]
    [InlineData("truth: {difference: 0.25}", "truth: {difference: half}", "must be a number")]
    [InlineData("n: [8, 12]", "7n: 8", "no name that all languages take")]
    public void What_is_wrong_with_the_study_file_is_said_with_its_line(string right, string wrong, string said)
    {
        var text = Text("sh g.sh", "sh m.sh", string.Empty);
        Assert.Contains(right, text, StringComparison.Ordinal);
        var error = Assert.Throws<InputException>(
            () => StudyReader.Parse(text.Replace(right, wrong, StringComparison.Ordinal), Path.Combine(folder, "study.yaml")));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Line);
    }

    private Study Read(string generator, string method, string more = "") =>
        StudyReader.Parse(Text(generator, method, more), Path.Combine(folder, "study.yaml"));

    private static string Text(string generator, string method, string more) => string.Create(CultureInfo.InvariantCulture, $$"""
        study: children
        seed: 4
        replicates: 6
        data-generating-mechanisms:
          generator:
            command: {{generator}}
            formula: y ~ arm
            cluster: id
            effect: arm
            outcome: continuous
            truth: {difference: 0.25}
            {{more}}
          n: [8, 12]
        estimands: [difference, marginal]
        methods:
          - command:
              name: mine
              run: {{method}}
              estimand: difference
          - gee: {correlation: independence}
        """);

    private static double Difference(Replicate replicate)
    {
        var rows = replicate.Csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')).ToArray();
        double Mean(string arm) =>
            rows.Where(row => row[1] == arm).Average(row => double.Parse(row[2], CultureInfo.InvariantCulture));
        return Mean("1") - Mean("0");
    }
}
