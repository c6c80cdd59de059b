namespace MarginalConditional.Compare.Simulation.Summaries;

/// <summary>How estimates are summarized.</summary>
public sealed record SummaryOptions
{
    /// <summary>The level of intervals, and 1 − the size of tests, in (0, 1). Default: 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The value that tests are of. Default: 0.</summary>
    public double Null { get; init; }

    /// <summary>The method that relative precision is against; null for the first in the rows.</summary>
    public string? Reference { get; init; }

    /// <summary>Which estimates are left out as too far from the others; null, the default, for none.</summary>
    public OutlierRule? Outliers { get; init; }

    /// <summary>Whether only replicates count on which every method of the scenario has a usable estimate. Default: no.</summary>
    public bool CompleteOnly { get; init; }
}
