using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Poisson: ℓ = y log μ − μ; −log y! is added once a fit.</summary>
internal readonly struct PoissonMean : IMeanKernel
{
    public static void Evaluate(
        Vector<double> mean,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second,
        out Vector<double> third)
    {
        var ratio = response / mean;
        log = (response * Vector.Log(mean)) - mean;
        first = ratio - Vector<double>.One;
        second = -ratio / mean;
        third = new Vector<double>(-2) * second / mean;
    }
}
