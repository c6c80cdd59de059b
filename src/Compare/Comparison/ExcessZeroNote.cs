using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison;

/// <summary>
/// What excess zeros mean for the lines of a comparison, in words: conditional coefficients leave them out, all else counts them.
/// </summary>
internal static class ExcessZeroNote
{
    /// <summary>The sentences; none without excess zeros.</summary>
    /// <param name="marginalized">The marginal coefficients that the mixed model implies.</param>
    /// <param name="glmm">The mixed model.</param>
    /// <param name="effects">The effects that answer the question first.</param>
    public static IReadOnlyList<string> Of(
        MarginalizedCoefficients marginalized, GlmmFit glmm, IReadOnlyList<EffectComparison> effects)
    {
        if (marginalized.Model.Zeros is not { } zeros)
        {
            return [];
        }

        const string Without = "The marginalized multilevel model, other laws of the random effects and a variance for each arm are left "
            + "out: they have no excess zeros here.";
        var ratio = ScaleNames.Ratio(glmm.Family, glmm.Link) is not null;
        var counted = "The rungs, GEE and means count excess zeros, (1 \u2212 \u03C0)\u03BC. ";
        var own = string.Join(", ", effects.Select(effect => $"of {effect.Effect.Name} {Shown(effect.Conditional.Inference, ratio)}"));
        counted += $"Of the other counts alone the conditional {(ratio ? "rate ratio" : "coefficient")} is {own}";
        if (zeros.Design is null)
        {
            return
            [
                counted + $"; the one probability of excess zeros, {Wording.Number(glmm.InflationOf(0), 2)}, "
                    + (glmm.Link == Link.Log ? "cancels in ratios." : "makes every mean smaller."),
                Without,
            ];
        }

        var shifts = effects.Select(effect =>
            $"of {effect.Effect.Name} by {Wording.Signed(marginalized.ExcessZeroShift[effect.Effect.Column], 3)}");
        return
        [
            counted + $"; the formula of the excess zeros moves the coefficient {string.Join(", ", shifts)}, and the part of the gap "
                + "due to averaging includes this.",
            Without,
        ];
    }

    private static string Shown(Coefficient row, bool ratio)
    {
        var (estimate, lower, upper) = ratio
            ? (Math.Exp(row.Estimate), Math.Exp(row.Lower), Math.Exp(row.Upper))
            : (row.Estimate, row.Lower, row.Upper);
        var between = lower < 0 ? " to " : "\u2013";
        return $"{Wording.Number(estimate, 2)} ({Wording.Number(lower, 2)}{between}{Wording.Number(upper, 2)})";
    }
}
