using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Simulation.Informative;

/// <summary>One row of a comparison: what it is about, and its estimate.</summary>
/// <param name="Row">Such as <c>rung 2</c>, <c>step 2-3</c>, <c>GEE, exchangeable</c>.</param>
/// <param name="Weighting">Whom it averages over; empty where that is not said.</param>
/// <param name="Scale">Such as <c>log odds ratio</c>.</param>
/// <param name="Inference">Estimate, standard error, test and interval; only the p-value is a number for permutation tests.</param>
public sealed record LadderAnswer(string Row, string Weighting, string Scale, Coefficient Inference)
{
    /// <summary>Every rung and step of a comparison's ladder, steps that are zero by identity left out.</summary>
    public static IEnumerable<LadderAnswer> OfLadder(ModelComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        foreach (var rung in comparison.Ladder.Rungs)
        {
            yield return new LadderAnswer($"rung {rung.Rung}", rung.Weighting.Name, rung.Scale, rung.Inference);
        }

        foreach (var step in comparison.Ladder.Steps.Where(step => !step.IsZeroByIdentity))
        {
            yield return new LadderAnswer($"step {step.From}-{step.To}", step.Weighting.Name, step.Scale, step.Inference);
        }
    }

    /// <summary>Every other row of a comparison that has a p-value.</summary>
    public static IEnumerable<LadderAnswer> OfTables(ModelComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        foreach (var row in comparison.Effects[0].Rows)
        {
            yield return new LadderAnswer(row.Method, string.Empty, row.Scale, row.Inference);
        }

        foreach (var result in comparison.Standardized)
        {
            foreach (var contrast in result.Contrasts)
            {
                yield return new LadderAnswer(
                    $"{result.Method}, standardized", result.Means.Weighting.Name, contrast.Measure.ScaleOf(true), contrast.Inference);
            }
        }

        foreach (var own in comparison.Summaries.Estimates)
        {
            yield return new LadderAnswer(
                $"clusters' own means, {own.Estimand.Name}{(own.IsAdjusted ? ", adjusted" : string.Empty)}",
                own.Weighting.Name,
                own.Scale,
                own.Inference);
        }

        foreach (var test in comparison.Summaries.Permutations)
        {
            yield return new LadderAnswer(
                "permutation test",
                test.Weighting.Name,
                "difference",
                Coefficient.NotEstimable("permutation") with { PValue = test.PValue });
        }
    }

    /// <summary>The true value of a rung or step; null for other rows.</summary>
    /// <param name="truth">The trial's truths.</param>
    public double? TruthIn(InformativeTruth truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        var weighting = Weighting == ClusterWeighting.Participant.Name ? ClusterWeighting.Participant : ClusterWeighting.Cluster;
        var measure = EffectMeasure.All.FirstOrDefault(candidate => candidate.ScaleOf(true) == Scale);
        return measure is null ? null
            : Row.StartsWith("rung ", StringComparison.Ordinal) ? truth.Rung(Row[^1] - '0', weighting, measure)
            : Row.StartsWith("step ", StringComparison.Ordinal)
                ? truth.Rung(Row[^1] - '0', weighting, measure) - truth.Rung(Row[^3] - '0', weighting, measure)
                : null;
    }
}
