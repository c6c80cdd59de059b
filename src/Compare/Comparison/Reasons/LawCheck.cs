using MarginalConditional.Compare.Dials;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>The law of the random intercept: how far conditional effect and rungs 1 and 2 move when it is not normal.</summary>
/// <remarks>
/// Each other law is fitted by its own maximum likelihood. One that the data refute, by more log-likelihood than
/// <see cref="CompareTolerances.RefutedLaw"/>, is no alternative and does not count.
/// </remarks>
internal static class LawCheck
{
    private const string Key = "random-effect-law";

    public static ReasonCheck? Run(ComparedModels comparison)
    {
        if (comparison.Laws is not { } laws)
        {
            return null;
        }

        var refuted = laws.Changes.Where(change => change.LogLikelihood < -comparison.Options.Tolerances.RefutedLaw).ToList();
        var credible = laws.Changes.Except(refuted).ToList();
        var rest = Rest([.. refuted.Select(change => change.Law.Name).Distinct()], "the data refute")
            + Rest([.. laws.Skipped.Select(law => law.Name)], "no fit converged with");
        if (credible.Count == 0)
        {
            return new ReasonCheck(
                Key,
                laws.Changes.Count == 0 ? ReasonOutcome.NotApplicable : ReasonOutcome.NoSign,
                $"No other law of the random effects than the normal was left to compare{rest}.");
        }

        var largest = credible.MaxBy(change => Math.Abs(change.Change))!;
        if (double.IsNaN(largest.Change))
        {
            return new ReasonCheck(
                Key,
                ReasonOutcome.NotApplicable,
                $"Rungs 0 to 2 have no standard errors against which to see how far another law of the random effects moves them{rest}.");
        }

        var moved = largest.Change > 0 ? "up" : "down";
        var names = string.Join(" or ", credible.Select(change => Words(change)).Distinct());
        return new ReasonCheck(
            Key,
            Math.Abs(largest.Change) > comparison.Options.Tolerances.LawChange ? ReasonOutcome.Sign : ReasonOutcome.NoSign,
            $"With {names} instead of normal random effects, rungs 0 to 2 move by at most "
                + $"{Wording.Number(Math.Abs(largest.Change), 2)} standard errors (rung {largest.Point.Rung} {moved}, {Words(largest)})"
                + $"{rest}.")
        {
            Threatens = [0, 1, 2],
            Consequence = "rungs 0 to 2 depend on the law of the effects: read rung 3 or GEE",
        };
    }

    private static string Words(LawChange change) => change.Law.Name == "Student's t, 5 df" ? "Student's t" : change.Law.Name;

    private static string Rest(IReadOnlyList<string> names, string what) =>
        names.Count == 0 ? string.Empty : $"; {what} {string.Join(" and ", names)}";
}
