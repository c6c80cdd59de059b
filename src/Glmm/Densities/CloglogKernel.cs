using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Bernoulli with complementary log-log link: with the hazard h = e^η, ℓ = y log(1 − e^(−h)) − (1 − y)h.</summary>
/// <remarks>With r = h/(e^h − 1): ∂ log(1 − e^(−h))/∂η = r and ∂r/∂η = r(1 − h − r).</remarks>
internal readonly struct CloglogKernel : IScalarKernel
{
    public static double Evaluate(double eta, double response, out double first, out double second, out double third)
    {
        var hazard = Math.Exp(Math.Min(eta, 600));
        double logEvent, ratio;
        if (hazard > 600)
        {
            (logEvent, ratio) = (0, 0);
        }
        else if (hazard < 1e-10)
        {
            (logEvent, ratio) = (eta, 1 - (0.5 * hazard));
        }
        else
        {
            logEvent = Math.Log(-Elementary.ExpMinusOne(-hazard));
            ratio = hazard / Elementary.ExpMinusOne(hazard);
        }

        var none = (1 - response) * hazard;
        var factor = ratio == 0 ? 0 : 1 - hazard - ratio;
        first = (response * ratio) - none;
        second = (response * ratio * factor) - none;
        third = (ratio == 0 ? 0 : response * ratio * ((factor * factor) - hazard - (ratio * factor))) - none;
        return (response == 0 ? 0 : response * logEvent) - none;
    }
}
