using System.Collections.Concurrent;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>Runs studies: replicates in parallel, each from a random stream of its own, so that the results have the same bits for any number of threads.</summary>
public static class SimulationRunner
{
    /// <summary>Replicates a thread takes at a time.</summary>
    private const int BatchSize = 16;

    /// <summary>Runs a study.</summary>
    /// <param name="study">What to run.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="progress">Told after every batch, from any thread; may be null.</param>
    public static StudyResult Run(Study study, SimulationOptions options, IProgress<SimulationProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(study.Replicates, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        var estimates = study.Scenarios
            .Select(_ => study.Methods.Select(_ => new Estimate[study.Replicates]).ToArray())
            .ToArray();
        var failures = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var finished = 0;
        var failed = 0;
        var total = study.Scenarios.Count * study.Replicates;
        var batches = (study.Replicates + BatchSize - 1) / BatchSize;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads };
        Parallel.For(
            0,
            study.Scenarios.Count * batches,
            parallel,
            () => new SimulationThread(study, failures),
            (batch, loop, thread) =>
            {
                var scenario = batch / batches;
                var first = batch % batches * BatchSize;
                var last = Math.Min(first + BatchSize, study.Replicates);
                for (var replicate = first; replicate < last; replicate++)
                {
                    if (options.Cancellation.IsCancellationRequested)
                    {
                        loop.Stop();
                        return thread;
                    }

                    Interlocked.Add(ref failed, thread.Run(scenario, replicate, estimates[scenario]));
                    Interlocked.Increment(ref finished);
                }

                progress?.Report(new SimulationProgress(Volatile.Read(ref finished), total, Volatile.Read(ref failed)));
                return thread;
            },
            _ => { });
        var results = study.Scenarios.Select((scenario, s) => new ScenarioResult(study, scenario, estimates[s])).ToArray();
        return new StudyResult(study, results, finished == total, failures);
    }

    /// <summary>The estimates of one replicate, computed alone: the same bits as within a run.</summary>
    /// <param name="study">The study.</param>
    /// <param name="scenario">The scenario's index, from 0.</param>
    /// <param name="replicate">The replicate's number, from 0.</param>
    public static IReadOnlyList<Estimate> RunOne(Study study, int scenario, int replicate)
    {
        ArgumentNullException.ThrowIfNull(study);
        var estimates = study.Methods.Select(_ => new Estimate[replicate + 1]).ToArray();
        new SimulationThread(study, new ConcurrentDictionary<string, int>(StringComparer.Ordinal)).Run(scenario, replicate, estimates);
        return [.. estimates.Select(column => column[replicate])];
    }

    /// <summary>The data of one replicate.</summary>
    /// <param name="study">The study.</param>
    /// <param name="scenario">The scenario's index, from 0.</param>
    /// <param name="replicate">The replicate's number, from 0.</param>
    public static Replicate Draw(Study study, int scenario, int replicate)
    {
        ArgumentNullException.ThrowIfNull(study);
        var chosen = study.Scenarios[scenario];
        return new Replicate(
            chosen.Mechanism, new TrialGenerator(chosen.Mechanism).Draw(new RandomStream(study.Seed, chosen.Hash, (ulong)replicate)));
    }
}
