using System.Runtime.Intrinsics;

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
        var valid = TLink.IsValid(eta);
        var predictor = Vector256.ConditionalSelect(valid, eta, Vector256<double>.One);
        var mean = TLink.Evaluate(predictor, out var slope, out var bend, out var twist);
        TMean.Evaluate(mean, response, dispersion, out log, out var one, out var two, out var three);
        var square = slope * slope;
        log = Vector256.ConditionalSelect(valid, log, Vector256.Create(Impossible));
        first = Only(valid, one * slope);
        second = Only(valid, (two * square) + (one * bend));
        third = Only(valid, (three * square * slope) + (Vector256.Create(3.0) * two * slope * bend) + (one * twist));
    }

    public static void Dispersion(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
    {
        var valid = TLink.IsValid(eta);
        var mean = TLink.Evaluate(Vector256.ConditionalSelect(valid, eta, Vector256<double>.One), out var slope, out var bend, out _);
        TMean.Dispersion(mean, response, dispersion, out log, out var one, out var two);
        log = Only(valid, log);
        first = Only(valid, one * slope);
        second = Only(valid, (two * slope * slope) + (one * bend));
    }

    public static double Constant(double response, double dispersion, out double derivative) =>
        TMean.Constant(response, dispersion, out derivative);

    private static Vector256<double> Only(Vector256<double> valid, Vector256<double> value) =>
        Vector256.ConditionalSelect(valid, value, Vector256<double>.Zero);
}
