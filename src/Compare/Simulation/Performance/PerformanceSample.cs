namespace MarginalConditional.Compare.Simulation.Performance;

/// <summary>The usable replicates of one method under one mechanism, as columns of equal length.</summary>
internal sealed record PerformanceSample
{
    /// <summary>The estimates.</summary>
    public required double[] Values { get; init; }

    /// <summary>Their standard errors; null where they are not known.</summary>
    public double[]? Errors { get; init; }

    /// <summary>
    /// Half the widths of intervals that lie evenly about their estimates; null where intervals are given, or there are none.
    /// </summary>
    public double[]? HalfWidths { get; init; }

    /// <summary>Lower and upper limits of given intervals; null for none.</summary>
    public (double[] Lower, double[] Upper)? Limits { get; init; }

    /// <summary>Given p-values, which decide what is rejected; null where the intervals do.</summary>
    public double[]? Probabilities { get; init; }

    /// <summary>What each replicate is held to; not a number where it is not known.</summary>
    public required double[] Truths { get; init; }

    /// <summary>The value that tests are of. Default: 0.</summary>
    public double Null { get; init; }
}
