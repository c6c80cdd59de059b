namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>How to run a study. Nothing here changes the estimates of a replicate, only which replicates are run.</summary>
public sealed record SimulationOptions
{
    /// <summary>Threads; 0, the default, means all processors.</summary>
    public int Threads { get; init; }

    /// <summary>Which part of the replicates to run. Default: all.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>Estimates known from before: their replicates are not run again. Filled in further by the run. Default: none.</summary>
    public StudyEstimates? Known { get; init; }

    /// <summary>
    /// Receives the scenario's index and the numbers (from 0) of replicates
    /// just finished, one call at a time, on any thread. Default: nobody.
    /// </summary>
    public Action<StudyEstimates, int, IReadOnlyList<int>>? Finished { get; init; }

    /// <summary>Stops the run; every finished replicate is kept.</summary>
    public CancellationToken Cancellation { get; init; }
}
