using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>What differences of F⁻¹ of cumulative probabilities are called.</summary>
public static class OrdinalScale
{
    /// <summary>The scale of coefficients and of the ladder: <c>log cumulative odds ratio</c> with a logit.</summary>
    public static string Name(CumulativeLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return Ratio(link) is { } ratio ? "log " + ratio : $"difference of {link.Name}s";
    }

    /// <summary>What its exponential is; null when it is nothing in particular.</summary>
    public static string? Ratio(CumulativeLink link) => link == CumulativeLink.Logit ? "cumulative odds ratio" : null;
}
