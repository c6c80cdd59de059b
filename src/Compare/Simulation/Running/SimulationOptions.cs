namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>How to run a study. Nothing here changes a result but the number of replicates, and a bigger run contains the smaller.</summary>
public sealed record SimulationOptions
{
    /// <summary>Threads; 0, the default, means all processors.</summary>
    public int Threads { get; init; }

    /// <summary>Stops the run; every finished replicate is kept.</summary>
    public CancellationToken Cancellation { get; init; }
}
