using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Effects;

public abstract partial class EffectLaw
{
    /// <summary>Skewed effects: a gamma variable, centred and rescaled; skewness 2/√shape.</summary>
    /// <param name="standardDeviation">σ.</param>
    /// <param name="shape">Positive.</param>
    public static EffectLaw Gamma(double standardDeviation, double shape) => new GammaLaw(standardDeviation, shape);

    private sealed class GammaLaw : EffectLaw
    {
        private readonly double shape;
        private readonly double scale;

        public GammaLaw(double standardDeviation, double shape)
            : base(FormattableString.Invariant($"gamma({shape:R})"), standardDeviation)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);
            this.shape = shape;
            scale = standardDeviation / Math.Sqrt(shape);
        }

        // E exp(b) exists while the scale of the gamma variable is below 1.
        public override bool HasExponentialMoments => scale < 1;

        protected override double ScaledLeast => -scale * shape;

        protected override double ScaledQuantile(double probability) =>
            scale * (MathNet.Numerics.Distributions.Gamma.InvCDF(shape, 1, probability) - shape);

        protected override double DrawScaled(RandomStream stream) => scale * (stream.NextGamma(shape) - shape);

        // g = exp(u − exp(−u)), the double exponential substitution for a half line: both tails of the density of u vanish fast.
        protected override EffectNodes ScaledNodes() => EffectNodes.Trapezoid(-5.5, 7, 0.002, u =>
        {
            var logarithm = u - Math.Exp(-u);
            var g = Math.Exp(logarithm);
            return (scale * (g - shape), Math.Exp((shape * logarithm) - g) * (1 + Math.Exp(-u)));
        });
    }
}
