namespace MarginalConditional.Compare.Simulation.Performance;

/// <summary>One method in one scenario of a table of performance.</summary>
public sealed record PerformanceCell
{
    /// <summary>The scenario's place, from 0.</summary>
    public required int Scenario { get; init; }

    /// <summary>The levels of the table's factors in the scenario, in their order.</summary>
    public required IReadOnlyList<string> Levels { get; init; }

    /// <summary>What tells the scenario from the others: <c>sigma = 2, effect = 1</c>; empty where there is one.</summary>
    public required string Label { get; init; }

    /// <summary>The method's place among those of the table, from 0.</summary>
    public required int MethodIndex { get; init; }

    /// <summary>The method; empty where there is one without a name.</summary>
    public required string Method { get; init; }

    /// <summary>
    /// The column that the method's name is a bare number of, such as <c>method</c>; null where the name speaks for itself.
    /// </summary>
    public string? MethodColumn { get; init; }

    /// <summary>The method as people read it: <c>glmm</c>, or with its column where it is a number, <c>method 1</c>.</summary>
    public string MethodLabel => MethodColumn is null ? Method : $"{MethodColumn} {Method}";

    /// <summary>What it estimates; empty where that is not said.</summary>
    public string Estimand { get; init; } = "";

    /// <summary>How it did.</summary>
    public required EstimatePerformance Performance { get; init; }
}
