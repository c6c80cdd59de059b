namespace MarginalConditional.Compare.Simulation.Summaries;

/// <summary>The rows behind one method in one scenario.</summary>
public sealed record SummarizedCell
{
    /// <summary>The rows that entered the measures, from 0 and in order.</summary>
    public required IReadOnlyList<int> UsedRows { get; init; }

    /// <summary>Replicates of the scenario that this method has no row for; 0 where replicates are not named.</summary>
    public required int Absent { get; init; }

    /// <summary>Usable estimates that were left out as too far from the others.</summary>
    public required int Outliers { get; init; }

    /// <summary>Usable estimates that were left out because another method has none on the same replicate.</summary>
    public required int Incomplete { get; init; }
}
