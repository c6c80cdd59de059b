using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>
/// The log-density of a family under any of its links, by the chain rule: ℓ′
/// = ℓ_μ μ′, ℓ″ = ℓ_μμ μ′² + ℓ_μ μ″, ℓ‴ = ℓ_μμμ μ′³ + 3 ℓ_μμ μ′μ″ + ℓ_μ μ‴.
/// </summary>
/// <remarks>
/// Predictors without a positive mean have density 0: normal random effects reach
/// them with any link but the log. Pairs used most have kernels of their own.
/// </remarks>
/// <typeparam name="TMean">The family.</typeparam>
/// <typeparam name="TLink">The link.</typeparam>
internal readonly struct LinkedKernel<TMean, TLink> : IDensityKernel
    where TMean : struct, IMeanKernel
    where TLink : struct, IInverseLink
{
    // Finite, so that rows of weight 0 add 0 and step-halving has something to compare.
    private const double Impossible = -1e100;

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
        var valid = TLink.IsValid(eta);
        var mean = TLink.Evaluate(Vector.ConditionalSelect(valid, eta, Vector<double>.One), out var slope, out var bend, out var twist);
        TMean.Evaluate(mean, response, dispersion, out log, out var one, out var two, out var three);
        var square = slope * slope;
        log = Vector.ConditionalSelect(valid, log, new Vector<double>(Impossible));
        first = Only(valid, one * slope);
        second = Only(valid, (two * square) + (one * bend));
        third = Only(valid, (three * square * slope) + (new Vector<double>(3) * two * slope * bend) + (one * twist));
    }

    public static void Dispersion(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second)
    {
        var valid = TLink.IsValid(eta);
        var mean = TLink.Evaluate(Vector.ConditionalSelect(valid, eta, Vector<double>.One), out var slope, out var bend, out _);
        TMean.Dispersion(mean, response, dispersion, out log, out var one, out var two);
        log = Only(valid, log);
        first = Only(valid, one * slope);
        second = Only(valid, (two * slope * slope) + (one * bend));
    }

    public static double Constant(double response, double dispersion, out double derivative) =>
        TMean.Constant(response, dispersion, out derivative);

    private static Vector<double> Only(Vector<long> valid, Vector<double> value) =>
        Vector.ConditionalSelect(valid, value, Vector<double>.Zero);
}
