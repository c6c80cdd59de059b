using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>Counts what is finished and tells those who want to know, one batch at a time.</summary>
internal sealed class RunTally(
    StudyEstimates estimates, SimulationOptions options, ReplicateQueue queue, IProgress<SimulationProgress>? progress,
    LongWork work)
{
    private readonly Lock gate = new();
    private int failed;
    private int told;

    /// <summary>Replicates finished, those known from before included.</summary>
    public int Finished { get; private set; } = queue.Known;

    /// <summary>Records a batch.</summary>
    public void Add(int scenario, IReadOnlyList<int> replicates, int failures)
    {
        lock (gate)
        {
            Finished += replicates.Count;
            failed += failures;
            if (replicates.Count > 0)
            {
                options.Finished?.Invoke(estimates, scenario, replicates);
            }

            work.Step(Finished - told);
            told = Finished;
            progress?.Report(new SimulationProgress(Finished, queue.Planned, failed));
        }
    }
}
