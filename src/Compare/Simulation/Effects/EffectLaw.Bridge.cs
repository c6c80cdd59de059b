using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Effects;

public abstract partial class EffectLaw
{
    /// <summary>
    /// Effects of the bridge distribution, under which a logistic model holds
    /// both given the cluster and on the average (Wang and Louis 2003).
    /// </summary>
    public static EffectLaw Bridge(double standardDeviation) => new BridgeLaw(standardDeviation);

    private sealed class BridgeLaw(double standardDeviation) : EffectLaw("bridge", standardDeviation)
    {
        /// <summary>Below it the grid of equal steps has thousands of points.</summary>
        private const double LowStrip = 0.1;

        private readonly double attenuation = BridgeDistribution.AttenuationOf(standardDeviation);

        public override bool HasExponentialMoments => false;

        protected override double ScaledQuantile(double probability) => BridgeDistribution.Quantile(probability, attenuation);

        protected override double DrawScaled(RandomStream stream) => stream.NextBridge(attenuation);

        // f(b) = sin(φπ)/{2π[cosh(φb) + cos(φπ)]} has its nearest poles at a height of π(1 − φ)/φ, the logistic function at π. Where that
        // is low, near σ = 0, a grid as fine over all of the tails would never end: b = s sinh u is fine about 0 and coarse far off. In u
        // the poles of f lie at π/2, those of the logistic function at π/b where f has fallen to exp(−b): a step of a sixteenth sees both.
        protected override EffectNodes ScaledNodes()
        {
            var strip = Math.PI * Math.Min(1, (1 - attenuation) / attenuation);
            var limit = 42 / attenuation;
            var cosine = Math.Cos(attenuation * Math.PI);
            if (strip >= LowStrip)
            {
                return EffectNodes.Trapezoid(-limit, limit, strip / 6, b => (b, 1 / (Math.Cosh(attenuation * b) + cosine)));
            }

            // cosh(φb) + cos(φπ) = 2 sinh²(φb/2) + 2 sin²((1 − φ)π/2) without what cancels.
            var sine = Math.Sin((1 - attenuation) * Math.PI / 2);
            var last = Math.Asinh(limit / strip);
            return EffectNodes.Trapezoid(-last, last, 1.0 / 16, u =>
            {
                var b = strip * Math.Sinh(u);
                var hyperbolic = Math.Sinh(attenuation * b / 2);
                return (b, Math.Cosh(u) / (2 * ((hyperbolic * hyperbolic) + (sine * sine))));
            });
        }
    }
}
