using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Statistics.Separation;

/// <summary>The side of outcomes by family and link.</summary>
public static class RowSides
{
    /// <summary>Whether coefficients of this family and link may have no finite estimate.</summary>
    /// <param name="family">The family.</param>
    /// <param name="link">The link.</param>
    public static bool MayBeInfinite(Family family, Link link)
    {
        ArgumentNullException.ThrowIfNull(family);
        return family == Family.Binomial
            ? link != Link.Identity
            : link == Link.Log && (family == Family.Poisson || family is Family.NegativeBinomialFamily);
    }

    /// <summary>The sides of n outcomes.</summary>
    /// <param name="family">The family.</param>
    /// <param name="link">The link.</param>
    /// <param name="response">n values; proportions for events out of trials.</param>
    /// <param name="weights">n values, or empty when all are 1.</param>
    public static RowSide[] Of(Family family, Link link, ReadOnlySpan<double> response, ReadOnlySpan<double> weights)
    {
        var sides = new RowSide[response.Length];
        for (var row = 0; row < sides.Length; row++)
        {
            sides[row] = !weights.IsEmpty && weights[row] == 0 ? RowSide.LeftOut : Of(family, link, response[row]);
        }

        return sides;
    }

    /// <summary>The side of one outcome.</summary>
    /// <param name="family">The family.</param>
    /// <param name="link">The link; under the logarithm a probability of 1 is reached at a finite predictor.</param>
    /// <param name="response">The outcome.</param>
    public static RowSide Of(Family family, Link link, double response) =>
        response == 0 && MayBeInfinite(family, link) ? RowSide.Below
        : response == 1 && family == Family.Binomial && link != Link.Log && link != Link.Identity ? RowSide.Above
        : RowSide.Inside;
}
