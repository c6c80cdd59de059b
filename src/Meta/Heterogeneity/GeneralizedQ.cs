using MarginalConditional.Meta.Pooling;

namespace MarginalConditional.Meta.Heterogeneity;

/// <summary>Solves Q(τ²) = target, what Paule–Mandel's estimator and the Q-profile interval need.</summary>
internal static class GeneralizedQ
{
    private const int MaximumIterations = 200;

    /// <summary>The root τ² ≥ 0, or 0 when Q(0) is already at or below the target.</summary>
    /// <param name="target">Above 0.</param>
    /// <param name="studies">The studies.</param>
    /// <param name="precision">The relative step at which the root is found.</param>
    /// <param name="iterations">The number of Newton steps made.</param>
    /// <remarks>Q falls and is convex in τ², so Newton's method from 0 climbs to the root without ever passing it (DerSimonian and Kacker
    /// 2007). Far from the root Q behaves like c/τ², where a Newton step doubles τ²; the logarithm of the range bounds the number of
    /// steps.</remarks>
    public static double Solve(double target, ScaledStudies studies, double precision, out int iterations)
    {
        var tau2 = 0.0;
        for (iterations = 0; iterations < MaximumIterations; iterations++)
        {
            var moments = studies.At(tau2);
            var excess = moments.Q - target;
            if (excess <= 0)
            {
                break;
            }

            var next = tau2 - (excess / moments.QSlope);
            if (next - tau2 <= precision * next)
            {
                return next;
            }

            tau2 = next;
        }

        return tau2;
    }
}
