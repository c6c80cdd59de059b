namespace MarginalConditional.Compare.Longitudinal;

/// <summary>How the effect changes with the time since a cluster began treatment. Immutable.</summary>
public sealed record ExposureAnalysis
{
    /// <summary>The column of exposures.</summary>
    public required string Column { get; init; }

    /// <summary>Its level that means no exposure.</summary>
    public required string None { get; init; }

    /// <summary>The other levels, each with the number of clusters that were seen at it.</summary>
    public required IReadOnlyList<(string Exposure, int Clusters)> Exposures { get; init; }

    /// <summary>By working model, weighting and scale: each exposure's effect, then their mean.</summary>
    public required IReadOnlyList<ExposureEstimate> Estimates { get; init; }

    /// <summary>Whether the effects are equal; empty with one exposure.</summary>
    public required IReadOnlyList<ExposureTest> Tests { get; init; }

    /// <summary>What the reader should know, one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
