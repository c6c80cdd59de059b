using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Distributions;

/// <summary>
/// The noncentral t distribution: the law of (Z + δ)/√(χ²_ν/ν), what a t statistic follows when its null hypothesis is false.
/// </summary>
/// <remarks>
/// With S = √(χ²_ν/ν), P(T ≥ t) = E Φ(δ − tS) (Johnson, Kotz and Balakrishnan 1995, chapter 31). The mean over u = log S, whose density
/// is proportional to exp(ν(u − (e²ᵘ − 1)/2)), is a trapezoidal sum: its error falls exponentially in 1/step, whatever t, ν and δ, while
/// the usual series of incomplete beta functions loses its digits for large δ (Lenth 1989). The weights are divided by their own sum, so no
/// gamma function is needed. The absolute error is below 1e-13. Where δ is large beside √ν the mean is taken over Z instead.
/// </remarks>
public static class NoncentralStudentDistribution
{
    /// <summary>Steps on the scale on which the integrand varies; five make the error that of rounding.</summary>
    private const double StepsPerScale = 5;

    /// <summary>Weights below exp(−45) of the largest are left out.</summary>
    private const double NegligibleLogarithm = -45;

    /// <summary>Below this the next term of the series of the exponent is less than rounding.</summary>
    private const double SeriesBelow = 1e-3;

    /// <summary>From such a noncentrality on, if its square is beyond so many ν as well, the mean is taken over the numerator.</summary>
    private const double FarNoncentrality = 50;

    private const double FarRatio = 100;

    private const double NumeratorStep = 0.1;

    private const int NumeratorSteps = 90;

    /// <summary>P(T ≥ t).</summary>
    /// <param name="t">The statistic.</param>
    /// <param name="degreesOfFreedom">ν above 0; infinite ones give the normal distribution about δ.</param>
    /// <param name="noncentrality">δ, finite: the true effect in units of its standard error.</param>
    public static double UpperTail(double t, double degreesOfFreedom, double noncentrality)
    {
        if (!(degreesOfFreedom > 0) || double.IsNaN(t) || !double.IsFinite(noncentrality))
        {
            return double.NaN;
        }

        if (double.IsInfinity(t))
        {
            return t > 0 ? 0 : 1;
        }

        if (t == 0 || double.IsPositiveInfinity(degreesOfFreedom))
        {
            return StandardNormal.Cumulative(noncentrality - t);
        }

        if (Math.Abs(noncentrality) >= FarNoncentrality && Math.Abs(noncentrality) / Math.Sqrt(degreesOfFreedom) > Math.Sqrt(FarRatio))
        {
            return noncentrality > 0
                ? OverNumerator(t, degreesOfFreedom, noncentrality)
                : 1 - OverNumerator(-t, degreesOfFreedom, -noncentrality);
        }

        // The density of u varies over 1/√(2ν); Φ(δ − teᵘ) over 1/|δ| where it passes through one half.
        var steepness = 2 + Math.Abs(noncentrality);
        var step = 1 / (StepsPerScale * Math.Sqrt((2 * degreesOfFreedom) + (steepness * steepness)));
        var central = StandardNormal.Cumulative(noncentrality - t);
        double sum = central, weights = 1;
        Add(step);
        Add(-step);
        return sum / weights;

        void Add(double signedStep)
        {
            for (var k = 1; ; k++)
            {
                var u = k * signedStep;

                var exponent = -degreesOfFreedom * Excess(u);
                if (exponent < NegligibleLogarithm)
                {
                    return;
                }

                var weight = Math.Exp(exponent);
                weights += weight;
                sum += weight * StandardNormal.Cumulative(noncentrality - (t * Math.Exp(u)));
            }
        }
    }

    /// <summary>P(T ≤ t).</summary>
    /// <param name="t">The statistic.</param>
    /// <param name="degreesOfFreedom">ν above 0.</param>
    /// <param name="noncentrality">δ, finite.</param>
    public static double Cumulative(double t, double degreesOfFreedom, double noncentrality) =>
        UpperTail(-t, degreesOfFreedom, -noncentrality);

    /// <summary>
    /// P(T ≥ t) = ∫ φ(z) P(S ≤ (z + δ)/t) dz for a large δ &gt; 0, which z cannot turn negative. There Φ(δ − teᵘ) is a step, which would
    /// take a number of steps proportional to δ, and this integrand is smooth.
    /// </summary>
    private static double OverNumerator(double t, double degreesOfFreedom, double noncentrality)
    {
        if (t < 0)
        {
            return 1;
        }

        double sum = 0, weights = 0;
        for (var k = -NumeratorSteps; k <= NumeratorSteps; k++)
        {
            var z = k * NumeratorStep;
            var weight = Math.Exp(-0.5 * z * z);
            var bound = (z + noncentrality) / t;
            weights += weight;
            sum += weight * (1 - ChiSquaredDistribution.UpperTail(degreesOfFreedom * bound * bound, degreesOfFreedom));
        }

        return sum / weights;
    }

    /// <summary>(e²ᵘ − 1)/2 − u, by its series where the difference would cancel.</summary>
    private static double Excess(double u) => Math.Abs(u) < SeriesBelow
        ? u * u * (1 + (u * ((2.0 / 3) + (u * ((1.0 / 3) + (u * 2.0 / 15))))))
        : (Elementary.ExpMinusOne(2 * u) / 2) - u;
}
