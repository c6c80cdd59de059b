using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison.Statements;

/// <summary>The conclusion of a comparison in plain sentences. It claims only what a test shows.</summary>
internal static class VerdictText
{
    public static IReadOnlyList<string> Of(ComparedModels comparison, IReadOnlyList<ReasonCheck> checks)
    {
        if (!comparison.Convergence.Converged)
        {
            return ["One of the fits did not converge, so the two answers cannot be compared."];
        }

        if (comparison.Spread == 0)
        {
            return
            [
                "The cluster effects have variance 0 (on the boundary): the conditional and the marginal model are the same model here, "
                    + "and their effects agree.",
            ];
        }

        var effect = comparison.Effects[0];
        var sentences = new List<string>();
        var restMatters = effect.Gap.Rest.PValue < comparison.Options.Tolerances.Alpha;
        if (!restMatters)
        {
            sentences.Add("Both are right.");
        }

        sentences.Add(Averaging(comparison, effect));
        sentences.Add(Rest(effect, checks, restMatters));
        sentences.Add("Choose by the question, not by the p-value.");
        return sentences;
    }

    private static string Averaging(ComparedModels comparison, EffectComparison effect)
    {
        var conditional = effect.Conditional.Inference.Estimate;
        var marginalized = effect.Marginalized.Inference.Estimate;
        var ratio = ScaleNames.Ratio(comparison.Gee.Options.Family, comparison.Glmm.Link);
        if (Math.Abs(conditional - marginalized) < comparison.Options.Tolerances.Unchanged * Math.Max(1, Math.Abs(conditional)))
        {
            return $"With the {comparison.Glmm.Link} link, averaging over the clusters leaves this effect as it is.";
        }

        var what = ratio ?? "effect";
        var neutral = ratio is null ? "0" : "1";
        var towards = Math.Abs(marginalized) < Math.Abs(conditional) && marginalized * conditional >= 0
            ? $"pulls the {what} towards {neutral}"
            : $"changes the {what}";
        if (comparison.Frame.Clusters.MaximumSize == 1 || LatentCorrelation.Of(comparison) is not { } icc)
        {
            return $"The {comparison.Options.Trial.Units} differ (\u03C3 = {Wording.Number(comparison.Spread, 2)} on the "
                + $"{comparison.Glmm.Link} scale), "
                + $"and averaging over them {towards}.";
        }

        var (degree, therefore) = icc >= comparison.Options.Tolerances.MuchCorrelation ? ("so much ", " that") : (string.Empty, ", and");
        return $"The {comparison.Options.Trial.Units} differ {degree}(ICC {Wording.Number(icc, 2)}){therefore} averaging over them "
            + $"{towards}.";
    }

    private static string Rest(EffectComparison effect, IReadOnlyList<ReasonCheck> checks, bool matters)
    {
        var rest = effect.Gap.Rest;
        if (double.IsNaN(rest.PValue))
        {
            return "Whether anything else separates the two answers could not be tested.";
        }

        if (!matters)
        {
            return $"Nothing in the data points to another reason ({Wording.P(rest.PValue)}).";
        }

        var signs = checks.Where(check => check.Outcome == ReasonOutcome.Sign).ToList();
        return $"Averaging does not explain the whole gap: {Wording.Signed(rest.Estimate, 3)} remains, more than chance would leave "
            + $"({Wording.P(rest.PValue)})"
            + (signs.Count == 0 ? ", and no test tells why." : ". See the reasons looked at.");
    }
}
