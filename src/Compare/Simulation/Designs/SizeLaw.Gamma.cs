using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Designs;

public abstract partial class SizeLaw
{
    private sealed class GammaSize : SizeLaw
    {
        private readonly double mean;
        private readonly double shape;

        public GammaSize(double mean, double variation)
            : base(FormattableString.Invariant($"cv({mean:R}, {variation:R})"))
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mean);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(variation);
            this.mean = mean;
            shape = 1 / (variation * variation);
        }

        public override double Mean => mean;

        public override int Draw(RandomStream stream) => AtLeastOne(Math.Round(mean * stream.NextGamma(shape) / shape));

        public override IReadOnlyList<double> Probabilities() => List(mean, n => Below(n + 0.5) - (n == 0 ? 0 : Below(n - 0.5)));

        private double Below(double size) => MathNet.Numerics.SpecialFunctions.GammaLowerRegularized(shape, size * shape / mean);
    }

    private sealed class EitherSize : SizeLaw
    {
        private readonly int small;
        private readonly int large;
        private readonly double probability;

        public EitherSize(int small, int large, double probability)
            : base(probability == 0.5
                ? FormattableString.Invariant($"either({small}, {large})")
                : FormattableString.Invariant($"either({small}, {large}, {probability:R})"))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(small, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(large, small);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(probability);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(probability, 1);
            this.small = small;
            this.large = large;
            this.probability = probability;
        }

        public override int? Fixed => small == large ? small : null;

        public override double Mean => small + ((large - small) * probability);

        public override int Draw(RandomStream stream) => stream.NextBernoulli(probability) > 0 ? large : small;

        public override IReadOnlyList<double> Probabilities()
        {
            var list = new double[large];
            list[small - 1] += 1 - probability;
            list[large - 1] += probability;
            return list;
        }
    }
}
