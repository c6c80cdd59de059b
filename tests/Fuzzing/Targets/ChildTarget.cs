using System.Text;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Simulation.Commands;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Storage;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Fuzzing.Commands;
using MarginalConditional.Fuzzing.Texts;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>
/// Lines that children of studies write, each taken for a greeting, for an estimate and for data; then the study's tables of what they
/// said. A replicate may fail, and nothing else may.
/// </summary>
internal sealed class ChildTarget : FuzzTarget
{
    private const int Replicates = 8;

    private static readonly ChildCommand Command = new() { Text = "Rscript method.R" };

    private static readonly Study Study = StudyReader.Parse(
        """
        study: children
        seed: 1
        replicates: 8
        data-generating-mechanisms: {clusters: 6, cluster-size: 3, sigma: 0, effect: 1}
        estimands: [marginal]
        methods: [gee, gee: {name: other}]
        """,
        "study.yaml");

    /// <inheritdoc/>
    public override string Name => "child";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws) => Of(ChildText.Make(draws));

    /// <inheritdoc/>
    public override FuzzInput Of(byte[] bytes) => new(CsvBytes.Show(bytes), () => Judge(bytes));

    private static Outcome Judge(byte[] bytes)
    {
        Workshop.Prepare("id,arm,y\n1,0,1\n2,1,0\n3,0,1\n4,1,1\n");
        var generator = new CommandGenerator(Source());
        var failures = new Dictionary<string, int>(StringComparer.Ordinal);
        var estimates = new StudyEstimates(Study);
        string? refusal = null;
        var (start, replicate, answered) = (0, 0, 0);
        while (start < bytes.Length && replicate < Replicates)
        {
            var feed = bytes.AsSpan(start).IndexOf((byte)'\n');
            var line = bytes.AsMemory(start, (feed < 0 ? bytes.Length : start + feed) - start);
            start += line.Length + 1;
            Attempt(failures, () => ChildAnswer.Ready(Command, ChildAnswer.Object(Command, line)).Length > 0);
            answered += Attempt(failures, () =>
            {
                estimates.Record(0, replicate % 2, replicate, StudyProtocol.Answer(Command, ChildAnswer.Object(Command, line)));
                return true;
            });
            try
            {
                answered += Attempt(
                    failures, () => generator.Read(ChildAnswer.Object(Command, line), replicate) is var frame && AreFinite(frame));
            }
            catch (InputException exception)
            {
                refusal ??= exception.Message;
            }

            replicate++;
        }

        return OfTables(estimates, failures) is { } fault ? Outcome.Fault(fault)
            : answered > 0 ? Outcome.Result("answers")
            : refusal is not null ? Outcome.Refused(CommandRun.Shape(refusal))
            : Outcome.Result("failed replicates");
    }

    /// <summary>A source of its own an input: sources remember what data they have seen.</summary>
    private static CommandSource Source() => new()
    {
        Settings = [],
        Command = Command,
        Request = new FrameRequest { Formula = FormulaParser.Parse("y ~ arm"), Cluster = "id" },
        Family = Family.Binomial,
        Link = Link.Logit,
        Effect = "arm",
    };

    /// <summary>1 for an answer, 0 for a failure that is counted.</summary>
    private static int Attempt(Dictionary<string, int> failures, Func<bool> ask)
    {
        try
        {
            return ask() ? 1 : throw new InvalidOperationException("an answer that is no finite number");
        }
        catch (ChildException exception)
        {
            var message = $"method: {exception.Message}";
            failures[message] = failures.GetValueOrDefault(message) + 1;
            return 0;
        }
    }

    private static bool AreFinite(ModelFrame frame) =>
        !frame.Response.ContainsAnyExceptInRange(double.MinValue, double.MaxValue);

    /// <summary>What is wrong with the tables of the study; null for nothing.</summary>
    private static string? OfTables(StudyEstimates estimates, Dictionary<string, int> failures)
    {
        var result = estimates.ToResult(complete: false, failures);
        using var table = new StringWriter { NewLine = "\n" };
        SimulateCommandTable.Write(result, null, ConsoleFactory.Create(table, 80, terminal: false));
        var text = table.ToString();
        return text.Any(character => char.IsControl(character) && character != '\n') ? "a table with a control character"
            : ResultVerdict.Of(0, text) is { IsFault: true, Kind: var wrong } ? $"table: {wrong}"
            : ResultVerdict.Of(0, SimulateCommandSummary.Json(result)) is { IsFault: true, Kind: var other } ? $"summary: {other}"
            : Rows(estimates) is var rows && rows != Rows(ReadBack(rows)) ? "rows that are read back differ"
            : null;
    }

    private static string Rows(StudyEstimates estimates)
    {
        using var rows = new StringWriter();
        ReplicateTable.Write(rows, estimates);
        return rows.ToString();
    }

    private static StudyEstimates ReadBack(string rows)
    {
        var estimates = new StudyEstimates(Study);
        ReplicateTable.ReadRows(
            rows.TrimEnd('\n').Split('\n').Select((row, index) => (index + 1, row)).Skip(1), "replicates.csv", estimates);
        return estimates;
    }
}
