using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MarginalConditional.Statistics.Families;

public abstract partial class Family
{
    /// <summary>Positive, right-skewed outcomes: v(μ) = μ³.</summary>
    public static Family InverseGaussian { get; } = new InverseGaussianFamily();

    private sealed class InverseGaussianFamily : Family
    {
        public InverseGaussianFamily()
            : base("inverse-gaussian")
        {
        }

        public override Link DefaultLink => Link.Log;

        public override IReadOnlyList<Link> AllowedLinks { get; } = [Link.Log, Link.Inverse, Link.Identity];

        public override bool HasUnitDispersion => false;

        public override string ResponseRequirement => "positive";

        protected override string MeanRequirement => "positive";

        public override double Variance(double mean) => mean * mean * mean;

        public override double VarianceSlope(double mean) => 3 * mean * mean;

        public override void Variance(ReadOnlySpan<double> mean, Span<double> variance)
        {
            SpanKernel.CheckLengths(mean, variance);
            SpanKernel.Apply<VarianceFunction>(mean, variance);
        }

        public override double UnitDeviance(double response, double mean) =>
            (response - mean) * (response - mean) / (response * mean * mean);

        public override double QuasiLikelihood(double response, double mean) => (1 / mean) - (response / (2 * mean * mean));

        public override double LogDensity(double response, double mean, double weight, double dispersion) =>
            -0.5 * (Math.Log(2 * Math.PI * dispersion / weight) + (3 * Math.Log(response))
                + (weight * UnitDeviance(response, mean) / dispersion));

        public override double StartingMean(double response, double weight) => response;

        public override bool IsResponseValid(double response) => response > 0 && double.IsFinite(response);

        public override bool IsMeanValid(double mean) => mean > 0 && double.IsFinite(mean);

        private readonly struct VarianceFunction : IVectorFunction
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static Vector256<double> Invoke(Vector256<double> x) => x * x * x;
        }
    }
}
