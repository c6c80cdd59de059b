using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Compare.Marginalization;

public abstract partial class MarginalMean
{
    /// <summary>The logistic-normal integral p(η, τ) = ∫ expit(η + τz) φ(z) dz, absolute error below 1e-14, relative below 1e-12 in the tails.</summary>
    /// <remarks>expit has its nearest poles at ±iπ, the strip of <see cref="NormalTrapezoid"/>. The lower tail is integrated and mirrored.</remarks>
    public sealed class Logit : MarginalMean
    {
        private const int ModeSteps = 100;

        /// <inheritdoc/>
        public override MarginalPoint At(double predictor, double spread)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(spread);
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

        private protected override double Guess(double target, double spread) =>
            target * Math.Sqrt(1 + (ClosedFormMarginals.LogitScale * ClosedFormMarginals.LogitScale * spread * spread));

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static MarginalPoint LowerTail(double eta, double tau)
        {
            var center = Mode(eta, tau);
            var step = NormalTrapezoid.Step(tau, Math.PI);
            var count = NormalTrapezoid.Nodes(step);
            double mean = 0, slope = 0, spreadSlope = 0;
            Span<double> nodeBuffer = stackalloc double[NormalTrapezoid.BlockSize];
            Span<double> weightBuffer = stackalloc double[NormalTrapezoid.BlockSize];
            Span<double> probabilityBuffer = stackalloc double[NormalTrapezoid.BlockSize];
            for (var first = 0; first < count; first += NormalTrapezoid.BlockSize)
            {
                var length = Math.Min(NormalTrapezoid.BlockSize, count - first);
                var z = nodeBuffer[..length];
                var weight = weightBuffer[..length];
                var probability = probabilityBuffer[..length];
                NormalTrapezoid.Fill(center, step, count, first, z, weight);
                TensorPrimitives.Multiply(z, tau, probability);
                TensorPrimitives.Add(probability, eta, probability);
                TensorPrimitives.Sigmoid<double>(probability, probability);
                for (var k = 0; k < length; k++)
                {
                    var below = weight[k] * probability[k];
                    var both = below * (1 - probability[k]);
                    mean += below;
                    slope += both;
                    spreadSlope += both * z[k];
                }
            }

            var odds = mean * (1 - mean);
            return new MarginalPoint(mean, slope, spreadSlope, Math.Log(mean) - Elementary.LogOnePlus(-mean), slope / odds, spreadSlope / odds);
        }

        /// <summary>The mode of expit(η + τz)φ(z): z = τ(1 − expit(η + τz)), bracketed by 0 and τ.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static double Mode(double eta, double tau)
        {
            double low = 0, high = tau, z = Math.Min(tau, tau == 0 ? 0 : -eta / tau);
            for (var iteration = 0; iteration < ModeSteps && high - low > 1e-3; iteration++)
            {
                var upper = 1 / (1 + Math.Exp(eta + (tau * z)));
                var slack = (tau * upper) - z;
                if (slack > 0)
                {
                    low = z;
                }
                else
                {
                    high = z;
                }

                var next = z + (slack / (1 + (tau * tau * upper * (1 - upper))));
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
