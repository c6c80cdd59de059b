using MarginalConditional.Imputation;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare;

/// <summary>What is known of a comparison that was pooled over imputed data sets. Immutable.</summary>
public sealed record PooledFacts
{
    /// <summary>What the sets are called, one for each.</summary>
    public required IReadOnlyList<string> Sets { get; init; }

    /// <summary>What every row was pooled from, by what it is.</summary>
    public required IReadOnlyList<(string Label, PooledRow Row)> Rows { get; init; }

    /// <summary>The marginal model's coefficients (by person: the model's), link scale.</summary>
    public required IReadOnlyList<PooledRow> Marginal { get; init; }

    /// <summary>The conditional model's coefficients, link scale; none in a trial by person.</summary>
    public required IReadOnlyList<PooledRow> Conditional { get; init; }

    /// <summary>The marginal model's coefficients in each set.</summary>
    public required IReadOnlyList<CoefficientTable> MarginalOfSets { get; init; }

    /// <summary>The conditional model's coefficients in each set; empty in a trial by person.</summary>
    public required IReadOnlyList<CoefficientTable> ConditionalOfSets { get; init; }
}
