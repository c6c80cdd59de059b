using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Effects;

public abstract partial class EffectLaw
{
    /// <summary>Heavy-tailed effects: Student's t, rescaled to the standard deviation.</summary>
    /// <param name="standardDeviation">σ.</param>
    /// <param name="degreesOfFreedom">More than 2.</param>
    public static EffectLaw Student(double standardDeviation, double degreesOfFreedom) =>
        new StudentLaw(standardDeviation, degreesOfFreedom);

    private sealed class StudentLaw : EffectLaw
    {
        private readonly double degreesOfFreedom;
        private readonly double scale;

        public StudentLaw(double standardDeviation, double degreesOfFreedom)
            : base(FormattableString.Invariant($"t({degreesOfFreedom:R})"), standardDeviation)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(degreesOfFreedom, 2);
            this.degreesOfFreedom = degreesOfFreedom;
            scale = standardDeviation * Math.Sqrt((degreesOfFreedom - 2) / degreesOfFreedom);
        }

        public override bool HasExponentialMoments => false;

        protected override double ScaledQuantile(double probability) => scale * StudentDistribution.Quantile(probability, degreesOfFreedom);

        protected override double DrawScaled(RandomStream stream) => scale * stream.NextStudent(degreesOfFreedom);

        // t = sinh u makes the tails exponential; (1 + t²/ν)^(−(ν+1)/2) cosh u is the density of u.
        protected override EffectNodes ScaledNodes()
        {
            var limit = Math.Max(8, 42 / degreesOfFreedom * 1.5);
            return EffectNodes.Trapezoid(-limit, limit, 0.002, u =>
            {
                var t = Math.Sinh(u);
                return (scale * t, Math.Exp(-0.5 * (degreesOfFreedom + 1) * Math.Log(1 + (t * t / degreesOfFreedom))) * Math.Cosh(u));
            });
        }
    }
}
