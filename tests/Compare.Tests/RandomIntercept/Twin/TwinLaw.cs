using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Compare.Tests.RandomIntercept.Twin;

/// <summary>
/// A law of the random intercept, written as a function b(z; θ) of a standard normal z, so that one quadrature serves all.
/// </summary>
internal abstract class TwinLaw
{
    private TwinLaw()
    {
    }

    /// <summary>b = θz: normal with standard deviation θ.</summary>
    public static TwinLaw Normal { get; } = new NormalLaw();

    /// <summary>b = Q(Φ(z)), Q the quantile of the bridge distribution with standard deviation θ.</summary>
    public static TwinLaw Bridge { get; } = new BridgeLaw();

    /// <summary>b, ∂b/∂z and ∂b/∂θ.</summary>
    /// <param name="z">The standard normal.</param>
    /// <param name="theta">The standard deviation of b, positive.</param>
    public abstract (double Value, double Slope, double ThetaSlope) At(double z, double theta);

    private sealed class NormalLaw : TwinLaw
    {
        public override (double Value, double Slope, double ThetaSlope) At(double z, double theta) => (theta * z, theta, z);
    }

    private sealed class BridgeLaw : TwinLaw
    {
        public override (double Value, double Slope, double ThetaSlope) At(double z, double theta)
        {
            // The lower half, where Φ keeps its digits; the law is symmetric.
            var sign = z > 0 ? -1 : 1;
            var law = BridgeDistribution.WithStandardDeviation(theta);
            var u = StandardNormal.Cumulative(-Math.Abs(z));
            var value = law.Quantile(u);
            return (sign * value, StandardNormal.Density(z)
                / law.Density(value), sign * law.QuantileSlope(u) * BridgeDistribution.AttenuationSlope(theta));
        }
    }
}
