namespace MarginalConditional.Data.Descriptions;

/// <summary>The clusters of a table and their sizes in rows.</summary>
public sealed record ClusterDescription
{
    /// <summary>The column, or columns joined by colons.</summary>
    public required string Name { get; init; }

    /// <summary>The number of clusters.</summary>
    public required int Count { get; init; }

    /// <summary>Rows of the smallest.</summary>
    public required int Minimum { get; init; }

    /// <summary>The median of the numbers of rows.</summary>
    public required double Median { get; init; }

    /// <summary>Rows of the largest.</summary>
    public required int Maximum { get; init; }

    /// <summary>(Σn)²/Σn²: the number of clusters of equal size that tell as much about a mean.</summary>
    public required double Effective { get; init; }

    /// <summary>Clusters of one row.</summary>
    public required int Single { get; init; }

    /// <summary>Rows whose cluster is missing.</summary>
    public required int Missing { get; init; }
}
