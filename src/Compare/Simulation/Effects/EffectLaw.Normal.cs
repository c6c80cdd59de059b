using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Effects;

public abstract partial class EffectLaw
{
    /// <summary>Normal effects.</summary>
    public static EffectLaw Normal(double standardDeviation) => new NormalLaw(standardDeviation);

    private sealed class NormalLaw(double standardDeviation) : EffectLaw("normal", standardDeviation)
    {
        public override bool HasExponentialMoments => true;

        public override bool IsNormal => true;

        protected override double ScaledQuantile(double probability) => StandardDeviation * StandardNormal.Quantile(probability);

        protected override double DrawScaled(RandomStream stream) => StandardDeviation * stream.NextNormal();

        // The logistic function is analytic within π of the real axis: a step of a tenth of that leaves an error of exp(−20π).
        protected override EffectNodes ScaledNodes() => EffectNodes.Trapezoid(
            -14, 14, Math.Min(0.125, Math.PI / (10 * StandardDeviation)), z => (StandardDeviation * z, Math.Exp(-z * z / 2)));
    }
}
