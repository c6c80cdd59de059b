using MarginalConditional.Statistics.Distributions;
using MathNet.Numerics.Integration;

namespace MarginalConditional.Statistics.NormalMeans;

public abstract partial class MarginalMean
{
    /// <summary>Probit: p = Φ(η / √(1 + τ²)), exactly (Zeger, Liang and Albert 1988, equation 3.2).</summary>
    public sealed class Probit : MarginalMean
    {
        /// <summary>Gauss–Legendre on (0, 1): the integrand is analytic about the whole range, however large the spread.</summary>
        private static readonly GaussLegendreRule Legendre = new(0, 1, 64);

        /// <inheritdoc/>
        public override MarginalPoint At(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(spread, 0.0);
            var attenuation = 1 / Math.Sqrt(1 + (spread * spread));
            var marginal = predictor * attenuation;
            var spreadSlope = -marginal * spread * attenuation * attenuation;
            var density = StandardNormal.Density(marginal);
            var mean = StandardNormal.Cumulative(marginal);
            return new MarginalPoint(mean, density * attenuation, density * spreadSlope, marginal, attenuation, spreadSlope);
        }

        /// <inheritdoc/>
        /// <remarks>
        /// E Φ(η + τz)² is the probability that two normals of correlation ρ = τ²/(1 + τ²) both stay below a = η/√(1 + τ²):
        /// Φ(a)² + (2π)⁻¹ ∫ exp{−a²/(1 + sin θ)} dθ from 0 to arcsin ρ (Plackett 1954), every term positive.
        /// </remarks>
        public override MarginalSquare Square(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(spread, 0.0);
            var total = 1 + (spread * spread);
            var pair = total + (spread * spread);
            var limit = predictor / Math.Sqrt(total);
            var mean = StandardNormal.Cumulative(limit);
            var angle = Math.Asin(spread * spread / total);
            var shared = 0.0;
            for (var k = 0; k < Legendre.Order; k++)
            {
                shared += Legendre.GetWeight(k) * Math.Exp(-limit * limit / (1 + Math.Sin(angle * Legendre.GetAbscissa(k))));
            }

            // The limit moves by the spread as well as the correlation does.
            var limitSlope = 2 * StandardNormal.Density(limit) * StandardNormal.Cumulative(limit / Math.Sqrt(pair));
            var correlationSlope = spread / (Math.PI * total * Math.Sqrt(pair)) * Math.Exp(-limit * limit * total / pair);
            return new MarginalSquare(
                (mean * mean) + (angle * shared / (2 * Math.PI)),
                limitSlope / Math.Sqrt(total),
                correlationSlope - (limitSlope * limit * spread / total));
        }

        /// <inheritdoc/>
        public override double Invert(double target, double spread) => target * Math.Sqrt(1 + (spread * spread));

        /// <inheritdoc/>
        public override ConditionalPoint Inverse(double target, double spread)
        {
            var root = Math.Sqrt(1 + (spread * spread));
            return new ConditionalPoint(
                target * root, root, 0, target * spread / root, spread / root, target / (root * root * root));
        }
    }

    /// <summary>Log: p = exp(η + τ²/2): only the intercept moves when τ is the same in every row.</summary>
    public sealed class Log : MarginalMean
    {
        /// <inheritdoc/>
        public override MarginalPoint At(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(spread, 0.0);
            var marginal = predictor + (spread * spread / 2);
            var mean = Math.Exp(marginal);
            return new MarginalPoint(mean, mean, mean * spread, marginal, 1, spread);
        }

        /// <inheritdoc/>
        public override MarginalSquare Square(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(spread, 0.0);
            var square = Math.Exp(2 * (predictor + (spread * spread)));
            return new MarginalSquare(square, 2 * square, 4 * spread * square);
        }

        /// <inheritdoc/>
        public override double Invert(double target, double spread) => target - (spread * spread / 2);

        /// <inheritdoc/>
        public override ConditionalPoint Inverse(double target, double spread) => new(Invert(target, spread), 1, 0, -spread, 0, -1);
    }

    /// <summary>Identity: p = η: nothing moves.</summary>
    public sealed class Identity : MarginalMean
    {
        /// <inheritdoc/>
        public override MarginalPoint At(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(spread, 0.0);
            return new MarginalPoint(predictor, 1, 0, predictor, 1, 0);
        }

        /// <inheritdoc/>
        public override MarginalSquare Square(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(spread, 0.0);
            return new MarginalSquare((predictor * predictor) + (spread * spread), 2 * predictor, 2 * spread);
        }

        /// <inheritdoc/>
        public override double Invert(double target, double spread) => target;

        /// <inheritdoc/>
        public override ConditionalPoint Inverse(double target, double spread) => new(target, 1, 0, 0, 0, 0);
    }

    /// <summary>Square root: p = η² + τ².</summary>
    public sealed class SquareRoot : MarginalMean
    {
        /// <inheritdoc/>
        public override MarginalPoint At(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(spread, 0.0);
            var marginal = Math.Sqrt((predictor * predictor) + (spread * spread));
            var slope = marginal == 0 ? 1 : predictor / marginal;
            var spreadSlope = marginal == 0 ? 0 : spread / marginal;
            return new MarginalPoint(marginal * marginal, 2 * predictor, 2 * spread, marginal, slope, spreadSlope);
        }

        /// <inheritdoc/>
        /// <remarks>The fourth moment of a normal variable: η⁴ + 6η²τ² + 3τ⁴.</remarks>
        public override MarginalSquare Square(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(spread, 0.0);
            double square = predictor * predictor, variance = spread * spread;
            return new MarginalSquare(
                (square * square) + (6 * square * variance) + (3 * variance * variance),
                4 * predictor * (square + (3 * variance)),
                12 * spread * (square + variance));
        }

        /// <inheritdoc/>
        /// <remarks>Where the target is below τ no η reaches it; the nearest, 0, is returned.</remarks>
        public override double Invert(double target, double spread) => Math.Sqrt(Math.Max(0, (target * target) - (spread * spread)));

        /// <inheritdoc/>
        /// <remarks>Derivatives of √(m² − τ²); where it is 0 they do not exist, and none is given.</remarks>
        public override ConditionalPoint Inverse(double target, double spread)
        {
            var delta = Invert(target, spread);
            var cube = delta * delta * delta;
            return delta == 0
                ? default
                : new ConditionalPoint(
                    delta,
                    target / delta,
                    -spread * spread / cube,
                    -spread / delta,
                    target * spread / cube,
                    -target * target / cube);
        }
    }
}
