using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Compare.Simulation.Summaries;

/// <summary>Estimates made anywhere, a row a replicate and method: columns of equal length, of which most may be absent.</summary>
public sealed record EstimateRows
{
    /// <summary>What they are of, for titles.</summary>
    public required string Name { get; init; }

    /// <summary>The factors that tell scenarios apart; a missing field is a level of its own. Default: none.</summary>
    public IReadOnlyList<FactorColumn> Factors { get; init; } = [];

    /// <summary>The method; null where there is one.</summary>
    public FactorColumn? Method { get; init; }

    /// <summary>The replicate, by which the methods' estimates belong together; null where that is not known.</summary>
    public FactorColumn? Replicate { get; init; }

    /// <summary>The estimates; not a number where there is none.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Their standard errors.</summary>
    public IReadOnlyList<double>? Errors { get; init; }

    /// <summary>Degrees of freedom of the intervals; not a number for the normal.</summary>
    public IReadOnlyList<double>? DegreesOfFreedom { get; init; }

    /// <summary>Lower limits of intervals that are to be taken as they are, with <see cref="Upper"/>.</summary>
    public IReadOnlyList<double>? Lower { get; init; }

    /// <summary>Their upper limits.</summary>
    public IReadOnlyList<double>? Upper { get; init; }

    /// <summary>p-values, which decide what is rejected instead of the intervals.</summary>
    public IReadOnlyList<double>? Probabilities { get; init; }

    /// <summary>What each estimate is held to; null where no truth is known.</summary>
    public IReadOnlyList<double>? Truths { get; init; }

    /// <summary>How each fit ended, as far as that is known beside the numbers.</summary>
    public IReadOnlyList<EstimateOutcome>? Outcomes { get; init; }

    /// <summary>The number of rows.</summary>
    public int Count => Values.Count;

    /// <summary>Whether every number of a row that was given is there: only then the row enters the measures.</summary>
    /// <param name="row">From 0.</param>
    public bool IsUsable(int row) =>
        double.IsFinite(Values[row])
        && (Errors is null || (double.IsFinite(Errors[row]) && Errors[row] > 0))
        && (DegreesOfFreedom is null || double.IsNaN(DegreesOfFreedom[row]) || DegreesOfFreedom[row] > 0)
        && (Lower is null || Upper is null || Lower[row] <= Upper[row])
        && (Probabilities is null || Probabilities[row] is >= 0 and <= 1)
        && (Outcomes is null || Outcomes[row] is EstimateOutcome.Converged or EstimateOutcome.Warned);
}
