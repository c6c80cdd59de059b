namespace MarginalConditional.Data.Descriptions;

/// <summary>What a column holds, as it was read.</summary>
public sealed record ColumnDescription
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, as the file says; null when it does not.</summary>
    public string? Label { get; init; }

    /// <summary>
    /// How it was read: <c>number</c>, <c>category</c>, <c>named code</c>, <c>date</c>, <c>true or false</c>, <c>empty</c>.
    /// </summary>
    public required string Type { get; init; }

    /// <summary>The number of rows in which it is missing.</summary>
    public required int Missing { get; init; }

    /// <summary>The number of distinct values.</summary>
    public required int Distinct { get; init; }

    /// <summary>The smallest number; null for categories.</summary>
    public double? Minimum { get; init; }

    /// <summary>The mean; null for categories.</summary>
    public double? Mean { get; init; }

    /// <summary>The largest number; null for categories.</summary>
    public double? Maximum { get; init; }

    /// <summary>The levels in their order with their rows; empty for numbers.</summary>
    public IReadOnlyList<LevelCount> Levels { get; init; } = [];
}
