using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Densities;

/// <summary>How a row tells the density of the odds that its zero is an excess one.</summary>
internal static class ExcessZeros
{
    // Beyond it the odds leave nothing of the family's own zeros, and room for products.
    private const double LargestPredictor = 300;

    /// <summary>The odds e^ζ.</summary>
    public static double Odds(double predictor) => Math.Exp(Math.Clamp(predictor, -LargestPredictor, LargestPredictor));

    /// <summary>The odds in every lane.</summary>
    public static Vector256<double> Odds(Vector256<double> predictor) => LaneExponential.Exp(
        Vector256.Max(Vector256.Min(predictor, Vector256.Create(LargestPredictor)), Vector256.Create(-LargestPredictor)));

    /// <summary>The response as the density takes it: minus the odds for a zero.</summary>
    public static double Code(double response, double odds) => response > 0 ? response : -odds;

    /// <summary>The same in every lane.</summary>
    public static Vector256<double> Code(Vector256<double> response, Vector256<double> odds) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(response, Vector256<double>.Zero), response, -odds);
}
