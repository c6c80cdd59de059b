using System.Collections.Concurrent;
using System.Diagnostics;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>
/// Runs studies: replicates in parallel, each from a random stream of its
/// own, so that the results have the same bits for any number of threads.
/// </summary>
public static class SimulationRunner
{
    /// <summary>Replicates a thread takes at a time.</summary>
    private const int BatchSize = 16;

    /// <summary>
    /// How long a finished replicate may wait before it is told of, and so kept: what a killed process loses beside those in flight.
    /// </summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(10);

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
        var estimates = options.Known ?? new StudyEstimates(study);
        if (estimates.Study.Replicates != study.Replicates || estimates.Study.Scenarios.Count != study.Scenarios.Count)
        {
            throw new ArgumentException("The estimates known from before belong to another study.", nameof(options));
        }

        var work = Batches(study, options, estimates);
        var total = study.Scenarios.Count * (options.Shard.Range(study.Replicates).End - options.Shard.Range(study.Replicates).First);
        var failures = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var tally = new RunTally(estimates, options, total, total - work.Sum(batch => batch.Replicates.Count), progress);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads };
        try
        {
            Parallel.ForEach(
                Partitioner.Create(work, loadBalance: true),
                parallel,
                () => new SimulationThread(study, failures),
                (batch, loop, thread) =>
                {
                    var done = new List<int>(batch.Replicates.Count);
                    var (failed, told) = (0, Stopwatch.GetTimestamp());
                    foreach (var replicate in batch.Replicates)
                    {
                        if (options.Cancellation.IsCancellationRequested)
                        {
                            loop.Stop();
                            break;
                        }

                        var now = thread.Run(batch.Scenario, replicate, estimates.OfScenario(batch.Scenario));
                        if (now > 0 && options.Cancellation.IsCancellationRequested)
                        {
                            // What stopped the run may have ended a child in its work: that is no failure of the method.
                            estimates.Forget(batch.Scenario, replicate);
                            loop.Stop();
                            break;
                        }

                        failed += now;
                        done.Add(replicate);
                        if (Stopwatch.GetElapsedTime(told) > LongestWait)
                        {
                            tally.Add(batch.Scenario, done, failed);
                            done.Clear();
                            (failed, told) = (0, Stopwatch.GetTimestamp());
                        }
                    }

                    tally.Add(batch.Scenario, done, failed);
                    return thread;
                },
                thread => thread.Dispose());
        }
        finally
        {
            EndChildren(study);
        }

        return estimates.ToResult(tally.Finished == total, failures);
    }

    /// <summary>The replicates still to be run, some at a time, scenario by scenario.</summary>
    private static List<(int Scenario, IReadOnlyList<int> Replicates)> Batches(
        Study study,
        SimulationOptions options,
        StudyEstimates estimates)
    {
        var (first, end) = options.Shard.Range(study.Replicates);
        var work = new List<(int, IReadOnlyList<int>)>();
        for (var scenario = 0; scenario < study.Scenarios.Count; scenario++)
        {
            var open = Enumerable.Range(first, end - first).Where(replicate => !estimates.IsRun(scenario, replicate));
            work.AddRange(open.Chunk(BatchSize).Select(chunk => (scenario, (IReadOnlyList<int>)chunk)));
        }

        return work;
    }

    /// <summary>The estimates of one replicate, computed alone: the same bits as within a run.</summary>
    /// <param name="study">The study.</param>
    /// <param name="scenario">The scenario's index, from 0.</param>
    /// <param name="replicate">The replicate's number, from 0.</param>
    public static IReadOnlyList<EffectEstimate> RunOne(Study study, int scenario, int replicate)
    {
        ArgumentNullException.ThrowIfNull(study);
        var estimates = study.Methods.Select(_ => new EffectEstimate[replicate + 1]).ToArray();
        using (var thread = new SimulationThread(study, new ConcurrentDictionary<string, int>(StringComparer.Ordinal)))
        {
            thread.Run(scenario, replicate, estimates);
        }

        EndChildren(study);
        return [.. estimates.Select(column => column[replicate])];
    }

    /// <summary>The data of one replicate.</summary>
    /// <param name="study">The study.</param>
    /// <param name="scenario">The scenario's index, from 0.</param>
    /// <param name="replicate">The replicate's number, from 0.</param>
    public static Replicate Draw(Study study, int scenario, int replicate)
    {
        ArgumentNullException.ThrowIfNull(study);
        using var thread = new SimulationThread(study, new ConcurrentDictionary<string, int>(StringComparer.Ordinal));
        var drawn = thread.Draw(scenario, replicate);
        EndChildren(study);
        return drawn;
    }

    /// <summary>Ends the child processes that the study's parts have started; a later run starts new ones.</summary>
    private static void EndChildren(Study study)
    {
        foreach (var part in study.Commands)
        {
            part.Children.Dispose();
        }
    }
}
