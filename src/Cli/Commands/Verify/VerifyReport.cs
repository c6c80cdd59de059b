using System.Globalization;
using System.Text.RegularExpressions;
using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Laws;
using MarginalConditional.Properties.Trials;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Verify;

/// <summary>Shows which laws a program keeps, and for those that it breaks the rows that show it.</summary>
internal sealed partial class VerifyReport
{
    private readonly string version;
    private readonly ITrialEstimator estimator;
    private readonly IReadOnlyList<LawResult> results;
    private readonly int seed;
    private readonly int tests;

    /// <summary>Gathers what came of it.</summary>
    /// <param name="version">What the program says it is.</param>
    /// <param name="estimator">The program.</param>
    /// <param name="results">One a law.</param>
    /// <param name="seed">The seed of the data sets.</param>
    /// <param name="tests">Data sets a law.</param>
    public VerifyReport(string version, ITrialEstimator estimator, IReadOnlyList<LawResult> results, int seed, int tests)
    {
        this.version = version;
        this.estimator = estimator;
        this.results = results;
        this.seed = seed;
        this.tests = tests;
    }

    /// <summary>Whether a verdict makes the program's exit code other than 0.</summary>
    public static bool IsFault(LawVerdict verdict) => verdict is LawVerdict.Broken or LawVerdict.Undecided or LawVerdict.Untested;

    /// <summary>Writes it in the form asked for.</summary>
    public void Write(OutputFormat format, CommandContext context) => ResultWriter.Write(context, format, Json, Csv, () => Table(context));

    private string Json()
    {
        using var json = new JsonResult();
        json.Text("command", "verify");
        json.Text("program", estimator.Name);
        json.Text("version", version);
        json.Text("formula", estimator.Model.Formula);
        json.Text("family", estimator.Model.Family.Name);
        json.Text("link", estimator.Model.EffectiveLink.Name);
        json.Text("target", estimator.Traits.Target.Name);
        json.Integer("seed", seed);
        json.Integer("tests", tests);
        json.Objects("laws", results, result =>
        {
            json.Text("law", result.Law.Name);
            json.Text("verdict", VerdictWord(result.Verdict));
            json.Integer("tests", result.Tests);
            json.Integer("answered", result.Answered);
            json.Text("reason", result.Reason.Length == 0 ? null : result.Reason);
            json.Text("statement", result.Law.Statement);
            json.Text("domain", result.Law.Domain);
            if (result.Smallest is { } smallest && result.Outcome is { } outcome)
            {
                json.Object("counterexample", () =>
                {
                    json.Text("csv", smallest.Trial.Csv);
                    json.Text("change", outcome.Change.Length == 0 ? null : outcome.Change);
                    json.Text("changed", outcome.Changed?.Csv);
                    json.Text("expected", outcome.Expected);
                    json.Text("found", outcome.Found);
                });
            }

            json.Text("replay", result.Replay.Length == 0 ? null : result.Replay);
        });
        return json.Complete([]);
    }

    private ResultTable Csv()
    {
        var csv = new ResultTable("law", "verdict", "tests", "answered", "reason", "expected", "found", "counterexample", "replay");
        foreach (var result in results)
        {
            csv.Row(
                result.Law.Name, VerdictWord(result.Verdict), result.Tests, result.Answered, result.Reason, result.Outcome?.Expected,
                result.Outcome?.Found, result.Smallest?.Trial.Csv, result.Replay);
        }

        return csv;
    }

    private void Table(CommandContext context)
    {
        var console = context.Console;
        var model = estimator.Model;
        var effect = estimator.Traits.Target.Name;
        console.WriteLine($"{version}: {model.Formula}, {model.Family.Name}, {model.EffectiveLink.Name}; {effect} effect");
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Count(results.Count, "law")}, {Count(tests, "data set")} each, seed {seed}"));
        console.WriteLine();
        var table = new TextTable("law", "verdict", ">data sets", ">answered");
        foreach (var result in results)
        {
            table.Row(result.Law.Name, VerdictWord(result.Verdict), Number(result.Tests), Number(result.Answered));
        }

        table.WriteTo(console);
        foreach (var result in results.Where(result => result.Verdict != LawVerdict.Holds || result.Reason.Length > 0))
        {
            console.WriteLine();
            Explain(result, context);
        }

        console.WriteLine();
        var kept = results.Count(result => result.Verdict == LawVerdict.Holds);
        console.WriteLine(kept == results.Count
            ? $"{Count(kept, "law")}: nothing breaks {(kept == 1 ? "it" : "them")}."
            : $"{Count(kept, "law")} of {results.Count} kept.");
    }

    private static void Explain(LawResult result, CommandContext context)
    {
        var (console, width) = (context.Console, context.Width);
        PlainWrap.Beside(console, $"{result.Law.Name} ", Headline(result), width);
        if (!IsFault(result.Verdict))
        {
            return;
        }

        PlainWrap.Beside(console, "  says     ", result.Law.Statement, width);
        PlainWrap.Beside(console, "  of       ", result.Law.Domain, width);
        if (result.Smallest is { } smallest && result.Outcome is { } outcome)
        {
            PlainWrap.Beside(console, "  expected ", outcome.Expected, width);
            PlainWrap.Beside(console, "  found    ", outcome.Found, width);
            console.WriteLine();
            Data(console, smallest.Trial);
            if (outcome.Changed is { } changed)
            {
                console.WriteLine();
                console.WriteLine($"  {outcome.Change}:");
                console.WriteLine();
                Data(console, changed);
            }

            console.WriteLine();
        }

        console.WriteLine("  Again, alone:");
        foreach (var line in ShellLines(result.Replay, width))
        {
            console.WriteLine(line);
        }
    }

    /// <summary>A command over lines that a shell reads as one: broken between words, each line but the last with a backslash.</summary>
    private static IEnumerable<string> ShellLines(string command, int width)
    {
        var line = "   ";
        foreach (var text in Word().Matches(command).Select(match => match.Value))
        {
            if (line.Length + 1 + text.Length + 2 > width && line.Trim().Length > 0)
            {
                yield return line + " \\";
                line = "     ";
            }

            line += " " + text;
        }

        yield return line;
    }

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|\\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    private static string Headline(LawResult result) => result.Verdict switch
    {
        LawVerdict.Broken when result.Smallest is { } smallest => string.Create(
            CultureInfo.InvariantCulture,
            $"is broken: {smallest.Trial.Rows} rows in {smallest.Trial.ClusterLabels.Count} clusters show it, the fewest found."),
        LawVerdict.Broken => $"is broken: {result.Reason}.",
        LawVerdict.Holds => $"holds: {result.Reason}.",
        LawVerdict.Undecided => $"is undecided: {result.Reason}.",
        LawVerdict.Untested => $"is untested, for want of answers: {result.Reason.TrimEnd('.')}.",
        _ => $"is not about this program: {result.Reason}.",
    };

    private static void Data(IAnsiConsole console, TrialData trial)
    {
        foreach (var line in trial.Csv.TrimEnd('\n').Split('\n'))
        {
            console.WriteLine($"    {line}");
        }
    }

    private static string VerdictWord(LawVerdict verdict) => verdict switch
    {
        LawVerdict.Holds => "holds",
        LawVerdict.Broken => "broken",
        LawVerdict.Undecided => "undecided",
        LawVerdict.Untested => "untested",
        _ => "outside its domain",
    };

    private static string Number(int count) => count == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{count}");

    private static string Count(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? string.Empty : "s")}");
}
