using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Imputation;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Pooling;

/// <summary>Pools standardized means, their contrasts, subgroups and averages over time of several imputed data sets.</summary>
internal sealed class PooledMeans
{
    private readonly RowPool pool;
    private readonly PoolScale risks;

    /// <summary>Prepares it.</summary>
    /// <param name="pool">Pools rows.</param>
    /// <param name="risks">The scale that means are pooled on.</param>
    public PooledMeans(RowPool pool, PoolScale risks)
    {
        this.pool = pool;
        this.risks = risks;
    }

    /// <summary>Everything that a comparison says of the arms' means.</summary>
    public StandardizedEffects Of(IReadOnlyList<StandardizedEffects> sets)
    {
        var first = sets[0];
        return first with
        {
            Results = [.. Results([.. sets.Select(set => set.Results)])],
            Ladder = PooledLadder.Of([.. sets.Select(set => set.Ladder)], pool),
            Change = first.Change is null ? null : PooledLadder.Of([.. sets.Select(set => set.Change!)], pool),
            Subgroups = first.Subgroups is null ? null : Subgroups([.. sets.Select(set => set.Subgroups!)]),
            Periods = first.Periods is null ? null : Periods([.. sets.Select(set => set.Periods!)]),
            Exposures = first.Exposures is null ? null : Exposures([.. sets.Select(set => set.Exposures!)]),
        };
    }

    /// <summary>The means of arms, each as it is pooled.</summary>
    /// <param name="sets">The means of each set, by arm.</param>
    public double[] Means(IReadOnlyList<double[]> sets) => [.. Enumerable.Range(0, sets[0].Length).Select(arm =>
        PooledRow.Of([.. sets.Select(means => Coefficient.Wald(string.Empty, means[arm], 0, null))], 0.95, risks).Inference.Estimate)];

    /// <summary>Contrasts of standardized means.</summary>
    public IReadOnlyList<StandardizedContrast> Contrasts(IReadOnlyList<IReadOnlyList<StandardizedContrast>> sets, string method) =>
    [
        .. PooledLadder.Matched(sets, set => set, contrast => $"{contrast.Measure.Name}, {contrast.Treated} - {contrast.Control}")
            .Select(rows => rows[0] with
            {
                Inference = pool.Of(
                    $"standardized by {method}, {rows[0].Weighting.Name}, {rows[0].Measure.Name}, {rows[0].Treated} - {rows[0].Control}",
                    rows.Select(row => row.Inference)),
            }),
    ];

    /// <summary>The effects in subgroups and whether they differ.</summary>
    public SubgroupAnalysis Subgroups(IReadOnlyList<SubgroupAnalysis> sets) => sets[0] with
    {
        Subgroups =
        [
            .. PooledLadder.Matched(sets, set => set.Subgroups, subgroup => subgroup.Value).Select(subgroups => subgroups[0] with
            {
                Standardized = [.. Results([.. subgroups.Select(subgroup => subgroup.Standardized)])],
                Ladder = PooledLadder.Of([.. subgroups.Select(subgroup => subgroup.Ladder)], pool),
            }),
        ],
        Interactions = Interactions([.. sets.Select(set => set.Interactions)]),
    };

    /// <summary>Whether the effects of subgroups differ.</summary>
    public IReadOnlyList<SubgroupInteraction> Interactions(IReadOnlyList<IReadOnlyList<SubgroupInteraction>> sets) =>
    [
        .. PooledLadder.Matched(
            sets, set => set, row => $"{row.Rung}, {row.Weighting.Name}, {row.Scale}, {row.Treated} - {row.Control}").Select(Interaction),
    ];

    private SubgroupInteraction Interaction(IReadOnlyList<SubgroupInteraction> sets)
    {
        IReadOnlyList<Coefficient> differences =
        [
            .. PooledLadder.Matched(sets, set => set.Differences, row => row.Term)
                .Select(rows => pool.Of($"interaction of rung {sets[0].Rung}, {sets[0].Scale}, {rows[0].Term}", rows)),
        ];
        return sets[0] with
        {
            Differences = differences,
            Test = differences is [var only]
                ? new WaldTest(only.Statistic * only.Statistic, 1, only.DegreesOfFreedom, only.PValue)
                : PooledStatistic.Of([.. sets.Select(set => set.Test)]).Test,
        };
    }

    private IEnumerable<StandardizedResult> Results(IReadOnlyList<IReadOnlyList<StandardizedResult>> sets) =>
        PooledLadder.Matched(sets, set => set, result => $"{result.Method}, {result.Means.Weighting.Name}").Select(results =>
        {
            var first = results[0];
            return first with
            {
                Means = new StandardizedMeans(
                    first.Means.Treatment,
                    first.Means.Levels,
                    first.Means.Weighting,
                    Means([.. results.Select(result => result.Means.Means.ToArray())]),
                    RowPool.Mean([.. results.Select(result => result.Means.Influence)])),
                Contrasts = Contrasts([.. results.Select(result => result.Contrasts)], first.Method),
            };
        });

    private PeriodAnalysis Periods(IReadOnlyList<PeriodAnalysis> sets) => sets[0] with
    {
        Estimates =
        [
            .. PooledLadder.Matched(
                sets, set => set.Estimates, row => $"{row.Estimand.Key}, {row.Method}, {row.Scale}, {row.Treated} - {row.Control}")
                .Select(rows => rows[0] with
                {
                    Inference = pool.Of(
                        $"{rows[0].Estimand.Key}, {rows[0].Method ?? "cells' own means"}, {rows[0].Scale}, {rows[0].Treated} - "
                            + $"{rows[0].Control}",
                        rows.Select(row => row.Inference)),
                }),
        ],
        Tests =
        [
            .. PooledLadder.Matched(
                sets, set => set.Tests, test => $"{test.IsAugmented}, {test.Method}, {test.Scale}, {test.Treated} - {test.Control}")
                .Select(tests => tests[0] with
                {
                    Test = tests.Any(test => test.Test is null) ? null : PooledStatistic.Of([.. tests.Select(test => test.Test!)]).Test,
                }),
        ],
        Warnings = [.. sets.SelectMany(set => set.Warnings).Distinct(StringComparer.Ordinal)],
    };

    /// <summary>Effects by exposure time, pooled.</summary>
    public ExposureAnalysis Exposures(IReadOnlyList<ExposureAnalysis> sets) => sets[0] with
    {
        Estimates =
        [
            .. PooledLadder.Matched(sets, set => set.Estimates, row => $"{row.Exposure}, {row.Method}, {row.Weighting.Name}, {row.Scale}")
                .Select(rows => rows[0] with
                {
                    Inference = pool.Of(
                        $"exposure {rows[0].Exposure ?? "average"}, {rows[0].Method}, {rows[0].Weighting.Name}, {rows[0].Scale}",
                        rows.Select(row => row.Inference)),
                }),
        ],
        Tests =
        [
            .. PooledLadder.Matched(sets, set => set.Tests, test => $"{test.Method}, {test.Weighting.Name}, {test.Scale}")
                .Select(tests => tests[0] with { Test = PooledStatistic.Of([.. tests.Select(test => test.Test)]).Test }),
        ],
        Warnings = [.. sets.SelectMany(set => set.Warnings).Distinct(StringComparer.Ordinal)],
    };
}
