using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Glmm.Intercept;

public abstract partial class InterceptLaw
{
    /// <summary>b = σ√3 sinh t, the density of t being 8/(3π) cosh⁻⁵ t: Student's t with five degrees of freedom over √(5/3).</summary>
    /// <remarks>In t the tails are exponential, where those of b are powers, for which no Gauss–Hermite rule is made.</remarks>
    private sealed class StudentLaw : InterceptLaw
    {
        private const double Step = 1.0 / 128;
        private const int HalfCount = 1100;
        private const int PlaceCount = (2 * HalfCount) + 1;
        private static readonly double Root = Math.Sqrt(3);

        /// <summary>u and the weights of the sum, made when first a mean is asked for.</summary>
        private static readonly Lazy<(double[] Units, double[] Weights)> Places = new(() =>
        {
            double[] steps = [.. Enumerable.Range(-HalfCount, PlaceCount).Select(k => k * Step)];
            return (
                [.. steps.Select(t => Root * Math.Sinh(t))],
                [.. steps.Select(t => Step * 8 / (3 * Math.PI) / Math.Pow(Math.Cosh(t), 5))]);
        });

        private static readonly double LogScale = Math.Log(8 / (3 * Math.PI)) + HalfLogTwoPi;

        public override string Name => "Student's t, 5 df";

        /// <inheritdoc/>
        /// <remarks>
        /// A trapezoidal sum over t, whose terms fall off on both sides like e^(−5|t|): its error is below 1e-12 for σ up to 5. It needs
        /// neither centre nor tails, for the tails of these means are no lighter than those of t.
        /// </remarks>
        public override MarginalPoint MeanAt(Link link, double predictor, double deviation)
        {
            ArgumentNullException.ThrowIfNull(link);
            if (!MarginalMean.Exists(link) || link == Link.Log)
            {
                throw new ArgumentException($"With the {link} link the mean over Student's t does not exist.", nameof(link));
            }

            double mean = 0, slope = 0, spreadSlope = 0;
            Span<double> eta = stackalloc double[PlaceCount], means = stackalloc double[PlaceCount], slopes = stackalloc double[PlaceCount];
            var (places, weights) = (Places.Value.Units, Places.Value.Weights);
            for (var k = 0; k < PlaceCount; k++)
            {
                eta[k] = predictor + (deviation * places[k]);
            }

            link.MeanAndDerivative(eta, means, slopes);
            for (var k = 0; k < PlaceCount; k++)
            {
                var derivative = weights[k] * slopes[k];
                mean += weights[k] * means[k];
                slope += derivative;
                spreadSlope += derivative * places[k];
            }

            return Complete(link, mean, slope, spreadSlope);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        internal override void Trace(ReadOnlySpan<Vector256<double>> constants, Vector256<double> t, out LawCurve curve)
        {
            var sinh = Sinh(t, out var cosh);
            var tanh = sinh / cosh;
            curve.Effect = constants[0] * Root * sinh;
            curve.EffectSlope = constants[0] * Root * cosh;
            curve.EffectCurvature = curve.Effect;
            curve.Log = Vector256.Create(LogScale) - (5 * Vector256.Log(cosh));
            curve.LogSlope = -5 * tanh;
            curve.LogCurvature = (5 * tanh * tanh) - Vector256.Create(5.0);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        internal override void At(ReadOnlySpan<Vector256<double>> constants, Vector256<double> t, out LawNode node)
        {
            node.Motion = Root * Sinh(t, out var cosh);
            node.Effect = constants[0] * node.Motion;
            node.Log = Vector256.Create(LogScale) - (5 * Vector256.Log(cosh));
            node.Score = node.ScoreSlope = Vector256<double>.Zero;
        }
    }

    /// <summary>sinh t and cosh t; their absolute error is one rounding of cosh t.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Sinh(Vector256<double> t, out Vector256<double> cosh)
    {
        var up = LaneExponential.Exp(t);
        var down = Vector256<double>.One / up;
        cosh = 0.5 * (up + down);
        return 0.5 * (up - down);
    }
}
