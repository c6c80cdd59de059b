using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>The laws of the library for how many rows a cluster has.</summary>
public abstract partial class SizeLaw : ISizeLaw
{
    /// <summary>Beyond so many sizes the list of probabilities is not made.</summary>
    private const int LongestList = 20_000;

    /// <summary>What the sizes left off the end of a list may have in probability.</summary>
    private const double Tail = 1e-14;

    private SizeLaw(string name) => Name = name;

    /// <summary>
    /// As a study file writes it: <c>20</c>, <c>poisson(20)</c>, <c>negative-binomial(20, 3)</c>, <c>cv(20, 0.6)</c>,
    /// <c>either(10, 30)</c>.
    /// </summary>
    public string Name { get; }

    /// <inheritdoc/>
    public virtual int? Fixed => null;

    /// <inheritdoc/>
    public abstract double Mean { get; }

    /// <inheritdoc/>
    public abstract int Draw(RandomStream stream);

    /// <inheritdoc/>
    public virtual IReadOnlyList<double> Probabilities() => [];

    /// <summary>All clusters of one size.</summary>
    public static SizeLaw OfSize(int size) => new FixedSize(size);

    /// <summary>Poisson sizes with the given mean; clusters of size 0 become size 1.</summary>
    public static SizeLaw Poisson(double mean) => new PoissonSize(mean);

    /// <summary>Negative binomial sizes with variance μ + μ²/θ; clusters of size 0 become size 1.</summary>
    public static SizeLaw NegativeBinomial(double mean, double theta) => new NegativeBinomialSize(mean, theta);

    /// <summary>Gamma sizes rounded to whole numbers, 1 or more.</summary>
    /// <param name="mean">Before rounding.</param>
    /// <param name="variation">The coefficient of variation, standard deviation over mean, before rounding.</param>
    public static SizeLaw Gamma(double mean, double variation) => new GammaSize(mean, variation);

    /// <summary>Small and large clusters.</summary>
    /// <param name="small">Rows of a small one.</param>
    /// <param name="large">Rows of a large one.</param>
    /// <param name="probability">Of a large one.</param>
    public static SizeLaw Either(int small, int large, double probability = 0.5) => new EitherSize(small, large, probability);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static int AtLeastOne(double size) => Math.Max(1, (int)Math.Min(size, 1_000_000));

    /// <summary>The list of probabilities of sizes from 1, those of 0 added to 1, until next to nothing is left.</summary>
    /// <param name="mean">Where the list must not end before.</param>
    /// <param name="probability">Of a size from 0.</param>
    private static IReadOnlyList<double> List(double mean, Func<int, double> probability)
    {
        var list = new List<double> { probability(0) + probability(1) };
        var total = list[0];
        while (total < 1 - Tail && list.Count < LongestList)
        {
            var next = probability(list.Count + 1);
            if (next < Tail * 1e-3 && list.Count > mean)
            {
                break;
            }

            list.Add(next);
            total += next;
        }

        return list.Count < LongestList ? list : [];
    }

    private sealed class FixedSize : SizeLaw
    {
        private readonly int size;

        public FixedSize(int size)
            : base(FormattableString.Invariant($"{size}"))
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
            this.size = size;
        }

        public override int? Fixed => size;

        public override double Mean => size;

        public override int Draw(RandomStream stream) => size;

        public override IReadOnlyList<double> Probabilities() => [.. Enumerable.Repeat(0.0, size - 1), 1];
    }

    private sealed class PoissonSize : SizeLaw
    {
        private readonly double mean;

        public PoissonSize(double mean)
            : base(FormattableString.Invariant($"poisson({mean:R})"))
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mean);
            this.mean = mean;
        }

        public override double Mean => mean;

        public override int Draw(RandomStream stream) => AtLeastOne(stream.NextPoisson(mean));

        public override IReadOnlyList<double> Probabilities() =>
            List(mean, n => MathNet.Numerics.Distributions.Poisson.PMF(mean, n));
    }

    private sealed class NegativeBinomialSize : SizeLaw
    {
        private readonly double mean;
        private readonly double theta;

        public NegativeBinomialSize(double mean, double theta)
            : base(FormattableString.Invariant($"negative-binomial({mean:R}, {theta:R})"))
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mean);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(theta);
            this.mean = mean;
            this.theta = theta;
        }

        public override double Mean => mean;

        public override int Draw(RandomStream stream) => AtLeastOne(stream.NextNegativeBinomial(mean, theta));

        public override IReadOnlyList<double> Probabilities() =>
            List(mean, n => MathNet.Numerics.Distributions.NegativeBinomial.PMF(theta, theta / (theta + mean), n));
    }
}
