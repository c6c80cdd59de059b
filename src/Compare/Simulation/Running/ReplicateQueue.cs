namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>Hands out the replicates of a study to threads, scenario by scenario.</summary>
/// <remarks>
/// Under a stopping rule a scenario is handed out from look to look, and threads that would wait for a look go on with the next scenario.
/// Which replicates are run depends on their estimates and not on who ran them when.
/// </remarks>
internal sealed class ReplicateQueue
{
    /// <summary>Replicates a thread takes at a time.</summary>
    private const int BatchSize = 16;

    private readonly object gate = new();
    private readonly StudyEstimates estimates;
    private readonly Shard shard;
    private readonly int size;
    private readonly SortedDictionary<int, ScenarioCourse> open = [];
    private int opened;
    private bool stopped;

    /// <summary>A queue of all that is to be run.</summary>
    /// <param name="estimates">The estimates of the study; those known are not handed out.</param>
    /// <param name="shard">The part of the replicates to run.</param>
    /// <param name="threads">The number of threads that take from it.</param>
    public ReplicateQueue(StudyEstimates estimates, Shard shard, int threads)
    {
        (this.estimates, this.shard) = (estimates, shard);
        var study = estimates.Study;
        var (first, end) = shard.Range(study.Replicates);
        Planned = study.Scenarios.Count * (end - first);
        Known = estimates.Run(first, end).Count();
        size = study.Until is { } rule ? Math.Clamp(rule.Every / (4 * threads), 1, BatchSize) : BatchSize;
    }

    /// <summary>Replicates of all scenarios, as far as it is known where they end; those known from before included.</summary>
    public int Planned { get; private set; }

    /// <summary>Those of them that were known when the queue was made.</summary>
    public int Known { get; }

    /// <summary>Whether every scenario has ended.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>The next replicates to run; waits for a look if there are none before it.</summary>
    /// <param name="preferred">The scenario that the thread is at: going on with it spares the thread preparing another.</param>
    /// <returns>Null when all is done or the queue was stopped.</returns>
    public ReplicateBatch? Take(int preferred)
    {
        lock (gate)
        {
            while (!stopped)
            {
                if (TakeOpen(preferred) is { } batch)
                {
                    return batch;
                }

                if (opened < estimates.Study.Scenarios.Count)
                {
                    open.Add(opened, new ScenarioCourse(estimates, opened, shard));
                    opened++;
                }
                else if (open.Count == 0)
                {
                    IsFinished = true;
                    Monitor.PulseAll(gate);
                    return null;
                }
                else
                {
                    Monitor.Wait(gate);
                }
            }

            return null;
        }
    }

    /// <summary>Takes back a batch whose replicates have all been run.</summary>
    public void Return(ReplicateBatch batch)
    {
        lock (gate)
        {
            var course = open[batch.Scenario];
            course.Return();
            if (course.IsDue)
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Hands out nothing more, and lets nobody wait.</summary>
    public void Stop()
    {
        lock (gate)
        {
            stopped = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>A batch of the preferred scenario, or of the first that has one; scenarios that are due are looked at.</summary>
    private ReplicateBatch? TakeOpen(int preferred)
    {
        foreach (var scenario in open.Keys.OrderBy(scenario => scenario != preferred).ThenBy(scenario => scenario).ToArray())
        {
            var course = open[scenario];
            do
            {
                if (course.Take(size) is { } batch)
                {
                    return batch;
                }
            }
            while (course.IsDue && course.GoesOn());
            if (course.IsDue)
            {
                Planned -= course.Spared;
                open.Remove(scenario);
            }
        }

        return null;
    }
}
