using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;
using MathNet.Numerics;

namespace MarginalConditional.Statistics.Families;

public abstract partial class Family
{
    /// <summary>Proportions of events; the weight is the number of trials. v(μ) = μ(1 − μ).</summary>
    public static Family Binomial { get; } = new BinomialFamily();

    private sealed class BinomialFamily : Family
    {
        public BinomialFamily()
            : base("binomial")
        {
        }

        public override Link DefaultLink => Link.Logit;

        public override IReadOnlyList<Link> AllowedLinks { get; } = [Link.Logit, Link.Probit, Link.Cloglog, Link.Log, Link.Identity];

        public override bool HasUnitDispersion => true;

        public override string ResponseRequirement => "between 0 and 1";

        protected override string MeanRequirement => "between 0 and 1";

        public override double Variance(double mean) => mean * (1 - mean);

        public override double VarianceSlope(double mean) => 1 - (2 * mean);

        public override void Variance(ReadOnlySpan<double> mean, Span<double> variance)
        {
            SpanKernel.CheckLengths(mean, variance);
            SpanKernel.Apply<VarianceFunction>(mean, variance);
        }

        public override double UnitDeviance(double response, double mean) =>
            2 * (Elementary.XLogRatio(response, mean) + Elementary.XLogRatio(1 - response, 1 - mean));

        public override double QuasiLikelihood(double response, double mean) =>
            (response == 0 ? 0 : response * Math.Log(mean)) + (response == 1 ? 0 : (1 - response) * Elementary.LogOnePlus(-mean));

        public override double LogDensity(double response, double mean, double weight, double dispersion)
        {
            var events = weight * response;
            var choices = weight == 1 && response is 0 or 1
                ? 0
                : SpecialFunctions.GammaLn(weight + 1) - SpecialFunctions.GammaLn(events + 1)
                    - SpecialFunctions.GammaLn(weight - events + 1);
            return choices + (weight * QuasiLikelihood(response, mean));
        }

        public override double StartingMean(double response, double weight) => ((weight * response) + 0.5) / (weight + 1);

        public override bool IsResponseValid(double response) => response is >= 0 and <= 1;

        public override bool IsMeanValid(double mean) => mean is > 0 and < 1;

        private readonly struct VarianceFunction : IVectorFunction
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static Vector256<double> Invoke(Vector256<double> x) => x * (Vector256<double>.One - x);
        }
    }
}
