using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Stopping;

namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>
/// What one method of a planned study gave with each number of clusters and multiple of its effect. All methods see the same trials.
/// </summary>
/// <param name="trial">The trial.</param>
/// <param name="method">The method's place in the study.</param>
/// <param name="options">The power wanted, the most trials, threads and cancellation.</param>
/// <param name="decides">Whether a run ends once the method's interval excludes the power wanted.</param>
internal sealed class StudyRuns(PlannedStudy trial, int method, SimulatedPlanOptions options, bool decides)
{
    private readonly Dictionary<(int Clusters, double Factor), StudyResult> known = [];

    /// <summary>The method's power.</summary>
    public SimulatedPower Power(int clusters, double factor)
    {
        var result = At(clusters, factor);
        var (rejected, total, attempted) = (0, 0, 0);
        foreach (var estimate in result.Scenarios[0].Estimates(0))
        {
            attempted++;
            if (estimate.IsUsable)
            {
                var (lower, upper) = estimate.Interval(result.Study.Level);
                total++;
                rejected += lower > 0 || upper < 0 ? 1 : 0;
            }
        }

        var (from, to) = ConfidenceSequence.Interval(rejected, total, Alpha);
        var side = !decides ? 0 : from > options.Power ? 1 : to < options.Power ? -1 : 0;
        return new SimulatedPower(clusters, factor, rejected, total, attempted - total, from, to, side);
    }

    /// <summary>The true value of what the method estimates.</summary>
    public double Truth(int clusters, double factor) => At(clusters, factor).Scenarios[0].Performance[0].Truth;

    /// <summary>α of one interval.</summary>
    private double Alpha => options.Alpha / (trial.Study.Methods.Count * (decides ? PowerSearch.MostAsked : 1));

    private StudyResult At(int clusters, double factor)
    {
        if (!known.TryGetValue((clusters, factor), out var result))
        {
            var study = trial.At(clusters, factor);
            study = study with
            {
                Methods = [study.Methods[method]],
                Seed = options.Seed,
                Replicates = options.Trials,
                Until = decides ? new StoppingRule { Power = options.Power, Alpha = Alpha } : null,
            };
            result = SimulationRunner.Run(
                study, new SimulationOptions { Threads = options.Threads, Cancellation = options.Cancellation });
            options.Cancellation.ThrowIfCancellationRequested();
            known.Add((clusters, factor), result);
        }

        return result;
    }
}
