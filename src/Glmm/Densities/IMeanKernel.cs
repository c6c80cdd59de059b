using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>The log-density of one response per lane as a function of its mean μ, for families used with several links.</summary>
/// <remarks>What depends on the response and φ alone is in <see cref="Constant"/>, as in <see cref="IDensityKernel"/>.</remarks>
internal interface IMeanKernel
{
    /// <summary>ℓ and its first three derivatives in μ &gt; 0.</summary>
    static abstract void Evaluate(
        Vector256<double> mean,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second,
        out Vector256<double> third);

    /// <summary>
    /// The derivatives of ℓ and of its first two derivatives in μ with respect to λ = log φ; zero where the dispersion is 1 by definition.
    /// </summary>
    static virtual void Dispersion(
        Vector256<double> mean,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second) =>
        log = first = second = Vector256<double>.Zero;

    /// <summary>
    /// The part of the log-density that depends on the response and φ alone, for one unit of
    /// weight, and its derivative in log φ; zero where the dispersion is 1 by definition.
    /// </summary>
    static virtual double Constant(double response, double dispersion, out double derivative) => derivative = 0;
}
