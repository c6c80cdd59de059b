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
        private readonly double attenuation = BridgeDistribution.AttenuationOf(standardDeviation);

        public override bool HasExponentialMoments => false;

        protected override double DrawScaled(RandomStream stream) => stream.NextBridge(attenuation);

        // f(b) = sin(φπ)/{2π[cosh(φb) + cos(φπ)]} has its nearest poles at a height of π(1 − φ)/φ, the logistic function at π.
        protected override EffectNodes ScaledNodes()
        {
            var strip = Math.PI * Math.Min(1, (1 - attenuation) / attenuation);
            var limit = 42 / attenuation;
            var cosine = Math.Cos(attenuation * Math.PI);
            return EffectNodes.Trapezoid(-limit, limit, strip / 6, b => (b, 1 / (Math.Cosh(attenuation * b) + cosine)));
        }
    }
}
