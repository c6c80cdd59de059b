using MarginalConditional.Compare.Estimands;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Ladders.Building;

/// <summary>Which steps of a ladder are zero whatever the data say, because the measure collapses.</summary>
/// <remarks>
/// A difference of means is the same given or averaged over effects and covariates, row by row. So is the log ratio under a log link, as
/// long as the effect of treatment is one number for all rows and the spread of the random effects does not depend on it. The log ratio
/// of risks under other links is collapsible in itself, but its mean is another average of effects that differ, and the odds ratio is not
/// collapsible (Greenland, Robins and Pearl 1999). A treatment that moves excess zeros moves the mean of both parts otherwise in every row
/// whose covariates move them too; averaging over clusters still changes nothing.
/// </remarks>
internal sealed class LadderTerms
{
    private readonly Link link;
    private readonly bool constantEffect;
    private readonly bool isSpreadConstant;

    /// <summary>Says what is zero.</summary>
    /// <param name="link">The link.</param>
    /// <param name="constantEffect">Whether the treatment stands in no interaction and in no random term.</param>
    /// <param name="withoutSpread">Whether there are no random effects, or all of them have variance 0.</param>
    /// <param name="movesZeros">Whether the treatment moves excess zeros.</param>
    public LadderTerms(Link link, bool constantEffect, bool withoutSpread, bool movesZeros = false)
    {
        isSpreadConstant = constantEffect;
        this.link = link;
        this.constantEffect = constantEffect && !movesZeros;
        WithoutSpread = withoutSpread;
    }

    /// <summary>Whether nothing is averaged over between rungs 0 and 1.</summary>
    public bool WithoutSpread { get; }

    /// <summary>The terms of a mixed model.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="effects">The coefficients of the treatment.</param>
    /// <param name="treatment">The treatment's column.</param>
    public static LadderTerms Of(GlmmFit fit, IReadOnlyList<TreatmentEffect> effects, string treatment)
    {
        var movesZeros = fit.Frame.Inflation is { } zeros && TreatmentEffect.Find(zeros, treatment).Count > 0;
        var intercepts = fit.RandomEffects.All(term => term.Names is [Data.Coding.DesignMatrix.InterceptName]);
        var variance = fit.RandomEffects.Any(term => term.Covariance.ContainsAnyExcept(0.0));
        return new LadderTerms(fit.Link, intercepts && effects.All(effect => !effect.IsInteraction), !variance, movesZeros);
    }

    /// <summary>Whether the step from a rung is zero by identity.</summary>
    /// <param name="from">0 or 1; the steps below never are.</param>
    /// <param name="measure">The scale.</param>
    public bool IsZero(int from, EffectMeasure measure) =>
        from <= 1 && (measure == EffectMeasure.Difference
            || (measure == EffectMeasure.Ratio && link == Link.Log && (from == 0 ? isSpreadConstant : constantEffect)));

    /// <summary>What makes a step.</summary>
    /// <param name="from">The rung above.</param>
    /// <param name="measure">The scale.</param>
    public static string Cause(int from, EffectMeasure measure) => from switch
    {
        0 => measure == EffectMeasure.OddsRatio ? LadderCause.Clusters : LadderCause.ClustersAndEffects,
        1 => measure == EffectMeasure.OddsRatio ? LadderCause.Covariates : LadderCause.Patients,
        2 => LadderCause.Model,
        _ => LadderCause.Size,
    };
}
