using MarginalConditional.Statistics.Functions;
using MathNet.Numerics;

namespace MarginalConditional.Statistics.Distributions;

/// <summary>The regularized incomplete beta function I_x(a, b), the tail of Student's and Fisher's distributions.</summary>
internal static class IncompleteBeta
{
    /// <summary>From here on 1 − x and the logarithms of gamma functions have lost more digits than the expansion does.</summary>
    private const double Large = 2000;

    private const int MostTerms = 24;

    /// <summary>I_x(a, b) at x = 1/(1 + r), accurate however small it is, and however large a is beside b².</summary>
    /// <remarks>
    /// For large a by the expansion in incomplete gamma functions at u = (a + (b − 1)/2) log(1 + r) of DiDonato and Morris (1992,
    /// equations 9 to 9.3).
    /// </remarks>
    /// <param name="a">a &gt; 0.</param>
    /// <param name="b">b &gt; 0.</param>
    /// <param name="r">(1 − x)/x ≥ 0, which has digits that x has lost.</param>
    public static double AtOdds(double a, double b, double r) => a >= Large && b * b <= a
        ? Expansion(a, b, Elementary.LogOnePlus(r))
        : SpecialFunctions.BetaRegularized(a, b, 1 / (1 + r));

    private static double Expansion(double a, double b, double logarithm)
    {
        var t = a + ((b - 1) / 2);
        var u = t * logarithm;
        if (u == 0 || double.IsPositiveInfinity(u))
        {
            return u == 0 ? 1 : 0;
        }

        var ratio = Math.Exp(RisingFactorial.LogOverPower(a, b) - (b * Elementary.LogOnePlus((b - 1) / (2 * a))));
        var power = Math.Exp((b * Math.Log(u)) - u - SpecialFunctions.GammaLn(b));
        var gamma = ChiSquaredDistribution.UpperTail(2 * u, 2 * b);
        var sum = gamma;
        Span<double> weights = stackalloc double[MostTerms];
        weights[0] = 1;
        for (var n = 1; n < MostTerms; n++)
        {
            var order = b + (2 * (n - 1));
            gamma = ((order * (order + 1) * gamma) + ((u + order + 1) * power)) / (4 * t * t);
            power *= logarithm * logarithm / 4;
            weights[n] = Weight(weights, n, b);
            var term = weights[n] * gamma;
            sum += term;
            if (Math.Abs(term) <= 1e-17 * sum)
            {
                break;
            }
        }

        return Math.Min(1, ratio * sum);
    }

    /// <summary>(b − 1)/(2n + 1)! + Σ_m (mb − n) w_{n−m}/(2m + 1)!/n, m from 1 to n − 1.</summary>
    private static double Weight(ReadOnlySpan<double> weights, int n, double b)
    {
        var (sum, factorial) = (0.0, 1.0);
        for (var m = 1; m < n; m++)
        {
            factorial *= 2 * m * ((2 * m) + 1.0);
            sum += ((m * b) - n) * weights[n - m] / factorial;
        }

        return (sum / n) + ((b - 1) / (factorial * 2 * n * ((2 * n) + 1)));
    }
}
