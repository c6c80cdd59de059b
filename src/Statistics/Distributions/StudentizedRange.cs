using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Distributions;

/// <summary>The range of M independent standard normal numbers, divided by an independent χ_ν/√ν: Tukey's q.</summary>
/// <remarks>
/// P(Q ≥ q) = ∫ f(s) W(qs) ds with W the tail of a <see cref="NormalRange"/>, both by the trapezoidal rule, which converges
/// geometrically for functions that are analytic and fall off at both ends (Trefethen and Weideman 2014); s runs over its logarithm.
/// The tail is summed, not one less the rest, so that it keeps its digits.
/// </remarks>
public static class StudentizedRange
{
    /// <summary>A summand below this part of the sum ends it.</summary>
    private const double Negligible = 1e-18;

    private const int MostSteps = 100_000;

    /// <summary>P(Q ≥ q).</summary>
    /// <param name="q">The range in units of the standard deviation.</param>
    /// <param name="count">M, 2 or more.</param>
    /// <param name="degreesOfFreedom">ν &gt; 0, whole or not; infinite when the standard deviation is known.</param>
    public static double UpperTail(double q, int count, double degreesOfFreedom) =>
        UpperTail(q, NormalRange.Summed(count), degreesOfFreedom);

    /// <summary>The same of a range that many probabilities may share.</summary>
    internal static double UpperTail(double q, NormalRange range, double degreesOfFreedom)
    {
        if (double.IsNaN(q) || !(degreesOfFreedom > 0))
        {
            return double.NaN;
        }

        if (q <= 0 || double.IsPositiveInfinity(q))
        {
            return q <= 0 ? 1 : 0;
        }

        if (double.IsPositiveInfinity(degreesOfFreedom))
        {
            return Math.Min(1, range.UpperTail(q));
        }

        // With y = log s the density of s is proportional to exp(−ν((e^{2y} − 1)/2 − y)); the weights are divided by their own sum.
        var step = Math.Min(0.12, 0.6 / Math.Sqrt(2 * degreesOfFreedom));
        var right = RightEnd(degreesOfFreedom, step);
        var (sum, weights, last) = (0.0, 0.0, 0.0);
        for (var k = 0; k < MostSteps; k++)
        {
            var y = right - (k * step);
            var weight = Math.Exp(-degreesOfFreedom * Depth(y));
            var term = weight * range.UpperTail(q * Math.Exp(y));
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
        UpperQuantile(tail, NormalRange.Summed(count), degreesOfFreedom);

    /// <summary>The same of a range that many quantiles may share.</summary>
    internal static double UpperQuantile(double tail, NormalRange range, double degreesOfFreedom) =>
        !(tail is > 0 and < 1) || !(degreesOfFreedom > 0)
            ? double.NaN
            : MonotoneRoot.Find(q => Math.Log(UpperTail(q, range, degreesOfFreedom) / tail), 1);

    /// <summary>Where the density of log s has fallen to nothing on the right, looked for from a step beside its mode on.</summary>
    private static double RightEnd(double degreesOfFreedom, double step)
    {
        const double Nothing = 45;
        var y = step;
        while (degreesOfFreedom * Depth(y) < Nothing)
        {
            y *= 1.25;
        }

        return y;
    }

    /// <summary>(exp(2y) − 1)/2 − y = y² + 2y³/3 + y⁴/3 + …, how far the log density of log s lies below its mode, over ν.</summary>
    private static double Depth(double y)
    {
        if (Math.Abs(y) > 0.01)
        {
            return (Elementary.ExpMinusOne(2 * y) / 2) - y;
        }

        var sum = 1.0 / 315;
        sum = (sum * y) + (4.0 / 315);
        sum = (sum * y) + (2.0 / 45);
        sum = (sum * y) + (2.0 / 15);
        sum = (sum * y) + (1.0 / 3);
        sum = (sum * y) + (2.0 / 3);
        return y * y * ((sum * y) + 1);
    }
}
