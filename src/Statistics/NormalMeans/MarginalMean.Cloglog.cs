using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.NormalMeans;

public abstract partial class MarginalMean
{
    /// <summary>The complementary log-log mean p(η, τ) = ∫ [1 − exp(−e^{η + τz})] φ(z) dz, absolute error below 1e-13.</summary>
    /// <remarks>
    /// exp(−eᵘ) is entire but grows without bound beyond |Im u| = π/2, the strip of <see cref="NormalTrapezoid"/>. Below the median the
    /// event's probability is integrated, above it the complement's, so both tails keep their relative accuracy.
    /// </remarks>
    public sealed partial class Cloglog : MarginalMean
    {
        private const int ModeSteps = 100;
        private const double MedianPredictor = -0.36651292058166432701;

        /// <inheritdoc/>
        public override MarginalPoint At(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(spread, 0.0);
            if (spread == 0)
            {
                return new MarginalPoint(
                    -Elementary.ExpMinusOne(-Math.Exp(predictor)),
                    Math.Exp(predictor - Math.Exp(predictor)),
                    0,
                    predictor,
                    1,
                    0);
            }

            var upperTail = predictor > MedianPredictor;
            var sums = spread < LatentSum.SmallestSpread
                ? NormalTrapezoid.Integrate(
                    predictor,
                    spread,
                    Mode(predictor, spread, upperTail, 1),
                    Math.PI / 2,
                    upperTail ? AddSurvival : AddEvents)
                : LatentSum.Integrate(predictor, spread, upperTail, Math.PI / 2, Density);
            var tail = sums.Tail;
            var logSurvival = upperTail ? Math.Log(tail) : Elementary.LogOnePlus(-tail);
            var mean = upperTail ? 1 - tail : tail;
            var linkSlope = -logSurvival * (upperTail ? tail : 1 - tail);
            return new MarginalPoint(
                mean,
                sums.Slope,
                sums.SpreadSlope,
                Math.Log(-logSurvival),
                sums.Slope / linkSlope,
                sums.SpreadSlope / linkSlope);
        }

        /// <inheritdoc/>
        public override MarginalSquare Square(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(spread, 0.0);
            if (spread == 0)
            {
                var mean = -Elementary.ExpMinusOne(-Math.Exp(predictor));
                return new MarginalSquare(mean * mean, 2 * mean * Math.Exp(predictor - Math.Exp(predictor)), 0);
            }

            var sums = spread < LatentSum.SmallestSpread
                ? NormalTrapezoid.Integrate(
                    predictor, spread, Mode(predictor, spread, upperTail: false, 2), Math.PI / 2, AddSquares)
                : LatentSum.Integrate(predictor, spread, upperTail: false, Math.PI / 2, SquaresDensity);
            return new MarginalSquare(sums.Tail, sums.Slope, sums.SpreadSlope);
        }

        private static double Density(double u) => Math.Exp(u - Math.Exp(u));

        private static double SquaresDensity(double u) => -2 * Elementary.ExpMinusOne(-Math.Exp(u)) * Density(u);

        private static void AddSurvival(
            ReadOnlySpan<double> nodes,
            ReadOnlySpan<double> weights,
            Span<double> predictor,
            ref MarginalSums sums) =>
            AddBlock(nodes, weights, predictor, upperTail: true, ref sums);

        private static void AddEvents(
            ReadOnlySpan<double> nodes,
            ReadOnlySpan<double> weights,
            Span<double> predictor,
            ref MarginalSums sums) =>
            AddBlock(nodes, weights, predictor, upperTail: false, ref sums);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void AddBlock(
            ReadOnlySpan<double> nodes,
            ReadOnlySpan<double> weights,
            Span<double> hazard,
            bool upperTail,
            ref MarginalSums sums)
        {
            TensorPrimitives.Exp<double>(hazard, hazard);
            for (var k = 0; k < nodes.Length; k++)
            {
                // The hazard is infinite where the survival is 0 to the last bit: 0 · ∞ must count as 0.
                var survival = Math.Exp(-hazard[k]);
                var density = survival == 0 ? 0 : weights[k] * hazard[k] * survival;
                sums.Tail += weights[k] * (upperTail ? survival : -Elementary.ExpMinusOne(-hazard[k]));
                sums.Slope += density;
                sums.SpreadSlope += density * nodes[k];
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void AddSquares(ReadOnlySpan<double> nodes, ReadOnlySpan<double> weights, Span<double> hazard, ref MarginalSums sums)
        {
            TensorPrimitives.Exp<double>(hazard, hazard);
            for (var k = 0; k < nodes.Length; k++)
            {
                var survival = Math.Exp(-hazard[k]);
                var events = -Elementary.ExpMinusOne(-hazard[k]);
                var slope = survival == 0 ? 0 : 2 * weights[k] * events * hazard[k] * survival;
                sums.Tail += weights[k] * events * events;
                sums.Slope += slope;
                sums.SpreadSlope += slope * nodes[k];
            }
        }

        /// <summary>
        /// The mode of the integrated tail, raised to a power, times φ(z), by
        /// bisection on the derivative of its logarithm, which decreases in z.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static double Mode(double eta, double tau, bool upperTail, int power)
        {
            double low = upperTail ? -Math.Max(1, Math.Abs(eta) / Math.Max(tau, 1e-8)) - tau : 0, high = upperTail ? 0 : power * tau;
            low = Math.Max(low, -40);
            for (var iteration = 0; iteration < ModeSteps && high - low > 1e-3; iteration++)
            {
                var z = (low + high) / 2;
                var hazard = Math.Exp(eta + (tau * z));
                var score = upperTail ? -tau * hazard
                    : double.IsInfinity(hazard) ? 0
                    : power * tau * hazard / Math.Max(Elementary.ExpMinusOne(hazard), double.Epsilon);
                if (score > z)
                {
                    low = z;
                }
                else
                {
                    high = z;
                }
            }

            return (low + high) / 2;
        }
    }
}
