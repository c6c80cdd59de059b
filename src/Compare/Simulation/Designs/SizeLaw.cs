using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>The laws of the library for how many rows a cluster has.</summary>
public abstract class SizeLaw : ISizeLaw
{
    private SizeLaw(string name) => Name = name;

    /// <summary>As a study file writes it: <c>20</c>, <c>poisson(20)</c>, <c>negative-binomial(20, 3)</c>.</summary>
    public string Name { get; }

    /// <summary>The size when all clusters have the same; else null.</summary>
    public virtual int? Fixed => null;

    /// <summary>The mean size, before clusters of size 0 become size 1.</summary>
    public abstract double Mean { get; }

    /// <summary>Draws one cluster's size, 1 or more.</summary>
    public abstract int Draw(RandomStream stream);

    /// <summary>All clusters of one size.</summary>
    public static SizeLaw OfSize(int size) => new FixedSize(size);

    /// <summary>Poisson sizes with the given mean; clusters of size 0 become size 1.</summary>
    public static SizeLaw Poisson(double mean) => new PoissonSize(mean);

    /// <summary>Negative binomial sizes with variance μ + μ²/θ; clusters of size 0 become size 1.</summary>
    public static SizeLaw NegativeBinomial(double mean, double theta) => new NegativeBinomialSize(mean, theta);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static int AtLeastOne(double size) => Math.Max(1, (int)Math.Min(size, 1_000_000));

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
    }
}
