using MarginalConditional.Cli.Results;
using MarginalConditional.Imputation;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Imputed;

/// <summary>What is shown of pooled fits beside their table.</summary>
internal sealed record PooledFits
{
    /// <summary>The sets.</summary>
    public required IReadOnlyList<ImputedSet> Sets { get; init; }

    /// <summary>The fit of each.</summary>
    public required IReadOnlyList<FitSummary> Fits { get; init; }

    /// <summary>What coefficients and contrasts were pooled from.</summary>
    public required IReadOnlyList<PooledRow> Rows { get; init; }

    /// <summary>Further estimates, pooled.</summary>
    public required IReadOnlyList<FurtherTable> Further { get; init; }

    /// <summary>The joint test D1 of each term of the formula, then of all of them.</summary>
    public required IReadOnlyList<(string Term, JointPool Pool)> Terms { get; init; }

    /// <summary>The likelihood-ratio tests of fixed terms, D3 where it is there and D4; empty where none were asked for.</summary>
    public required IReadOnlyList<(string Term, JointPool? AtMeans, JointPool Stacked)> Ratios { get; init; }

    /// <summary>Further numbers of the fits, pooled.</summary>
    public required IReadOnlyList<PooledQuantity> Quantities { get; init; }
}
