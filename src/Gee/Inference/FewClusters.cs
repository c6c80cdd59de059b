using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Inference;

/// <summary>When there are too few clusters for robust standard errors and a normal reference, and what cures it.</summary>
/// <remarks>
/// Below about 40 clusters sandwich variances are too small and normal intervals too short (Murray, Varnell and Blitstein 2004). Clusters
/// of unequal size count as their effective number, (Σn)²/Σn² (Carter, Schnepel and Steigerwald 2017).
/// </remarks>
public static class FewClusters
{
    /// <summary>With fewer clusters the robust variance is known to be too small.</summary>
    public const int Enough = 40;

    /// <summary>Clusters whose effective number is below this share of their number are too unequal for K − p degrees of freedom.</summary>
    private const double Unequal = 0.5;

    /// <summary>How many clusters there are, and as how many of equal size they count when they are unequal.</summary>
    /// <param name="clusters">The clusters.</param>
    public static string Count(Clusters clusters)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        return clusters.EffectiveCount < Unequal * clusters.Count || clusters.Count >= Enough
            ? FormattableString.Invariant($"{clusters.Count} clusters, which by their sizes count as {clusters.EffectiveCount:0.0}")
            : FormattableString.Invariant($"{clusters.Count} clusters");
    }

    /// <summary>The options that cure it; null when there are enough clusters, or the cure is in force.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="variance">The variance estimator.</param>
    /// <param name="reference">The reference of tests and intervals.</param>
    /// <param name="enough">How many are enough.</param>
    public static string? Cure(Clusters clusters, GeeVariance variance, GeeDegreesOfFreedom reference, double enough = Enough)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        if (clusters.EffectiveCount >= enough || variance == GeeVariance.Model)
        {
            return null;
        }

        var unequal = clusters.EffectiveCount < Unequal * clusters.Count;
        var inForce = variance != GeeVariance.Robust && reference != GeeDegreesOfFreedom.Normal
            && !(unequal && reference == GeeDegreesOfFreedom.ClustersMinusCoefficients);
        return inForce ? null : $"--se kauermann-carroll --df {(unequal ? "satterthwaite" : "k-p")}";
    }

    /// <summary>What is to be known of standard errors over two ways of clustering, one sentence each.</summary>
    /// <param name="ways">The sandwich.</param>
    /// <param name="isNormal">Whether tests and intervals refer to the normal.</param>
    /// <param name="hasDegrees">Whether <c>--df k-p</c> can be asked for. Default: yes.</param>
    public static IEnumerable<string> OfTwoWays(TwoWaySandwich ways, bool isNormal, bool hasDegrees = true)
    {
        ArgumentNullException.ThrowIfNull(ways);
        if (ways.IsRepaired)
        {
            yield return "The sums over two ways of clustering gave a covariance that is not positive semidefinite: its negative "
                + "eigenvalues were replaced by 0, and standard errors are rough; there are few clusters, or little dependence in one "
                + "of the ways.";
        }

        if (ways.IsNested)
        {
            yield return "Each cluster of one way lies within one of the other: standard errors are those of the coarser way alone.";
        }

        var coefficients = (int)Math.Sqrt(ways.Covariance.Length);
        if (ways.Smaller <= coefficients)
        {
            yield return FormattableString.Invariant($"There are {ways.Smaller} clusters of one of the two ways and {coefficients} ")
                + "coefficients: tests based on the robust variance are void; use fewer coefficients, or the other way alone.";
        }
        else if (ways.Smaller < Enough && (ways.Factor == WayFactor.None || (isNormal && hasDegrees)))
        {
            var what = ways.Factor == WayFactor.None ? "robust standard errors are too small" : "normal intervals are too short";
            yield return FormattableString.Invariant(
                $"There are {ways.Smaller} clusters of one of the two ways: with fewer than {Enough} {what}; use --cluster-factor each")
                + $"{(hasDegrees ? " --df k-p" : string.Empty)}.";
        }
    }
}
