using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Glmm.Intercept;

public abstract partial class InterceptLaw
{
    /// <summary>The bridge: b itself is integrated, at b = c sinh t with c = π(1 − φ)/φ, the distance of the density's poles.</summary>
    /// <remarks>
    /// f(b; φ) = sin φπ / {2π [cosh φb + cos φπ]} (Wang and Louis 2003). With e = e^(−φ|b|) and D = 1 + 2e cos φπ + e², which is written
    /// (1 − e)² + 2e(1 + cos φπ) so that nothing cancels, cosh φb + cos φπ = D/(2e). The substitution only places the nodes: scores are
    /// those of b held still. docs/derivations/random-intercept.md, equations 12 to 16.
    /// </remarks>
    private sealed class BridgeLaw : InterceptLaw
    {
        private const int Phi = 0;
        private const int Scale = 1;
        private const int Sine = 2;
        private const int Cosine = 3;
        private const int OnePlusCosine = 4;
        private const int LogNorm = 5;
        private const int Slope = 6;
        private const int Curvature = 7;
        private const int Cotangent = 8;
        private const int CosecantSquare = 9;

        public override string Name => "bridge";

        public override bool IsScaleFamily => false;

        internal override int ConstantCount => 10;

        public override bool Allows(Link link) => link == Link.Logit;

        public override MarginalPoint MeanAt(Link link, double predictor, double deviation)
        {
            if (link != Link.Logit)
            {
                throw new ArgumentException("The bridge distribution here is that of the logit link.", nameof(link));
            }

            var phi = BridgeDistribution.AttenuationOf(deviation);
            var spreadSlope = predictor * BridgeDistribution.AttenuationSlope(deviation);
            var marginal = phi * predictor;
            var mean = Elementary.Logistic(marginal);
            var density = mean * Elementary.Logistic(-marginal);
            return new MarginalPoint(mean, density * phi, density * spreadSlope, marginal, phi, spreadSlope);
        }

        internal override void Prepare(double sigma, Span<double> constants)
        {
            var phi = BridgeDistribution.AttenuationOf(sigma);
            var rate = 3 / (Math.PI * Math.PI);
            var cube = phi * phi * phi;

            // 1 − φ = 3σ²φ²/π² / (1 + φ), so that little spread leaves all digits.
            var rest = rate * sigma * sigma * phi * phi / (1 + phi);
            var (sine, cosine) = (Math.Sin(Math.PI * rest), -Math.Cos(Math.PI * rest));
            var half = Math.Sin(Math.PI * rest / 2);
            constants[Phi] = phi;
            constants[Scale] = Math.PI * rest / phi;
            constants[Sine] = sine;
            constants[Cosine] = cosine;
            constants[OnePlusCosine] = 2 * half * half;
            constants[LogNorm] = Math.Log(sine / Math.PI) + HalfLogTwoPi;
            constants[Slope] = -rate * sigma * cube;
            constants[Curvature] = (-rate * cube) + (3 * rate * rate * sigma * sigma * cube * phi * phi);
            constants[Cotangent] = Math.PI * cosine / sine;
            constants[CosecantSquare] = Math.PI * Math.PI / (sine * sine);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        internal override void Trace(ReadOnlySpan<Vector256<double>> constants, Vector256<double> t, out LawCurve curve)
        {
            var sinh = Sinh(t, out var cosh);
            var phi = constants[Phi];
            var b = constants[Scale] * sinh;
            var (e, d) = Decay(constants, b);
            var square = e * e;
            var tanh = sinh / cosh;
            var slope = -phi * Signed(b, Vector256<double>.One - square) / d;
            var curvature = -phi * phi * ((4 * square) + (2 * e * (Vector256<double>.One + square) * constants[Cosine])) / (d * d);
            curve.Effect = b;
            curve.EffectSlope = constants[Scale] * cosh;
            curve.EffectCurvature = b;
            curve.Log = LogDensity(constants, b, d) + Vector256.Log(curve.EffectSlope);
            curve.LogSlope = (slope * curve.EffectSlope) + tanh;
            curve.LogCurvature =
                (curvature * curve.EffectSlope * curve.EffectSlope) + (slope * b) + Vector256<double>.One - (tanh * tanh);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        internal override void At(ReadOnlySpan<Vector256<double>> constants, Vector256<double> t, out LawNode node)
        {
            var b = constants[Scale] * Sinh(t, out var cosh);
            var (e, d) = Decay(constants, b);
            var square = e * e;
            var ratio = ((Vector256.Abs(b) * (Vector256<double>.One - square)) - (2 * Math.PI * e * constants[Sine])) / d;
            var next = ((b * b * (Vector256<double>.One + square)) - (2 * Math.PI * Math.PI * e * constants[Cosine])) / d;
            var byPhi = constants[Cotangent] - ratio;
            var slope = constants[Slope];
            node.Effect = b;
            node.Motion = Vector256<double>.Zero;
            node.Log = LogDensity(constants, b, d) + Vector256.Log(constants[Scale] * cosh);
            node.Score = slope * byPhi;
            node.ScoreSlope =
                (slope * slope * ((ratio * ratio) - next - constants[CosecantSquare])) + (constants[Curvature] * byPhi);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static (Vector256<double> E, Vector256<double> D) Decay(ReadOnlySpan<Vector256<double>> constants, Vector256<double> b)
        {
            var e = LaneExponential.Exp(-constants[Phi] * Vector256.Abs(b));
            var rest = Vector256<double>.One - e;
            return (e, (rest * rest) + (2 * e * constants[OnePlusCosine]));
        }

        /// <summary>log f + ½ log 2π = log sin φπ + log 2e − log 2πD + ½ log 2π, with log e as it is before it rounds to 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<double> LogDensity(ReadOnlySpan<Vector256<double>> constants, Vector256<double> b, Vector256<double> d) =>
            constants[LogNorm] - (constants[Phi] * Vector256.Abs(b)) - Vector256.Log(d);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<double> Signed(Vector256<double> sign, Vector256<double> value) =>
            Vector256.ConditionalSelect(Vector256.LessThan(sign, Vector256<double>.Zero), -value, value);
    }
}
