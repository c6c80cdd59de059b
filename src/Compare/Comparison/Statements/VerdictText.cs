using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison.Statements;

/// <summary>
/// The conclusion of a comparison in plain sentences. It claims only what a test shows, and names every check that fired with the rungs
/// that it threatens and what to read instead.
/// </summary>
internal static class VerdictText
{
    /// <summary>The sentences.</summary>
    /// <param name="comparison">The facts.</param>
    /// <param name="checks">What was looked at.</param>
    public static IReadOnlyList<string> Of(ComparedModels comparison, IReadOnlyList<ReasonCheck> checks)
    {
        if (comparison.Failure is { } failure)
        {
            return [failure];
        }

        var signs = checks.Where(check => check.Outcome == ReasonOutcome.Sign).ToList();
        var effect = comparison.Effects[0];
        var restMatters = effect.Gap.Rest.PValue < comparison.Options.Tolerances.Alpha;
        var sentences = new List<string>();
        if (signs.Count == 0 && !restMatters && comparison.Spread > 0 && !double.IsNaN(effect.Gap.Rest.StandardError))
        {
            sentences.Add("Both are right.");
        }

        sentences.Add(comparison.Spread == 0 ? WithoutSpread : Averaging(comparison, effect));
        if (LargestStep(comparison) is { } step)
        {
            sentences.Add(step);
        }

        if (restMatters)
        {
            sentences.Add($"Averaging does not explain the whole gap: {Wording.Signed(effect.Gap.Rest.Estimate, 3)} remains, more than "
                + $"chance would leave ({Wording.P(effect.Gap.Rest.PValue)})"
                + (signs.Count == 0 ? ", and no test tells why." : "."));
        }

        sentences.AddRange(signs.Select(sign =>
            sign.Finding.TrimEnd('.') + (sign.Consequence.Length == 0 ? "." : $"; {sign.Consequence}.")));
        if (signs.Count == 0 && !restMatters)
        {
            sentences.Add(Quiet(checks, effect.Gap.Rest));
        }

        sentences.Add("Choose by the question, not by the p-value.");
        return sentences;
    }

    private const string WithoutSpread =
        "The cluster effects have variance 0 (on the boundary): the conditional and the marginal model are the same model here, and their "
        + "effects agree.";

    private static string Averaging(ComparedModels comparison, EffectComparison effect)
    {
        var zeros = comparison.Marginalized.ExcessZeroShift;
        var conditional = effect.Conditional.Inference.Estimate + (zeros.IsEmpty ? 0 : zeros[effect.Effect.Column]);
        var marginalized = effect.Marginalized.Inference.Estimate;
        var ratio = ScaleNames.Ratio(comparison.Gee.Options.Family, comparison.Glmm.Link);
        if (Math.Abs(conditional - marginalized) < comparison.Options.Tolerances.Unchanged * Math.Max(1, Math.Abs(conditional)))
        {
            return $"With the {comparison.Glmm.Link} link, averaging over the clusters leaves this effect as it is.";
        }

        var (what, neutral) = ratio is null ? ("effect", "0") : (ratio, "1");
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
        return $"The {comparison.Options.Trial.Units} differ {degree}(latent ICC {Wording.Number(icc, 2)}){therefore} averaging over them "
            + $"{towards}.";
    }

    /// <summary>The step below the first that is largest against its error, when that is more than chance; null otherwise.</summary>
    private static string? LargestStep(ComparedModels comparison)
    {
        var scale = ScaleNames.PrimaryScale(comparison.Gee.Options.Family, comparison.Glmm.Link);
        var question = comparison.Ladder.Rungs.FirstOrDefault()?.Question;
        var steps = comparison.Ladder.Steps.Where(step => step.Question == question && step.Weighting == ClusterWeighting.Participant
            && step.Scale == scale && !step.IsZeroByIdentity && step.From > 0);
        var largest = steps.MaxBy(step => Math.Abs(step.Inference.Statistic));
        if (largest is null || !(largest.Inference.PValue < comparison.Options.Tolerances.Alpha) || largest.From != 1)
        {
            // Steps 2 and 3 are told by the checks.
            return null;
        }

        return largest.Cause == LadderCause.Patients
            ? $"The effect differs between patients, which moves it by {Wording.Signed(largest.Inference.Estimate, 3)} from rung 1 to 2."
            : $"The covariates predict the outcome, and averaging over them moves the effect by "
                + $"{Wording.Signed(largest.Inference.Estimate, 3)} more, from rung 1 to 2 ({Wording.P(largest.Inference.PValue)}).";
    }

    /// <summary>What may be said when no check fired: only what was tested.</summary>
    private static string Quiet(IReadOnlyList<ReasonCheck> checks, Coefficient rest)
    {
        if (double.IsNaN(rest.PValue))
        {
            return "Whether anything else separates the two answers could not be tested.";
        }

        return checks.Any(check => check.Outcome == ReasonOutcome.NoSign)
            ? $"No check points to another reason ({Wording.P(rest.PValue)})."
            : $"The rest of the gap is no more than chance would leave ({Wording.P(rest.PValue)}); no other reason was looked for.";
    }
}
