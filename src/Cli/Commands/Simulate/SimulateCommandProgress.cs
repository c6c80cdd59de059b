using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>Runs a study with a progress bar on stderr, if that is a terminal.</summary>
internal static class SimulateCommandProgress
{
    /// <summary>Runs the study; the bar is gone afterwards.</summary>
    public static StudyResult Run(Study study, SimulationOptions options, CommandContext context)
    {
        if (!context.ShowsProgress)
        {
            return SimulationRunner.Run(study, options);
        }

        var total = study.Scenarios.Count * study.Replicates;
        context.ErrorConsole.WriteLine(
            $"{study.Name}  {SimulateCommandTable.Size(study)}  seed {study.Seed}");
        return context.ErrorConsole.Progress()
            .AutoClear(enabled: true)
            .Columns(
                new ProgressBarColumn(),
                new PercentageColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new RemainingTimeColumn())
            .Start(progress =>
            {
                var clock = System.Diagnostics.Stopwatch.StartNew();
                var task = progress.AddTask("starting", maxValue: total);
                return SimulationRunner.Run(study, options, new Reporter(state =>
                {
                    task.Value = Math.Max(task.Value, state.Finished);
                    var rate = state.Finished / Math.Max(clock.Elapsed.TotalSeconds, 1e-3);
                    task.Description = $"{Figures.Count((long)rate)} rep/s  failed {Figures.Count(state.Failed)}";
                }));
            });
    }

    /// <summary>Reports at once: <see cref="Progress{T}"/> would post to another thread and could report after the end.</summary>
    private sealed class Reporter(Action<SimulationProgress> report) : IProgress<SimulationProgress>
    {
        private readonly Lock gate = new();

        public void Report(SimulationProgress value)
        {
            lock (gate)
            {
                report(value);
            }
        }
    }
}
