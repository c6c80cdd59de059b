using MarginalConditional.Statistics.Functions;
using MathNet.Numerics;

namespace MarginalConditional.Statistics.Families;

public abstract partial class Family
{
    /// <summary>Counts: v(μ) = μ.</summary>
    public static Family Poisson { get; } = new PoissonFamily();

    private sealed class PoissonFamily : Family
    {
        public PoissonFamily()
            : base("poisson")
        {
        }

        public override Link DefaultLink => Link.Log;

        public override IReadOnlyList<Link> AllowedLinks { get; } = [Link.Log, Link.Identity, Link.Sqrt];

        public override bool HasUnitDispersion => true;

        public override string ResponseRequirement => "zero or more";

        protected override string MeanRequirement => "positive";

        public override double Variance(double mean) => mean;

        public override double VarianceSlope(double mean) => 1;

        public override void Variance(ReadOnlySpan<double> mean, Span<double> variance) => mean.CopyTo(variance);

        public override double UnitDeviance(double response, double mean) =>
            2 * (Elementary.XLogRatio(response, mean) - (response - mean));

        public override double QuasiLikelihood(double response, double mean) =>
            (response == 0 ? 0 : response * Math.Log(mean)) - mean;

        public override double LogDensity(double response, double mean, double weight, double dispersion) =>
            weight * (QuasiLikelihood(response, mean) - SpecialFunctions.GammaLn(response + 1));

        public override double StartingMean(double response, double weight) => response + 0.1;

        public override bool IsResponseValid(double response) => response >= 0 && double.IsFinite(response);

        public override bool IsMeanValid(double mean) => mean > 0 && double.IsFinite(mean);
    }
}
