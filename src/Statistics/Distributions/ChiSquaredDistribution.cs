using MathNet.Numerics;

namespace MarginalConditional.Statistics.Distributions;

/// <summary>The χ² distribution.</summary>
public static class ChiSquaredDistribution
{
    /// <summary>P(X ≥ x), accurate however small.</summary>
    public static double UpperTail(double x, double degreesOfFreedom)
    {
        if (double.IsNaN(x) || !(degreesOfFreedom > 0))
        {
            return double.NaN;
        }

        if (x <= 0)
        {
            return 1;
        }

        if (double.IsPositiveInfinity(x))
        {
            return 0;
        }

        return degreesOfFreedom == 1
            ? 2 * StandardNormal.Cumulative(-Math.Sqrt(x))
            : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2, x / 2);
    }
}
