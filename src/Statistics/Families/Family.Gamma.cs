using MarginalConditional.Statistics.LinearAlgebra;
using MathNet.Numerics;

namespace MarginalConditional.Statistics.Families;

public abstract partial class Family
{
    /// <summary>Positive outcomes of constant coefficient of variation: v(μ) = μ².</summary>
    public static Family Gamma { get; } = new GammaFamily();

    private sealed class GammaFamily : Family
    {
        public GammaFamily()
            : base("gamma")
        {
        }

        public override Link DefaultLink => Link.Log;

        public override IReadOnlyList<Link> AllowedLinks { get; } = [Link.Log, Link.Inverse, Link.Identity];

        public override bool HasUnitDispersion => false;

        public override string ResponseRequirement => "positive";

        protected override string MeanRequirement => "positive";

        public override double Variance(double mean) => mean * mean;

        public override double VarianceSlope(double mean) => 2 * mean;

        public override void Variance(ReadOnlySpan<double> mean, Span<double> variance) =>
            SpanMath.Multiply(mean, mean, variance);

        public override double UnitDeviance(double response, double mean) =>
            Math.Max(0, 2 * (((response - mean) / mean) - Math.Log(response / mean)));

        public override double QuasiLikelihood(double response, double mean) => -(response / mean) - Math.Log(mean);

        public override double LogDensity(double response, double mean, double weight, double dispersion)
        {
            var shape = weight / dispersion;
            var rate = shape / mean;
            return (shape * Math.Log(rate)) + ((shape - 1) * Math.Log(response)) - (rate * response) - SpecialFunctions.GammaLn(shape);
        }

        public override double StartingMean(double response, double weight) => response;

        public override bool IsResponseValid(double response) => response > 0 && double.IsFinite(response);

        public override bool IsMeanValid(double mean) => mean > 0 && double.IsFinite(mean);
    }
}
