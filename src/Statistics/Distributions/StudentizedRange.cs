using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Distributions;

/// <summary>The range of M independent standard normal numbers, divided by an independent χ_ν/√ν: Tukey's q.</summary>
/// <remarks>
/// P(Q ≥ q) = ∫ f(s) W(qs) ds with W(w) = M ∫ φ(z){Φ(z)^(M−1) − [Φ(z) − Φ(z − w)]^(M−1)}dz, both by the trapezoidal rule, which converges
/// geometrically for functions that are analytic and fall off at both ends (Trefethen and Weideman 2014); s runs over its logarithm.
/// The tail is summed, not one less the rest, so that it keeps its digits.
/// </remarks>
public static class StudentizedRange
{
    /// <summary>Beyond this many standard deviations the normal density adds nothing.</summary>
    private const double HalfWidth = 9.5;

    /// <summary>A summand below this part of the sum ends it.</summary>
    private const double Negligible = 1e-18;

    private const int MostSteps = 100_000;

    /// <summary>P(Q ≥ q).</summary>
    /// <param name="q">The range in units of the standard deviation.</param>
    /// <param name="count">M, 2 or more.</param>
    /// <param name="degreesOfFreedom">ν &gt; 0, whole or not; infinite when the standard deviation is known.</param>
    public static double UpperTail(double q, int count, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        if (double.IsNaN(q) || !(degreesOfFreedom > 0))
        {
            return double.NaN;
        }

        if (q <= 0)
        {
            return 1;
        }

        if (double.IsPositiveInfinity(degreesOfFreedom))
        {
            return Math.Min(1, RangeTail(q, count));
        }

        // With y = log s the density of s is proportional to exp(ν(y − (e^{2y} − 1)/2)); the weights are divided by their own sum.
        var step = Math.Min(0.12, 0.6 / Math.Sqrt(2 * degreesOfFreedom));
        var right = RightEnd(degreesOfFreedom);
        var (sum, weights, last) = (0.0, 0.0, 0.0);
        for (var k = 0; k < MostSteps; k++)
        {
            var y = right - (k * step);
            var weight = Math.Exp(degreesOfFreedom * (y - (Elementary.ExpMinusOne(2 * y) / 2)));
            var term = weight * RangeTail(q * Math.Exp(y), count);
            sum += term;
            weights += weight;
            if (term < last && term < Negligible * sum)
            {
                break;
            }

            last = term;
        }

        return Math.Min(1, sum / weights);
    }

    /// <summary>The q with P(Q ≥ q) = <paramref name="tail"/>, in (0, 1).</summary>
    /// <param name="tail">The probability of the tail.</param>
    /// <param name="count">M, 2 or more.</param>
    /// <param name="degreesOfFreedom">ν &gt; 0.</param>
    public static double UpperQuantile(double tail, int count, double degreesOfFreedom) =>
        !(tail is > 0 and < 1) || !(degreesOfFreedom > 0)
            ? double.NaN
            : MonotoneRoot.Find(q => Math.Log(UpperTail(q, count, degreesOfFreedom) / tail), 1);

    /// <summary>Where the density of log s has fallen to nothing on the right.</summary>
    private static double RightEnd(double degreesOfFreedom)
    {
        const double Nothing = 45;
        var y = 0.1;
        while (degreesOfFreedom * (((Math.Exp(2 * y) - 1) / 2) - y) < Nothing)
        {
            y *= 1.25;
        }

        return y;
    }

    private static double RangeTail(double width, int count)
    {
        var step = Math.Min(0.3, 0.7 / Math.Sqrt(count));
        var first = Math.Min(-HalfWidth, (width / 2) - HalfWidth);
        var steps = (int)Math.Ceiling((Math.Max(HalfWidth, (width / 2) + HalfWidth) - first) / step);
        var sum = 0.0;
        for (var k = 0; k <= steps; k++)
        {
            var z = first + (k * step);
            var density = StandardNormal.Density(z);
            var all = StandardNormal.Cumulative(z);
            if (density * all == 0)
            {
                continue;
            }

            var below = Math.Min(1, StandardNormal.Cumulative(z - width) / all);
            var lost = below < 1 ? -Elementary.ExpMinusOne((count - 1) * Elementary.LogOnePlus(-below)) : 1;
            sum += density * Math.Pow(all, count - 1) * lost;
        }

        return count * step * sum;
    }
}
