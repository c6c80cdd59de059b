namespace MarginalConditional.Compare.Curves;

/// <summary>The curves of one group, such as an arm, over a covariate. Response scale.</summary>
public sealed record CurveGroup
{
    /// <summary>The group's level; empty when there are no groups.</summary>
    public required string Level { get; init; }

    /// <summary>The covariate's values, ascending.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>The mean over all clusters at each value.</summary>
    public required IReadOnlyList<double> Population { get; init; }

    /// <summary>The mean of a cluster whose effects are 0.</summary>
    public required IReadOnlyList<double> Typical { get; init; }

    /// <summary>The means of clusters spread evenly over the fitted distribution of effects, each at all values.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Clusters { get; init; }

    /// <summary>The data: means of the outcome in bins of the covariate.</summary>
    public required IReadOnlyList<BinnedMean> Data { get; init; }
}
