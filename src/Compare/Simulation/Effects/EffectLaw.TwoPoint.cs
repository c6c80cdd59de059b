using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Effects;

public abstract partial class EffectLaw
{
    /// <summary>Two kinds of clusters: a mixture of two points, centred and rescaled.</summary>
    /// <param name="standardDeviation">σ.</param>
    /// <param name="probability">Of the upper point, in (0, 1).</param>
    public static EffectLaw TwoPoint(double standardDeviation, double probability) => new TwoPointLaw(standardDeviation, probability);

    private sealed class TwoPointLaw : EffectLaw
    {
        private readonly double probability;
        private readonly double upper;
        private readonly double lower;

        public TwoPointLaw(double standardDeviation, double probability)
            : base(FormattableString.Invariant($"two-point({probability:R})"), standardDeviation)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(probability, 0);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
            this.probability = probability;
            upper = standardDeviation * Math.Sqrt((1 - probability) / probability);
            lower = -standardDeviation * Math.Sqrt(probability / (1 - probability));
        }

        public override bool HasExponentialMoments => true;

        protected override double ScaledLeast => lower;

        protected override double ScaledMost => upper;

        protected override double ScaledQuantile(double probability) => probability <= 1 - this.probability ? lower : upper;

        protected override double DrawScaled(RandomStream stream) => stream.NextUniform() < probability ? upper : lower;

        protected override EffectNodes ScaledNodes() => new([lower, upper], [1 - probability, probability]);
    }
}
