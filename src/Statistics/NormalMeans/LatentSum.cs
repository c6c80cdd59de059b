using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.NormalMeans;

/// <summary>
/// E F(η + τZ) for a distribution function F and a spread τ that is large beside F's own, as P(U ≤ η + τZ) with U of density f = F′.
/// </summary>
/// <remarks>
/// ∫ F(η + τz) φ(z) dz = ∫ f(u) Φ((η − u)/τ) du, by the order of integration. The density falls like e^−|u| at least, whatever τ, where the
/// integrand in z has a step as narrow as 1/τ: the trapezoidal rule in u needs a few hundred nodes where that in z needs seventy times τ.
/// All terms are positive, so that both tails keep their relative accuracy. The normal factor is as good as constant in the strip of f
/// beside a large τ; in the far tails, up to |η| = 40τ, it slows the fall of f to e^(−0.6|u|) at most.
/// </remarks>
internal static class LatentSum
{
    /// <summary>From this spread on the sum over u is the shorter, and the normal factor smooth.</summary>
    public const double SmallestSpread = 100;

    /// <summary>Half the range of u.</summary>
    private const double HalfWidth = 70;

    /// <summary>What the strip allows: exp(−2πd/h) below rounding.</summary>
    private const double ErrorExponent = 37;

    /// <summary>The integral and its slopes.</summary>
    /// <param name="predictor">η.</param>
    /// <param name="spread">τ, at least <see cref="SmallestSpread"/>.</param>
    /// <param name="upperTail">Whether 1 − F is integrated; the slopes are those of F all the same.</param>
    /// <param name="strip">d, the half-width of the strip in which f is analytic.</param>
    /// <param name="density">f.</param>
    public static MarginalSums Integrate(double predictor, double spread, bool upperTail, double strip, Func<double, double> density)
    {
        var step = 2 * Math.PI * strip / ErrorExponent;
        var last = (int)Math.Ceiling(HalfWidth / step);
        var sums = default(MarginalSums);
        for (var k = -last; k <= last; k++)
        {
            var u = k * step;
            var z = (u - predictor) / spread;
            var weight = step * density(u);
            var slope = weight * StandardNormal.Density(z) / spread;
            sums.Tail += weight * StandardNormal.Cumulative(upperTail ? z : -z);
            sums.Slope += slope;
            sums.SpreadSlope += slope * z;
        }

        return sums;
    }
}
