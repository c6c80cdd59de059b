namespace MarginalConditional.Statistics.Families;

public abstract partial class Family
{
    /// <summary>Continuous outcomes of constant variance: v(μ) = 1.</summary>
    public static Family Gaussian { get; } = new GaussianFamily();

    private sealed class GaussianFamily : Family
    {
        public GaussianFamily()
            : base("gaussian")
        {
        }

        public override Link DefaultLink => Link.Identity;

        public override IReadOnlyList<Link> AllowedLinks { get; } = [Link.Identity, Link.Log, Link.Inverse];

        public override bool HasUnitDispersion => false;

        public override string ResponseRequirement => "a finite number";

        protected override string MeanRequirement => "free to take any value, or positive, or not zero";

        public override double Variance(double mean) => 1;

        public override double VarianceSlope(double mean) => 0;

        public override void Variance(ReadOnlySpan<double> mean, Span<double> variance)
        {
            SpanKernel.CheckLengths(mean, variance);
            variance[..mean.Length].Fill(1);
        }

        public override double UnitDeviance(double response, double mean) => (response - mean) * (response - mean);

        public override double QuasiLikelihood(double response, double mean) => -0.5 * (response - mean) * (response - mean);

        public override double LogDensity(double response, double mean, double weight, double dispersion) =>
            -0.5 * (Math.Log(2 * Math.PI * dispersion / weight) + (weight * UnitDeviance(response, mean) / dispersion));

        public override double StartingMean(double response, double weight) => response;

        public override bool IsResponseValid(double response) => double.IsFinite(response);

        public override bool IsMeanValid(double mean) => double.IsFinite(mean);
    }
}
