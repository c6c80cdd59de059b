using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>
/// The log-density of one response per lane as a function of the linear predictor η,
/// without the part that depends on neither η nor, where it is free, the dispersion.
/// </summary>
/// <remarks>
/// All arguments are vectors: the lanes are quadrature nodes of one row, or rows at one mode. Weights and trials multiply afterwards.
/// </remarks>
internal interface IDensityKernel
{
    /// <summary>ℓ and ∂ℓ/∂η.</summary>
    static abstract void First(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first);

    /// <summary>ℓ and its first two derivatives in η.</summary>
    static abstract void Second(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second);

    /// <summary>ℓ and its first three derivatives in η.</summary>
    static abstract void Third(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second,
        out Vector256<double> third);

    /// <summary>The derivatives of ℓ, ∂ℓ/∂η and ∂²ℓ/∂η² with respect to λ = log φ; zero where the dispersion is 1 by definition.</summary>
    static virtual void Dispersion(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second) =>
        log = first = second = Vector256<double>.Zero;

    /// <summary>The derivatives of ℓ, ∂ℓ/∂η and ∂²ℓ/∂η² with respect to the log odds of excess zeros; zero where there are none.</summary>
    static virtual void Inflation(
        Vector256<double> eta,
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
