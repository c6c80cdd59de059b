using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Comparison;

/// <summary>What a family and link make of a coefficient and of a contrast of means, in words.</summary>
public static class ScaleNames
{
    /// <summary>The scale of a coefficient: <c>log odds ratio</c> for the binomial with a logit.</summary>
    public static string Coefficient(Family family, Link link)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(link);
        var ratio = Ratio(family, link);
        return ratio is not null ? "log " + ratio : link == Link.Identity ? "difference of means" : link.Name;
    }

    /// <summary>What the exponential of a coefficient is: <c>odds ratio</c>; null when it is nothing in particular.</summary>
    public static string? Ratio(Family family, Link link)
    {
        ArgumentNullException.ThrowIfNull(family);
        var proportion = family == Family.Binomial;
        return link == Link.Logit && proportion ? "odds ratio"
            : link == Link.Cloglog && proportion ? "hazard ratio"
            : link == Link.Log ? proportion ? "risk ratio" : family == Family.Poisson ? "rate ratio" : "mean ratio"
            : null;
    }

    /// <summary>The measure that is a difference of linear predictors; null where the link gives none.</summary>
    public static EffectMeasure? Own(Family family, Link link) =>
        link == Link.Identity ? EffectMeasure.Difference
        : link == Link.Log ? EffectMeasure.Ratio
        : link == Link.Logit && family == Family.Binomial ? EffectMeasure.OddsRatio
        : null;

    /// <summary>The measure to show first: the link's own, else odds ratios of proportions and differences of other means.</summary>
    public static EffectMeasure Primary(Family family, Link link) =>
        Own(family, link) ?? (family == Family.Binomial ? EffectMeasure.OddsRatio : EffectMeasure.Difference);

    /// <summary>Its scale, as a ladder's rungs have it: <c>log ratio</c> for counts with a log link.</summary>
    public static string PrimaryScale(Family family, Link link) => Primary(family, link).ScaleOf(family == Family.Binomial);

    /// <summary>The measures that make sense for standardized means.</summary>
    public static IEnumerable<EffectMeasure> Measures(Family family, ReadOnlySpan<double> means)
    {
        ArgumentNullException.ThrowIfNull(family);
        var positive = true;
        foreach (var mean in means)
        {
            positive &= mean > 0;
        }

        var proportions = family == Family.Binomial;
        return EffectMeasure.All.Where(measure => (!measure.IsLogarithm || positive) && (!measure.IsForProportions || proportions));
    }
}
