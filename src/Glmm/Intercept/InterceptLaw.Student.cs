using System.Numerics;
using MarginalConditional.Statistics.Families;
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
        private static readonly double Root = Math.Sqrt(3);
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
            for (var k = -HalfCount; k <= HalfCount; k++)
            {
                var cosh = Math.Cosh(k * Step);
                var u = Root * Math.Sinh(k * Step);
                var weight = Step * 8 / (3 * Math.PI) / (cosh * cosh * cosh * cosh * cosh);
                var eta = predictor + (deviation * u);
                var derivative = weight * link.Derivative(eta);
                mean += weight * link.Mean(eta);
                slope += derivative;
                spreadSlope += derivative * u;
            }

            return Complete(link, mean, slope, spreadSlope);
        }

        internal override void Trace(ReadOnlySpan<Vector<double>> constants, Vector<double> t, out LawCurve curve)
        {
            var sinh = Sinh(t, out var cosh);
            var tanh = sinh / cosh;
            curve.Effect = constants[0] * Root * sinh;
            curve.EffectSlope = constants[0] * Root * cosh;
            curve.EffectCurvature = curve.Effect;
            curve.Log = new Vector<double>(LogScale) - (5 * Vector.Log(cosh));
            curve.LogSlope = -5 * tanh;
            curve.LogCurvature = (5 * tanh * tanh) - new Vector<double>(5);
        }

        internal override void At(ReadOnlySpan<Vector<double>> constants, Vector<double> t, out LawNode node)
        {
            node.Motion = Root * Sinh(t, out var cosh);
            node.Effect = constants[0] * node.Motion;
            node.Log = new Vector<double>(LogScale) - (5 * Vector.Log(cosh));
            node.Score = node.ScoreSlope = Vector<double>.Zero;
        }
    }

    /// <summary>sinh t and cosh t; their absolute error is one rounding of cosh t.</summary>
    private static Vector<double> Sinh(Vector<double> t, out Vector<double> cosh)
    {
        var up = Vector.Exp(t);
        var down = Vector<double>.One / up;
        cosh = 0.5 * (up + down);
        return 0.5 * (up - down);
    }
}
