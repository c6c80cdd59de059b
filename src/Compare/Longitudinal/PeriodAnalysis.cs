namespace MarginalConditional.Compare.Longitudinal;

/// <summary>A trial whose arms go with cluster and period: its effect averaged in four ways. Immutable.</summary>
public sealed record PeriodAnalysis
{
    /// <summary>The column of periods.</summary>
    public required string Column { get; init; }

    /// <summary>The periods in which every arm was seen, in order: only they compare arms.</summary>
    public required IReadOnlyList<string> Periods { get; init; }

    /// <summary>The periods that lack an arm.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>By estimator, arm, scale and estimand.</summary>
    public required IReadOnlyList<PeriodEstimate> Estimates { get; init; }

    /// <summary>Whether the four are equal, by estimator, arm and scale.</summary>
    public required IReadOnlyList<PeriodTest> Tests { get; init; }

    /// <summary>What the reader should know, one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
