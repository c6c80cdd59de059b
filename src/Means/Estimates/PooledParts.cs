using MarginalConditional.Data;
using MarginalConditional.Imputation;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Means.Estimates;

/// <summary>Pools the parts of tables of means that were made in each of several imputed data sets.</summary>
/// <remarks>
/// Each mean and comparison is Rubin's with its own degrees of freedom; of a family the whole covariance T = Ū + (1 + 1/m)B is pooled, from
/// which its adjustment has the correlations. Joint tests are D1 of Li, Raghunathan and Rubin.
/// </remarks>
internal sealed class PooledParts
{
    private readonly IReadOnlyList<MeanParts> sets;
    private readonly double level;

    /// <summary>Takes the sets.</summary>
    /// <param name="sets">The parts of each set.</param>
    /// <param name="level">Of the intervals.</param>
    public PooledParts(IReadOnlyList<MeanParts> sets, double level)
    {
        this.sets = sets;
        this.level = level;
    }

    /// <summary>The parts pooled.</summary>
    /// <param name="means">The scale that means are pooled on.</param>
    /// <param name="complete">ν_c for all rows; null for each row's own.</param>
    /// <exception cref="InputException">The sets have different rows.</exception>
    public MeanParts Pool(PoolScale means, double? complete) => new()
    {
        Means = Rows(set => set.Means, means, complete),
        Slopes = Rows(set => set.Slopes, PoolScale.Identity, complete),
        Pairs = Families(set => set.Pairs, complete),
        Contrasts = Families(set => set.Contrasts, complete),
        SlopePairs = Families(set => set.SlopePairs, complete),
        SlopeContrasts = Families(set => set.SlopeContrasts, complete),
        Joint =
        [
            .. Enumerable.Range(0, Same(set => set.Joint.Count)).Select(test => Joint([.. sets.Select(set => set.Joint[test])], complete)),
        ],
    };

    private MeanEstimate[] Rows(Func<MeanParts, IReadOnlyList<MeanEstimate>> of, PoolScale scale, double? complete) =>
    [
        .. Enumerable.Range(0, Same(set => of(set).Count)).Select(row =>
        {
            RequireSame(set => string.Join(", ", of(set)[row].At));
            return of(sets[0])[row] with
            {
                Estimate = PooledRow.Of([.. sets.Select(set => of(set)[row].Estimate)], level, scale, complete).Inference,
            };
        }),
    ];

    private ComparisonFamily[] Families(Func<MeanParts, IReadOnlyList<ComparisonFamily>> of, double? complete) =>
    [
        .. Enumerable.Range(0, Same(set => of(set).Count)).Select(family =>
        {
            _ = Same(set => of(set)[family].Rows.Count);
            return Family([.. sets.Select(set => of(set)[family])], complete);
        }),
    ];

    private ComparisonFamily Family(ComparisonFamily[] families, double? complete)
    {
        var k = families[0].Rows.Count;
        FamilyRow[] rows =
        [
            .. families[0].Rows.Select((row, place) => row with
            {
                Own = PooledRow.Of([.. families.Select(family => family.Rows[place].Own)], level, null, complete).Inference,
            }),
        ];
        var covariance = k == 0 ? [] : PooledVector.Of(
            [.. families.SelectMany(family => family.Rows.Select(row => row.Own.Estimate))],
            [.. families.SelectMany(family => family.Covariance.ToArray())],
            families.Length).Total();
        return new ComparisonFamily(rows, covariance, families[0].ArePairs);
    }

    private static JointHypothesis Joint(JointHypothesis[] tests, double? complete)
    {
        var first = tests[0];
        var k = first.Estimates.Length;
        if (k == 0 || Array.Exists(tests, test => test.Estimates.Length != k))
        {
            return new JointHypothesis(first.Result with { Test = new WaldTest(double.NaN, 0, null, double.NaN) }, [], []);
        }

        var degrees = tests.Select(test => test.Result.Test.DenominatorDegreesOfFreedom ?? double.PositiveInfinity).Average();
        var pooled = PooledVector.Of(
            [.. tests.SelectMany(test => test.Estimates.ToArray())],
            [.. tests.SelectMany(test => test.Covariance.ToArray())],
            tests.Length,
            complete ?? degrees);
        return new JointHypothesis(first.Result with { Test = pooled.Test().Test }, pooled.Estimates.ToArray(), pooled.Total());
    }

    private int Same(Func<MeanParts, int> count)
    {
        RequireSame(count);
        return count(sets[0]);
    }

    private void RequireSame<T>(Func<MeanParts, T> of)
    {
        var first = of(sets[0]);
        if (sets.Any(set => !EqualityComparer<T>.Default.Equals(of(set), first)))
        {
            throw new InputException("The rows of the means differ between the imputed data sets, so that they cannot be pooled.")
            {
                Hint = "Say by --at where imputed variables stand.",
            };
        }
    }
}
