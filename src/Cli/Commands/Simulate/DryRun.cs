using System.Diagnostics;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Compare.Simulation.Truths;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>What <c>simulate --dry-run</c> shows: scenarios, truths, replicates, and on a terminal how long the run would take.</summary>
internal sealed class DryRun
{
    /// <summary>Scenarios a table shows; files have them all.</summary>
    private const int MostRows = 60;

    /// <summary>Scenarios whose replicates are timed, spread over the grid.</summary>
    private const int MostTimed = 8;

    /// <summary>Seconds after which a scenario has been timed long enough.</summary>
    private const double Enough = 0.2;

    private readonly Study study;
    private readonly IEstimand[] targets;

    /// <summary>Prepares what there is to show of a study.</summary>
    public DryRun(Study study)
    {
        this.study = study;
        targets = [.. study.Methods.Select(method => method.Target).DistinctBy(target => target.Name)];
    }

    /// <summary>Writes it in the format asked for; the time goes to the terminal alone.</summary>
    /// <param name="format">The form of the result.</param>
    /// <param name="part">The part of the replicates that would be run.</param>
    /// <param name="threads">Threads; 0 for all.</param>
    /// <param name="context">Where to.</param>
    public void Write(OutputFormat format, Shard part, int threads, CommandContext context)
    {
        ResultWriter.Write(context, format, Json, Csv, () => Table(context.Console));
        if (context.ShowsProgress)
        {
            context.Note(Time(part, threads));
        }
    }

    private string Json()
    {
        using var json = new JsonResult();
        json.Text("command", "simulate");
        json.Boolean("dryRun", value: true);
        json.Text("study", study.Name);
        json.Text("aims", study.Aims);
        json.Text("seed", study.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.Integer("replicates", study.Replicates);
        StopsOutput.Rule(json, study.Until);
        json.Number("level", study.Level);
        json.Objects("methods", study.Methods, method =>
        {
            json.Text("method", method.Name);
            json.Text("estimand", method.Target.Name);
        });
        json.Objects("scenarios", study.Scenarios, scenario =>
        {
            json.Integer("scenario", scenario.Number);
            json.Text("hash", scenario.Hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture));
            json.Object("settings", () =>
            {
                foreach (var (name, value) in scenario.Settings)
                {
                    json.Text(name, value);
                }
            });
            if (scenario.Solved is { } solved)
            {
                json.Object("solved", () =>
                {
                    json.Number("baseline", solved.Baseline);
                    json.Number("effect", solved.Effect);
                    json.Number("sigma", solved.Sigma);
                    json.Number("controlMean", solved.ControlMean);
                    json.Number("treatedMean", solved.TreatedMean);
                    json.Number("icc", double.IsFinite(solved.Icc) ? solved.Icc : null);
                });
            }

            json.Objects("truths", targets, target =>
            {
                json.Text("estimand", target.Name);
                json.Text("truthKind", scenario.TruthLabel(target));
                json.Number("truth", scenario.Truth(target));
            });
        });
        return json.Complete([]);
    }

    private ResultTable Csv()
    {
        var factors = study.Scenarios[0].Factors;
        var csv = new ResultTable(["scenario", .. factors, "estimand", "truth_kind", "truth"]);
        foreach (var scenario in study.Scenarios)
        {
            foreach (var target in targets)
            {
                csv.Row([
                    scenario.Number, .. factors.Select(factor => (object)scenario.Setting(factor)), target.Name,
                    scenario.TruthLabel(target), scenario.Truth(target),
                ]);
            }
        }

        return csv;
    }

    private void Table(IAnsiConsole console)
    {
        console.WriteLine($"{study.Name}: {SimulateCommandTable.Size(study)}, seed {study.Seed}");
        console.WriteLine("Nothing was run. The truths by which the methods would be judged:");
        console.WriteLine();
        var table = new TextTable([">no.", "scenario", .. targets.Select(target => ">" + target.Name)]);
        foreach (var scenario in study.Scenarios.Take(MostRows))
        {
            table.Row([
                Figures.Count(scenario.Number), SimulateCommandTable.Label(scenario),
                .. targets.Select(target => Figures.Fixed(scenario.Truth(target), 4)),
            ]);
        }

        table.WriteTo(console);
        if (study.Scenarios.Count > MostRows)
        {
            console.WriteLine($"and {Figures.Count(study.Scenarios.Count - MostRows)} more, which --format csv lists.");
        }

        Solved(console);
        console.WriteLine();
        foreach (var target in targets)
        {
            var methods = study.Methods.Where(method => method.Target.Name == target.Name).Select(method => method.Name);
            console.WriteLine($"Truth of {string.Join(", ", methods)}: {target.Description}"
                + $" ({study.Scenarios[0].TruthLabel(target)})");
        }

        if (TruthKinds.Sentence(targets.Select(study.Scenarios[0].TruthLabel)) is { Length: > 0 } kinds)
        {
            console.WriteLine(kinds);
        }
    }

    /// <summary>The parameters that were solved from what the study file says of the population; nothing where there are none.</summary>
    private void Solved(IAnsiConsole console)
    {
        var solved = study.Scenarios.Where(scenario => scenario.Solved is not null).Take(MostRows).ToArray();
        if (solved.Length == 0)
        {
            return;
        }

        console.WriteLine();
        console.WriteLine("Parameters solved, and the means they give:");
        console.WriteLine();
        var table = new TextTable(">no.", ">baseline", ">effect", ">sigma", ">control mean", ">treated mean", ">ICC");
        foreach (var scenario in solved)
        {
            var trial = scenario.Solved!;
            table.Row([
                Figures.Count(scenario.Number),
                .. new[] { trial.Baseline, trial.Effect, trial.Sigma, trial.ControlMean, trial.TreatedMean, trial.Icc }
                    .Select(value => Figures.Fixed(value, 4)),
            ]);
        }

        table.WriteTo(console);
    }

    /// <summary>A sentence with the time that the run would take, from replicates run for it and thrown away.</summary>
    private string Time(Shard part, int threads)
    {
        var (first, end) = part.Range(study.Replicates);
        var timed = Enumerable.Range(0, Math.Min(MostTimed, study.Scenarios.Count))
            .Select(k => study.Scenarios[(int)((long)k * study.Scenarios.Count / Math.Min(MostTimed, study.Scenarios.Count))])
            .ToArray();
        var seconds = timed.Average(scenario => SecondsOf(scenario, threads)) * study.Scenarios.Count * (end - first);
        return $"The run would take {(study.Until is null ? "about" : "at most about")} {Words(seconds)} on "
            + $"{Figures.Counted(threads == 0 ? Environment.ProcessorCount : threads, "thread")}, as replicates of "
            + $"{Figures.Counted(timed.Length, "scenario")} say that were timed.";
    }

    /// <summary>Seconds a replicate of one scenario, by runs that double until they are long enough.</summary>
    private double SecondsOf(Scenario scenario, int threads)
    {
        for (var count = 4; ; count *= 2)
        {
            var one = study with { Scenarios = [scenario], Replicates = Math.Min(count, study.Replicates), Until = null };
            var clock = Stopwatch.StartNew();
            SimulationRunner.Run(one, new SimulationOptions { Threads = threads });
            if (clock.Elapsed.TotalSeconds >= Enough || count >= study.Replicates)
            {
                return clock.Elapsed.TotalSeconds / one.Replicates;
            }
        }
    }

    private static string Words(double seconds) => seconds switch
    {
        < 1 => "a second",
        < 120 => $"{Figures.Significant(Math.Ceiling(seconds))} seconds",
        < 7200 => $"{Figures.Significant(Math.Ceiling(seconds / 60))} minutes",
        < 172800 => $"{Figures.Significant(Math.Ceiling(seconds / 3600))} hours",
        _ => $"{Figures.Significant(Math.Ceiling(seconds / 86400))} days",
    };
}
