using MarginalConditional.Compare.Simulation.Performance;

namespace MarginalConditional.Compare.Simulation.Summaries;

/// <summary>What estimates made anywhere come to.</summary>
public sealed record EstimateSummary
{
    /// <summary>The estimates.</summary>
    public required EstimateRows Rows { get; init; }

    /// <summary>How they were summarized.</summary>
    public required SummaryOptions Options { get; init; }

    /// <summary>The measures.</summary>
    public required PerformanceTable Table { get; init; }

    /// <summary>The method that relative precision is against; null where there is one method.</summary>
    public required string? Reference { get; init; }

    /// <summary>What else is known of each of the table's cells, in their order.</summary>
    public required IReadOnlyList<SummarizedCell> Cells { get; init; }

    /// <summary>The usable intervals of a cell; none where no intervals are known.</summary>
    public IReadOnlyList<IntervalEstimate> Intervals(PerformanceCell cell)
    {
        for (var c = 0; c < Cells.Count; c++)
        {
            if (ReferenceEquals(Table.Cells[c], cell))
            {
                return SampleBuilder.Intervals(Rows, Cells[c].UsedRows, Options);
            }
        }

        return [];
    }
}
