namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>How a trial is planned by simulation. Immutable.</summary>
public sealed record SimulatedPlanOptions
{
    /// <summary>The power wanted, in (0, 1). Default 0.8.</summary>
    public double Power { get; init; } = 0.8;

    /// <summary>The two-sided level of the tests, in (0, 1). Default 0.05.</summary>
    public double Level { get; init; } = 0.05;

    /// <summary>Whether tests refer to t with K − 2 degrees of freedom. Default: yes; otherwise to the normal distribution.</summary>
    public bool UsesStudent { get; init; } = true;

    /// <summary>The share of clusters that are treated, in (0, 1). Default: one half.</summary>
    public double TreatedShare { get; init; } = 0.5;

    /// <summary>The most trials drawn for a number of clusters, 100 or more. Default 4,000.</summary>
    public int Trials { get; init; } = 4_000;

    /// <summary>The chance that any interval of an estimand ever misses its power, in (0, 1). Default 0.05.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>The most clusters, 4 or more. Default 10,000.</summary>
    public int MostClusters { get; init; } = 10_000;

    /// <summary>The seed that names all random numbers.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads; 0, the default, means all processors. No result depends on it.</summary>
    public int Threads { get; init; }

    /// <summary>Stops the search.</summary>
    public CancellationToken Cancellation { get; init; }
}
