using MarginalConditional.Compare.Summaries;
using MarginalConditional.Imputation;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Pooling;

/// <summary>Pools the cluster-level analyses of several imputed data sets. Permutation tests have no rules to be pooled by.</summary>
internal static class PooledSummaries
{
    /// <summary>The analysis, without permutation tests.</summary>
    /// <param name="sets">Those of each set.</param>
    /// <param name="pool">Pools rows.</param>
    /// <param name="steps">The tests of size that pooled steps of the ladder are.</param>
    public static ClusterSummaries Of(IReadOnlyList<ClusterSummaries> sets, RowPool pool, IEnumerable<SizeTest> steps) => sets[0] with
    {
        Estimates =
        [
            .. PooledLadder.Matched(sets, set => set.Estimates, Key).Select(rows => rows[0] with
            {
                Inference = pool.Of("clusters' own means, " + Key(rows[0]), rows.Select(row => row.Inference)),
                Influence = RowPool.Mean([.. rows.Select(row => row.Influence)]),
                Deletions = RowPool.Mean([.. rows.Select(row => row.Deletions)]),
            }),
        ],
        Arms =
        [
            .. PooledLadder.Matched(sets, set => set.Arms, arm => $"{arm.Level}, {arm.Weighting.Name}").Select(arms =>
            {
                var mean = PooledEstimate.Of(
                    [.. arms.Select(arm => arm.Mean)], [.. arms.Select(arm => arm.StandardError * arm.StandardError)]);
                return arms[0] with
                {
                    Mean = mean.Estimate,
                    StandardError = mean.StandardError,
                    Spread = Math.Sqrt(arms.Average(arm => arm.Spread * arm.Spread)),
                };
            }),
        ],
        Permutations = [],
        SizeTests =
        [
            .. steps,
            .. PooledLadder.Matched(sets, set => set.SizeTests, test => test.Name)
                .Where(tests => tests[0].Name != SizeTest.ModelAssisted && tests[0].Name != SizeTest.Reassigned)
                .Select(Size),
        ],
        Notes =
        [
            .. sets[0].Notes,
            .. sets.Any(set => set.Permutations.Count > 0 || set.SizeTests.Any(test => test.Name == SizeTest.Reassigned))
                ? ["Tests that assign clusters anew have no rules to be pooled by, and are left out."]
                : Array.Empty<string>(),
        ],
    };

    private static string Key(ClusterSummary row) =>
        $"{row.Estimand.Name}, {row.Weighting.Name}, {row.Scale}, {row.Treated} - {row.Control}"
        + (row.IsAdjusted ? ", adjusted" : string.Empty);

    /// <summary>By the estimate where there is one, else by the statistics (D2).</summary>
    private static SizeTest Size(IReadOnlyList<SizeTest> tests)
    {
        var first = tests[0];
        if (tests.All(test => test is { Estimate: not null, StandardError: not null }))
        {
            const double AnyLevel = 0.95;
            Coefficient[] rows = [.. tests.Select(test => Coefficient.Wald(
                test.Name, test.Estimate!.Value, test.StandardError!.Value, test.DegreesOfFreedom, AnyLevel))];
            var row = PooledRow.Of(rows, AnyLevel).Inference;
            return new SizeTest(first.Name, row.Estimate, row.StandardError, row.Statistic, null, row.DegreesOfFreedom, row.PValue);
        }

        var joint = PooledStatistic.Of(
        [
            .. tests.Select(test => test.NumeratorDegreesOfFreedom is { } rank
                ? new WaldTest(test.Statistic, rank, test.DegreesOfFreedom ?? double.PositiveInfinity, test.PValue)
                : new WaldTest(test.Statistic * test.Statistic, 1, null, test.PValue)),
        ]).Test;
        return new SizeTest(first.Name, null, null, joint.Statistic, joint.Rank, joint.DenominatorDegreesOfFreedom, joint.PValue);
    }
}
