using System.Collections.Concurrent;
using System.Diagnostics;
using MarginalConditional.Compare.Simulation.Commands;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>
/// Runs studies: replicates in parallel, each from a random stream of its
/// own, so that the results have the same bits for any number of threads.
/// </summary>
/// <example>
/// <code>
/// using MarginalConditional.Compare.Simulation.Running;
/// using MarginalConditional.Compare.Simulation.Studies;
///
/// var result = SimulationRunner.Run(
///     StudyReader.Read("study.yaml"),
///     new SimulationOptions(),
///     new Progress&lt;SimulationProgress&gt;(done =&gt; Console.Error.WriteLine($"{done.Finished} of {done.Total}")));
/// Console.WriteLine(result);
/// </code>
/// </example>
public static class SimulationRunner
{
    /// <summary>
    /// How long a finished replicate may wait before it is told of, and so kept: what a killed process loses beside those in flight.
    /// </summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs a study.</summary>
    /// <param name="study">What to run.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="progress">
    /// Told after every batch, from any thread; where it is null, those of a <see cref="ProgressScope"/> hear of the replicates instead.
    /// </param>
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

        if (study.Until is not null && options.Shard.Count > 1)
        {
            throw new ArgumentException("A study that ends by a rule has no parts: a part does not see the whole.", nameof(options));
        }

        var threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        var queue = new ReplicateQueue(estimates, options.Shard, threads);
        var failures = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        using var work = LongWork.Begin("replicates", progress is null ? queue.Planned : 0);
        var tally = new RunTally(estimates, options, queue, progress, work);
        try
        {
            ParallelWork.For(0, threads, threads, _ =>
            {
                try
                {
                    using var thread = new SimulationThread(study, failures);
                    Work(queue, thread, estimates, tally, options.Cancellation);
                }
                finally
                {
                    // Whatever ends this thread early, the others must not wait for it.
                    if (!queue.IsFinished)
                    {
                        queue.Stop();
                    }
                }
            });
        }
        finally
        {
            EndChildren(study);
        }

        return estimates.ToResult(queue.IsFinished, failures);
    }

    /// <summary>Runs replicates until there are none, or until the run is stopped.</summary>
    private static void Work(
        ReplicateQueue queue, SimulationThread thread, StudyEstimates estimates, RunTally tally, CancellationToken cancellation)
    {
        var scenario = 0;
        while (queue.Take(scenario) is { } batch)
        {
            scenario = batch.Scenario;
            var done = new List<int>(batch.Replicates.Count);
            var (failed, told, left) = (0, Stopwatch.GetTimestamp(), batch.Replicates.Count);
            foreach (var replicate in batch.Replicates)
            {
                if (Run(thread, batch.Scenario, replicate, estimates, cancellation) is not { } now)
                {
                    break;
                }

                failed += now;
                done.Add(replicate);
                left--;
                if (Stopwatch.GetElapsedTime(told) > LongestWait)
                {
                    tally.Add(batch.Scenario, done, failed);
                    done.Clear();
                    (failed, told) = (0, Stopwatch.GetTimestamp());
                }
            }

            tally.Add(batch.Scenario, done, failed);
            if (left > 0)
            {
                return;
            }

            queue.Return(batch);
        }
    }

    /// <summary>
    /// How many methods failed on a replicate; null when the run was stopped before all had ended, which leaves none of it.
    /// </summary>
    private static int? Run(
        SimulationThread thread, int scenario, int replicate, StudyEstimates estimates, CancellationToken cancellation)
    {
        var failed = 0;
        var stopped = cancellation.IsCancellationRequested;
        if (!stopped)
        {
            try
            {
                using var scope = CancellationScope.Enter(cancellation);
                failed = thread.Run(scenario, replicate, estimates.OfScenario(scenario));

                // What stopped the run may have ended a child in its work: that is no failure of the method.
                stopped = failed > 0 && cancellation.IsCancellationRequested;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                stopped = true;
            }
        }

        if (!stopped)
        {
            return failed;
        }

        estimates.Forget(scenario, replicate);
        return null;
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
            ChildPool.Of(part.Command).Dispose();
        }
    }
}
