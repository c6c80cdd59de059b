using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>What the families share whose log-density is a function of y and μ over φ: in log φ it falls by itself.</summary>
internal static class ScaledMean
{
    /// <summary>The derivatives of ℓ and of its first two derivatives in μ with respect to log φ, −ℓ, −ℓ_μ and −ℓ_μμ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Dispersion<TMean>(
        Vector256<double> mean,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
        where TMean : struct, IMeanKernel
    {
        TMean.Evaluate(mean, response, dispersion, out log, out first, out second, out _);
        log = -log;
        first = -first;
        second = -second;
    }
}
