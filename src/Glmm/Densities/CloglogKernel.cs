using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Bernoulli with complementary log-log link: with the hazard h = e^η, ℓ = y log(1 − e^(−h)) − (1 − y)h.</summary>
/// <remarks>
/// With g = (1 − e^(−h))/h and r = h/(e^h − 1) = e^(−h)/g: ∂ log(1 − e^(−h))/∂η = r and ∂r/∂η = r(1 − h − r). For small h Kahan's
/// correction gives g from the rounded u = e^(−h) as (u − 1)/log u, and log(1 − e^(−h)) is η + log g.
/// </remarks>
internal readonly struct CloglogKernel : IDensityKernel
{
    // e^600 leaves room for the products of the derivatives.
    private const double LargestPredictor = 600;

    // Up to here 1 − e^(−h) loses digits.
    private const double SmallHazard = 0.34;

    public static void First(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first) =>
        Third(eta, response, dispersion, out log, out first, out _, out _);

    public static void Second(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second) =>
        Third(eta, response, dispersion, out log, out first, out second, out _);

    public static void Third(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second,
        out Vector256<double> third)
    {
        var one = Vector256<double>.One;
        var hazard = LaneExponential.Exp(Vector256.Min(eta, Vector256.Create(LargestPredictor)));
        var u = LaneExponential.Exp(-hazard);
        var small = Vector256.LessThan(hazard, Vector256.Create(SmallHazard));
        var share = Vector256.ConditionalSelect(small, UnitLogarithm.LogarithmicMean(u), (one - u) / hazard);
        var logEvent =
            Vector256.ConditionalSelect(small, eta, Vector256<double>.Zero)
                + Vector256.Log(Vector256.ConditionalSelect(small, share, one - u));
        var ratio = u / share;
        var gone = Vector256.Equals(ratio, Vector256<double>.Zero);

        var none = (one - response) * hazard;
        var factor = Vector256.ConditionalSelect(gone, Vector256<double>.Zero, one - hazard - ratio);
        var bend = Vector256.ConditionalSelect(gone, Vector256<double>.Zero, (factor * factor) - hazard - (ratio * factor));
        log = (response * logEvent) - none;
        first = (response * ratio) - none;
        second = (response * ratio * factor) - none;
        third = (response * ratio * bend) - none;
    }
}
