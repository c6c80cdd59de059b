using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>What a comparison of ordered outcomes comes to, in sentences.</summary>
internal static class OrdinalVerdict
{
    /// <summary>From where the rest of a gap, or a step, is more than chance.</summary>
    private const double Alpha = 0.05;

    /// <summary>The sentences.</summary>
    /// <param name="comparison">The numbers.</param>
    /// <param name="spread">Whether the random effects vary.</param>
    public static IReadOnlyList<string> Of(OrdinalComparison comparison, bool spread)
    {
        var effect = comparison.Effects[0];
        var ends = Ends(comparison);
        var at = string.Join(" and ", comparison.Options.At.Select(pair => $"{pair.Variable} = {pair.Value}"));
        var sentences = new List<string>();
        var ratio = OrdinalScale.Ratio(comparison.Glmm.Link);
        if (!spread)
        {
            sentences.Add("The cluster effects have variance 0 (on the boundary): the conditional and the marginal model are the same "
                + "model here.");
        }
        else
        {
            var towards = Math.Abs(ends.Population.Estimate) < Math.Abs(ends.One.Estimate)
                ? $"pulls the {ratio ?? "effect"} towards {(ratio is null ? "0" : "1")}"
                : $"changes the {ratio ?? "effect"}";
            sentences.Add($"The {comparison.Options.Trial.Units} differ, and averaging over them {towards}: from "
                + $"{Shown(ends.One, ratio)} for one {comparison.Options.Trial.Unit} to {Shown(ends.Population, ratio)} for all"
                + (at.Length > 0 ? $", at {at}." : "."));
        }

        var rest = effect.Gap.Rest;
        sentences.Add(double.IsNaN(rest.PValue) ? "Whether anything else separates the two models' answers could not be tested."
            : rest.PValue < Alpha
                ? $"Averaging does not explain the whole gap to GEE{Of(comparison)}: {Wording.Signed(rest.Estimate, 3)} remains, more than "
                    + $"chance would leave ({Wording.P(rest.PValue)})."
            : $"The rest of the gap to GEE{Of(comparison)} is no more than chance would leave ({Wording.P(rest.PValue)}).");
        var steps = comparison.Ladder.Steps.Where(step =>
            step.Weighting == ClusterWeighting.Participant && step.From > 0 && !step.IsZeroByIdentity && step.Inference.PValue < Alpha);
        sentences.AddRange(steps.Select(step =>
            $"From rung {step.From} to {step.To} the effect moves by {Wording.Signed(step.Inference.Estimate, 3)}, because "
            + $"{Reason(step.Cause)} ({Wording.P(step.Inference.PValue)})."));
        if (comparison.Standardized.Count > 0 && comparison.Standardized[0].Contrasts is [var contrast, ..])
        {
            var win = contrast.Win.Inference;
            sentences.Add($"{(at.Length > 0 ? $"At {at}, of" : "Of")} two people of different {comparison.Options.Trial.Units}, the one "
                + $"given {contrast.Question.Treated} does better than the one given {contrast.Question.Control} with probability "
                + $"{Wording.Number(win.Estimate, 3)} ({Wording.Number(win.Lower, 3)} to {Wording.Number(win.Upper, 3)}), ties counted "
                + $"half.");
        }

        sentences.Add("Choose by the question, not by the p-value.");
        return sentences;
    }

    private static string Reason(string cause) => cause == LadderCause.Covariates ? "the covariates predict the outcome"
        : cause == LadderCause.Model ? "the model misses something"
        : "the size of a cluster goes with the effect or the outcome";

    /// <summary>Which coefficient a gap is of, where the treatment has one for a value of another column.</summary>
    private static string Of(OrdinalComparison comparison) =>
        HasInteraction(comparison) ? $" in {comparison.Effects[0].Name}" : string.Empty;

    private static bool HasInteraction(OrdinalComparison comparison) =>
        TreatmentEffect.Find(comparison.Frame.Design, comparison.Options.Treatment).Any(effect => effect.IsInteraction);

    /// <summary>
    /// The effect for one cluster and for all: coefficients where they are the effect, else the first two rungs of the ladder.
    /// </summary>
    private static (Coefficient One, Coefficient Population) Ends(OrdinalComparison comparison)
    {
        var effect = comparison.Effects[0];
        return HasInteraction(comparison) && Rung(0) is { } one && Rung(1) is { } population
            ? (one.Inference, population.Inference)
            : (effect.Conditional.Inference, effect.Marginalized.Inference);

        LadderRung? Rung(int number) => comparison.Ladder.Rungs.FirstOrDefault(rung =>
            rung.Rung == number && rung.Weighting == ClusterWeighting.Participant);
    }

    private static string Shown(Coefficient row, string? ratio) =>
        Wording.Number(ratio is null ? row.Estimate : Math.Exp(row.Estimate), 2);
}
