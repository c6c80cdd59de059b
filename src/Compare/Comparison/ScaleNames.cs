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
