using System.Globalization;
using MarginalConditional.Statistics.Functions;
using MathNet.Numerics;

namespace MarginalConditional.Statistics.Families;

public abstract partial class Family
{
    /// <summary>Overdispersed counts: v(μ) = μ + μ²/θ, θ known.</summary>
    /// <param name="theta">θ &gt; 0; the Poisson is the limit θ → ∞.</param>
    public static NegativeBinomialFamily NegativeBinomial(double theta)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(theta);
        return double.IsFinite(theta)
            ? new NegativeBinomialFamily(theta)
            : throw new ArgumentOutOfRangeException(nameof(theta), theta, "The parameter must be finite.");
    }

    /// <summary>The negative binomial family with a known θ.</summary>
    public sealed class NegativeBinomialFamily : Family
    {
        internal NegativeBinomialFamily(double theta)
            : base("negative-binomial") => Theta = theta;

        /// <summary>θ &gt; 0 of v(μ) = μ + μ²/θ.</summary>
        public double Theta { get; }

        /// <inheritdoc/>
        public override Link DefaultLink => Link.Log;

        /// <inheritdoc/>
        public override IReadOnlyList<Link> AllowedLinks { get; } = [Link.Log, Link.Identity, Link.Sqrt];

        /// <inheritdoc/>
        public override bool HasUnitDispersion => true;

        /// <inheritdoc/>
        public override string ResponseRequirement => "zero or more";

        /// <inheritdoc/>
        protected override string MeanRequirement => "positive";

        /// <inheritdoc/>
        public override double Variance(double mean) => mean + (mean * mean / Theta);

        /// <inheritdoc/>
        public override double VarianceSlope(double mean) => 1 + (2 * mean / Theta);

        /// <inheritdoc/>
        public override void Variance(ReadOnlySpan<double> mean, Span<double> variance)
        {
            SpanKernel.CheckLengths(mean, variance);
            for (var i = 0; i < mean.Length; i++)
            {
                variance[i] = Variance(mean[i]);
            }
        }

        /// <inheritdoc/>
        public override double UnitDeviance(double response, double mean) => Math.Max(
            0,
            2 * (Elementary.XLogRatio(response, mean)
                - ((response + Theta) * Elementary.LogOnePlus((response - mean) / (mean + Theta)))));

        /// <inheritdoc/>
        public override double QuasiLikelihood(double response, double mean) =>
            (response == 0 ? 0 : response * Math.Log(mean / (mean + Theta))) - (Theta * Elementary.LogOnePlus(mean / Theta));

        /// <inheritdoc/>
        public override double LogDensity(double response, double mean, double weight, double dispersion) =>
            weight * (RisingFactorial.LogOverPower(Theta, response) - SpecialFunctions.GammaLn(response + 1)
                + (response == 0 ? 0 : response * (Math.Log(mean) - Elementary.LogOnePlus(mean / Theta)))
                - (Theta * Elementary.LogOnePlus(mean / Theta)));

        /// <inheritdoc/>
        public override double StartingMean(double response, double weight) => response == 0 ? 1.0 / 6 : response;

        /// <inheritdoc/>
        public override bool IsResponseValid(double response) => response >= 0 && double.IsFinite(response);

        /// <inheritdoc/>
        public override bool IsMeanValid(double mean) => mean > 0 && double.IsFinite(mean);

        /// <inheritdoc/>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}({Theta:R})");
    }
}
