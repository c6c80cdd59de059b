using MarginalConditional.Compare.Simulation.Commands;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Stopping;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>
/// A simulation study by the ADEMP scheme (Morris, White and Crowther 2019):
/// aims, data-generating mechanisms, estimands, methods, performance measures.
/// </summary>
public sealed record Study
{
    /// <summary>Bias, empirical and model standard error, coverage, rejection: the measures shown unless others are named.</summary>
    public static IReadOnlyList<string> UsualMeasures { get; } = ["bias", "empirical-se", "model-se", "coverage", "rejection"];

    /// <summary>A short name, as in file names.</summary>
    public required string Name { get; init; }

    /// <summary>Aims: what the study is to find out, in plain words.</summary>
    public string Aims { get; init; } = "";

    /// <summary>The seed that names all random streams, together with scenario and replicate.</summary>
    public ulong Seed { get; init; }

    /// <summary>Replicates a scenario, 1 or more; with <see cref="Until"/> the most of them.</summary>
    public required int Replicates { get; init; }

    /// <summary>When a scenario has had replicates enough before that. Default: null, every scenario has them all.</summary>
    public StoppingRule? Until { get; init; }

    /// <summary>The level of intervals, and 1 − the size of tests. Default 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Data-generating mechanisms: the grid.</summary>
    public required IReadOnlyList<Scenario> Scenarios { get; init; }

    /// <summary>Methods; each names its estimand.</summary>
    public required IReadOnlyList<IEstimator> Methods { get; init; }

    /// <summary>The performance measures to show; all are computed. Default: <see cref="UsualMeasures"/>.</summary>
    public IReadOnlyList<string> Measures { get; init; } = UsualMeasures;

    /// <summary>The methods and generators whose work child processes do.</summary>
    public IEnumerable<IRunsCommand> Commands => Methods.Cast<object>().Concat(Scenarios.Select(scenario => scenario.Source))
        .OfType<IRunsCommand>();
}
