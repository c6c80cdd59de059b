using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Imputation;

namespace MarginalConditional.Compare.Pooling;

/// <summary>Brings together what checks found in several imputed data sets.</summary>
/// <remarks>
/// Tests are pooled by their statistics (D2 of Li, Meng, Raghunathan and Rubin 1991), never by their p values; what is no test is a sign
/// where most sets say so.
/// </remarks>
internal static class PooledChecks
{
    /// <summary>The checks.</summary>
    /// <param name="sets">Those of each set.</param>
    /// <param name="alpha">The level of signs.</param>
    /// <param name="told">Keys of checks that were made anew from pooled rows.</param>
    public static IEnumerable<ReasonCheck> Of(
        IReadOnlyList<IReadOnlyList<ReasonCheck>> sets, double alpha, IReadOnlyCollection<string> told)
    {
        var keys = sets.SelectMany(set => set.Select(check => check.Key)).Distinct(StringComparer.Ordinal)
            .Where(key => !told.Contains(key));
        foreach (var key in keys)
        {
            ReasonCheck?[] checks = [.. sets.Select(set => set.FirstOrDefault(check => check.Key == key))];
            yield return Tested(checks, alpha) ?? Counted([.. checks.OfType<ReasonCheck>()], sets.Count);
        }
    }

    /// <summary>The test of all sets; null where one has none.</summary>
    private static ReasonCheck? Tested(ReasonCheck?[] checks, double alpha)
    {
        if (checks.Any(check => check is not { Test: not null, Texts: not null }))
        {
            return null;
        }

        var first = checks[0]!;
        var test = PooledStatistic.Of([.. checks.Select(check => check!.Test!)]).Test;
        if (double.IsNaN(test.PValue))
        {
            return null;
        }

        var isSign = test.PValue < alpha;
        var texts = checks.Select(check => Text(check!, isSign).Replace(
            Wording.P(check!.Test!.PValue), Wording.P(test.PValue), StringComparison.Ordinal)).ToArray();
        var finding = texts.All(text => text == texts[0]) ? texts[0] : texts[0] + " Numbers beside p are those of the first imputed set.";
        return first with { Outcome = isSign ? ReasonOutcome.Sign : ReasonOutcome.NoSign, Finding = finding, Test = test };
    }

    /// <summary>What most sets say, with their number where they do not all say it.</summary>
    private static ReasonCheck Counted(IReadOnlyList<ReasonCheck> checks, int sets)
    {
        var most = checks.GroupBy(check => check.Outcome).OrderByDescending(group => group.Count()).First().ToArray();
        var same = most.Length == sets && most.All(check => check.Finding == most[0].Finding);
        var outcome = most[0].Outcome == ReasonOutcome.Sign && 2 * most.Length <= sets ? ReasonOutcome.Remark : most[0].Outcome;
        return most[0] with
        {
            Outcome = outcome,
            Finding = same ? most[0].Finding
                : FormattableString.Invariant($"In {most.Length} of {sets} imputed sets, here the first of them: {most[0].Finding}"),
            Test = null,
        };
    }

    private static string Text(ReasonCheck check, bool isSign) => isSign ? check.Texts!.Value.Sign : check.Texts!.Value.NoSign;
}
