// A simulation study from a text, with progress and a way to stop it; the same numbers for any number of threads.
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;

const string Text = """
    study: few-clusters
    seed: 20261127
    replicates: 40
    data-generating-mechanisms:
      clusters: [10, 40]
      cluster-size: 20
      baseline: -1
      effect: 0.5
      random-effect: normal
      sigma: 0.8
    estimands: [conditional, marginal]
    methods:
      - glmm: {nodes: 9}
      - gee: {se: mancl-derouen}
    """;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
var study = StudyReader.Parse(Text, "few-clusters");
var result = SimulationRunner.Run(
    study,
    new SimulationOptions { Cancellation = stop.Token },
    new Progress<SimulationProgress>(done => Console.Error.Write($"\r{done.Finished} of {done.Total}")));
Console.WriteLine(result);
foreach (var scenario in result.Scenarios)
{
    foreach (var row in scenario.Performance)
    {
        Console.WriteLine(FormattableString.Invariant(
            $"scenario {scenario.Scenario.Number} {row.Method}: bias {row.Bias.Value:R}, coverage {row.Coverage.Value:R}"));
    }
}
