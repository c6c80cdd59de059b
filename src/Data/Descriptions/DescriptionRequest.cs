namespace MarginalConditional.Data.Descriptions;

/// <summary>Which columns have a part in a trial, as far as that is known before anything is fitted.</summary>
public sealed record DescriptionRequest
{
    /// <summary>The column of clusters, or columns joined by colons; null when it is not known.</summary>
    public string? Cluster { get; init; }

    /// <summary>The column of visits; null when it is not known.</summary>
    public string? Wave { get; init; }

    /// <summary>The column of arms; null when it is not known.</summary>
    public string? Arm { get; init; }

    /// <summary>The outcome, whose missing values count as visits that were missed; null to count rows.</summary>
    public string? Outcome { get; init; }
}
