using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.NormalMeans;

public abstract partial class MarginalMean
{
    /// <summary>
    /// The logistic-normal integral p(η, τ) = ∫ expit(η + τz) φ(z) dz, absolute error below 1e-14, relative below 1e-12 in the tails.
    /// </summary>
    /// <remarks>
    /// expit has its nearest poles at ±iπ, the strip of <see cref="NormalTrapezoid"/>. The lower tail is integrated and mirrored.
    /// </remarks>
    public sealed partial class Logit : MarginalMean
    {
        private const int ModeSteps = 100;

        /// <inheritdoc/>
        public override MarginalPoint At(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(spread, 0.0);
            if (spread == 0)
            {
                var density = Elementary.Logistic(predictor) * Elementary.Logistic(-predictor);
                return new MarginalPoint(Elementary.Logistic(predictor), density, 0, predictor, 1, 0);
            }

            var lower = LowerTail(-Math.Abs(predictor), spread);
            if (predictor <= 0)
            {
                return lower;
            }

            return lower with
            {
                Mean = 1 - lower.Mean,
                MeanSpreadSlope = -lower.MeanSpreadSlope,
                Predictor = -lower.Predictor,
                PredictorSpreadSlope = -lower.PredictorSpreadSlope,
            };
        }

        /// <inheritdoc/>
        public override MarginalSquare Square(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(spread, 0.0);
            if (spread == 0)
            {
                var mean = Elementary.Logistic(predictor);
                return new MarginalSquare(mean * mean, 2 * mean * mean * Elementary.Logistic(-predictor), 0);
            }

            var sums = spread < LatentSum.SmallestSpread
                ? NormalTrapezoid.Integrate(predictor, spread, Mode(predictor, spread, 2), Math.PI, AddSquares)
                : LatentSum.Integrate(predictor, spread, upperTail: false, Math.PI, SquaresDensity);
            return new MarginalSquare(sums.Tail, sums.Slope, sums.SpreadSlope);
        }

        private protected override double Guess(double target, double spread) => target * LogitAttenuation.Divisor(spread);

        private static MarginalPoint LowerTail(double eta, double tau)
        {
            var sums = tau < LatentSum.SmallestSpread
                ? NormalTrapezoid.Integrate(eta, tau, Mode(eta, tau, 1), Math.PI, AddBlock)
                : LatentSum.Integrate(eta, tau, upperTail: false, Math.PI, Density);
            var mean = sums.Tail;
            var odds = mean * (1 - mean);
            return new MarginalPoint(
                mean,
                sums.Slope,
                sums.SpreadSlope,
                Math.Log(mean) - Elementary.LogOnePlus(-mean),
                sums.Slope / odds,
                sums.SpreadSlope / odds);
        }

        private static double Density(double u) => Elementary.Logistic(u) * Elementary.Logistic(-u);

        private static double SquaresDensity(double u) => 2 * Elementary.Logistic(u) * Density(u);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void AddBlock(
            ReadOnlySpan<double> nodes,
            ReadOnlySpan<double> weights,
            Span<double> predictor,
            ref MarginalSums sums)
        {
            TensorPrimitives.Sigmoid<double>(predictor, predictor);
            double mean = sums.Tail, slope = sums.Slope, spreadSlope = sums.SpreadSlope;
            for (var k = 0; k < nodes.Length; k++)
            {
                var below = weights[k] * predictor[k];
                var both = below * (1 - predictor[k]);
                mean += below;
                slope += both;
                spreadSlope += both * nodes[k];
            }

            (sums.Tail, sums.Slope, sums.SpreadSlope) = (mean, slope, spreadSlope);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void AddSquares(
            ReadOnlySpan<double> nodes,
            ReadOnlySpan<double> weights,
            Span<double> predictor,
            ref MarginalSums sums)
        {
            TensorPrimitives.Sigmoid<double>(predictor, predictor);
            for (var k = 0; k < nodes.Length; k++)
            {
                var square = weights[k] * predictor[k] * predictor[k];
                var slope = 2 * square * (1 - predictor[k]);
                sums.Tail += square;
                sums.Slope += slope;
                sums.SpreadSlope += slope * nodes[k];
            }
        }

        /// <summary>The mode of expit(η + τz)ᵏφ(z): z = kτ(1 − expit(η + τz)), bracketed by 0 and kτ.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static double Mode(double eta, double tau, int power)
        {
            var steepness = power * tau;
            double low = 0, high = steepness, z = Math.Min(high, -eta / tau);
            for (var iteration = 0; iteration < ModeSteps && high - low > 1e-3; iteration++)
            {
                var upper = 1 / (1 + Math.Exp(eta + (tau * z)));
                var slack = (steepness * upper) - z;
                if (slack > 0)
                {
                    low = z;
                }
                else
                {
                    high = z;
                }

                var next = z + (slack / (1 + (steepness * tau * upper * (1 - upper))));
                if (Math.Abs(next - z) < 1e-3)
                {
                    return next;
                }

                z = next > low && next < high ? next : (low + high) / 2;
            }

            return z;
        }
    }
}
