using System.Numerics;

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
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first) =>
        Third(eta, response, dispersion, out log, out first, out _, out _);

    public static void Second(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second) =>
        Third(eta, response, dispersion, out log, out first, out second, out _);

    public static void Third(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second,
        out Vector<double> third)
    {
        var one = Vector<double>.One;
        var hazard = LaneExponential.Exp(Vector.Min(eta, new Vector<double>(LargestPredictor)));
        var u = LaneExponential.Exp(-hazard);
        var small = Vector.AsVectorDouble(Vector.LessThan(hazard, new Vector<double>(SmallHazard)));
        var share = Vector.ConditionalSelect(small, UnitLogarithm.LogarithmicMean(u), (one - u) / hazard);
        var logEvent =
            Vector.ConditionalSelect(small, eta, Vector<double>.Zero) + Vector.Log(Vector.ConditionalSelect(small, share, one - u));
        var ratio = u / share;
        var gone = Vector.AsVectorDouble(Vector.Equals(ratio, Vector<double>.Zero));

        var none = (one - response) * hazard;
        var factor = Vector.ConditionalSelect(gone, Vector<double>.Zero, one - hazard - ratio);
        var bend = Vector.ConditionalSelect(gone, Vector<double>.Zero, (factor * factor) - hazard - (ratio * factor));
        log = (response * logEvent) - none;
        first = (response * ratio) - none;
        second = (response * ratio * factor) - none;
        third = (response * ratio * bend) - none;
    }
}
