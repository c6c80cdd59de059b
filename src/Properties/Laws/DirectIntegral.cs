using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Laws;

/// <summary>Means over a normal intercept by Simpson's rule, slow and obvious, and of no other code of the library.</summary>
internal static class DirectIntegral
{
    private const int Intervals = 4000;

    private const double Reach = 10;

    /// <summary>E g⁻¹(η + σZ) with Z standard normal.</summary>
    /// <param name="link">g.</param>
    /// <param name="predictor">η.</param>
    /// <param name="deviation">σ.</param>
    public static double Mean(Link link, double predictor, double deviation)
    {
        var (sum, step) = (0.0, 2 * Reach / Intervals);
        for (var k = 0; k <= Intervals; k++)
        {
            var z = -Reach + (k * step);
            var weight = k is 0 or Intervals ? 1 : k % 2 == 1 ? 4 : 2;
            sum += weight * Math.Exp(-0.5 * z * z) * link.Mean(predictor + (deviation * z));
        }

        return sum * step / (3 * Math.Sqrt(2 * Math.PI));
    }
}
