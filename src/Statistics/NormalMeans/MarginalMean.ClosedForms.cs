using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.NormalMeans;

public abstract partial class MarginalMean
{
    /// <summary>Probit: p = Φ(η / √(1 + τ²)), exactly (Zeger, Liang and Albert 1988, equation 3.2).</summary>
    public sealed class Probit : MarginalMean
    {
        /// <inheritdoc/>
        public override MarginalPoint At(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(spread);
            var attenuation = 1 / Math.Sqrt(1 + (spread * spread));
            var marginal = predictor * attenuation;
            var spreadSlope = -marginal * spread * attenuation * attenuation;
            var density = StandardNormal.Density(marginal);
            var mean = StandardNormal.Cumulative(marginal);
            return new MarginalPoint(mean, density * attenuation, density * spreadSlope, marginal, attenuation, spreadSlope);
        }

        /// <inheritdoc/>
        public override double Invert(double target, double spread) => target * Math.Sqrt(1 + (spread * spread));
    }

    /// <summary>Log: p = exp(η + τ²/2): only the intercept moves when τ is the same in every row.</summary>
    public sealed class Log : MarginalMean
    {
        /// <inheritdoc/>
        public override MarginalPoint At(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(spread);
            var marginal = predictor + (spread * spread / 2);
            var mean = Math.Exp(marginal);
            return new MarginalPoint(mean, mean, mean * spread, marginal, 1, spread);
        }

        /// <inheritdoc/>
        public override double Invert(double target, double spread) => target - (spread * spread / 2);
    }

    /// <summary>Identity: p = η: nothing moves.</summary>
    public sealed class Identity : MarginalMean
    {
        /// <inheritdoc/>
        public override MarginalPoint At(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(spread);
            return new MarginalPoint(predictor, 1, 0, predictor, 1, 0);
        }

        /// <inheritdoc/>
        public override double Invert(double target, double spread) => target;
    }

    /// <summary>Square root: p = η² + τ².</summary>
    public sealed class SquareRoot : MarginalMean
    {
        /// <inheritdoc/>
        public override MarginalPoint At(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(spread);
            var marginal = Math.Sqrt((predictor * predictor) + (spread * spread));
            var slope = marginal == 0 ? 1 : predictor / marginal;
            var spreadSlope = marginal == 0 ? 0 : spread / marginal;
            return new MarginalPoint(marginal * marginal, 2 * predictor, 2 * spread, marginal, slope, spreadSlope);
        }

        /// <inheritdoc/>
        /// <remarks>Where the target is below τ no η reaches it; the nearest, 0, is returned.</remarks>
        public override double Invert(double target, double spread) => Math.Sqrt(Math.Max(0, (target * target) - (spread * spread)));
    }
}
