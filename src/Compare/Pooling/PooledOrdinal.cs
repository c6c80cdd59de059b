using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ordinal;
using MarginalConditional.Imputation;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Pooling;

/// <summary>Pools comparisons of an ordered outcome over several imputed data sets, row by row.</summary>
/// <remarks>
/// Win probabilities are pooled by log odds, as their limits and test are made; standard errors by the model have their own variance within
/// the sets. What is not pooled stays that of the first set.
/// </remarks>
internal sealed class PooledOrdinal
{
    private readonly RowPool pool;
    private readonly PoolScale risks;

    /// <summary>Prepares it.</summary>
    /// <param name="pool">Pools rows.</param>
    /// <param name="risks">The scale that probabilities of categories are pooled on.</param>
    public PooledOrdinal(RowPool pool, PoolScale risks)
    {
        this.pool = pool;
        this.risks = risks;
    }

    /// <summary>The comparison with its rows pooled.</summary>
    public OrdinalComparison Of(IReadOnlyList<OrdinalComparison> sets)
    {
        var first = sets[0];
        return first with
        {
            Effects = [.. first.Effects.Select((_, e) => Effect([.. sets.Select(set => set.Effects[e])]))],
            Ladder = PooledLadder.Of([.. sets.Select(set => set.Ladder)], pool),
            Change = first.Change is null ? null : PooledLadder.Of([.. sets.Select(set => set.Change!)], pool),
            Exposures = first.Exposures is null
                ? null
                : new PooledMeans(pool, risks).Exposures([.. sets.Select(set => set.Exposures!)]),
            ByThreshold =
            [
                .. PooledLadder.Matched(
                    sets, set => set.ByThreshold, row => $"{row.Rung}, {row.Threshold}, {row.Weighting.Name}, {row.Question.Treated}")
                    .Select(rows => rows[0] with
                    {
                        Inference = pool.Of(
                            $"rung {rows[0].Rung} at {rows[0].Threshold}, {rows[0].Weighting.Name}, {rows[0].Question.Treated} - "
                                + rows[0].Question.Control,
                            rows.Select(row => row.Inference)),
                    }),
            ],
            Standardized = [.. Standardized([.. sets.Select(set => set.Standardized)], string.Empty)],
            Subgroups = first.Subgroups is null ? null : Subgroups([.. sets.Select(set => set.Subgroups!)]),
        };
    }

    private OrdinalEffect Effect(IReadOnlyList<OrdinalEffect> sets)
    {
        var first = sets[0];
        return first with
        {
            Conditional = Row(set => set.Conditional),
            Marginalized = Row(set => set.Marginalized),
            Marginal = Row(set => set.Marginal),
            Gap = pool.Gap(first.Name, [.. sets.Select(set => set.Gap)]),
        };

        EstimandRow Row(Func<OrdinalEffect, EstimandRow> of) => pool.Row(first.Name, [.. sets.Select(of)]);
    }

    private OrdinalSubgroupAnalysis Subgroups(IReadOnlyList<OrdinalSubgroupAnalysis> sets) => sets[0] with
    {
        Subgroups =
        [
            .. PooledLadder.Matched(sets, set => set.Subgroups, subgroup => subgroup.Value).Select(subgroups => subgroups[0] with
            {
                Ladder = PooledLadder.Of([.. subgroups.Select(subgroup => subgroup.Ladder)], pool),
                Standardized =
                [
                    .. Standardized(
                        [.. subgroups.Select(subgroup => subgroup.Standardized)], $", {sets[0].Column} = {subgroups[0].Value}"),
                ],
            }),
        ],
        Interactions = new PooledMeans(pool, risks).Interactions([.. sets.Select(set => set.Interactions)]),
    };

    private IEnumerable<OrdinalStandardized> Standardized(IReadOnlyList<IReadOnlyList<OrdinalStandardized>> sets, string whom) =>
        PooledLadder.Matched(sets, set => set, Key).Select(group =>
        {
            var label = Key(group[0]) + whom;
            return group[0] with
            {
                Arms =
                [
                    .. group[0].Arms.Select((arm, a) => arm with
                    {
                        Probabilities = Each(
                            $"P({arm.Level})", label, [.. group.Select(set => set.Arms[a].Probabilities)], risks, isTested: false),
                        Score = Quantity($"mean score ({arm.Level})", label, [.. group.Select(set => set.Arms[a].Score)]),
                    }),
                ],
                Contrasts = [.. group[0].Contrasts.Select((_, c) => Contrast(label, [.. group.Select(set => set.Contrasts[c])]))],
            };
        });

    private OrdinalStandardized.Contrast Contrast(string label, IReadOnlyList<OrdinalStandardized.Contrast> sets)
    {
        var arms = $"{sets[0].Question.Treated} - {sets[0].Question.Control}";
        return sets[0] with
        {
            Probabilities = Each($"P({arms})", label, [.. sets.Select(set => set.Probabilities)]),
            Cumulative = Each($"P({arms})", label, [.. sets.Select(set => set.Cumulative)]),
            Score = Quantity($"mean score ({arms})", label, [.. sets.Select(set => set.Score)]),
            Win = Quantity($"win probability ({arms})", label, [.. sets.Select(set => set.Win)], PoolScale.Logit),
            LogWinOdds = Quantity($"log win odds ({arms})", label, [.. sets.Select(set => set.LogWinOdds)]),
        };
    }

    private IReadOnlyList<OrdinalQuantity> Each(
        string what, string label, IReadOnlyList<IReadOnlyList<OrdinalQuantity>> sets, PoolScale? scale = null, bool isTested = true) =>
    [
        .. sets[0].Select((own, k) =>
            Quantity($"{what}, {own.Inference.Term}", label, [.. sets.Select(set => set[k])], scale, isTested)),
    ];

    /// <summary>Pools one number, with the error by the model beside that from the clusters.</summary>
    private OrdinalQuantity Quantity(
        string what, string label, IReadOnlyList<OrdinalQuantity> sets, PoolScale? scale = null, bool isTested = true)
    {
        var row = pool.Of($"{what}, {label}", sets.Select(set => set.Inference), scale);
        double[] estimates = [.. sets.Select(set => set.Inference.Estimate)];
        return new OrdinalQuantity(
            isTested ? row : row with { Statistic = double.NaN, PValue = double.NaN },
            PooledEstimate.Of(estimates, [.. sets.Select(set => set.ModelError * set.ModelError)]).StandardError,
            RowPool.Mean([.. sets.Select(set => set.Influence)]),
            (sets.FirstOrDefault(set => set.Errors == StandardizedErrors.Influence) ?? sets[0]).Errors);
    }

    private static string Key(OrdinalStandardized standardized) =>
        (standardized.IsRobust ? "whatever the model, " : "by the model, ") + standardized.Weighting.Name;
}
