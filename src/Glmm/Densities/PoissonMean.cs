using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Poisson: ℓ = y log μ − μ; −log y! is added once a fit.</summary>
internal readonly struct PoissonMean : IMeanKernel
{
    public static void Evaluate(
        Vector256<double> mean,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second,
        out Vector256<double> third)
    {
        var ratio = response / mean;
        log = (response * Vector256.Log(mean)) - mean;
        first = ratio - Vector256<double>.One;
        second = -ratio / mean;
        third = Vector256.Create(-2.0) * second / mean;
    }
}
