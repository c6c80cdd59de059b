using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Families;

public abstract partial class Link
{
    /// <summary>η = log(μ / (1 − μ)), μ in (0, 1).</summary>
    public static Link Logit { get; } = new LogitLink();

    private sealed class LogitLink : Link
    {
        public LogitLink()
            : base("logit")
        {
        }

        public override double? LatentVariance => Math.PI * Math.PI / 3;

        public override double Predictor(double mean) => Math.Log(mean / (1 - mean));

        public override double Mean(double predictor) => Math.Clamp(Elementary.Logistic(predictor), Threshold, 1 - Threshold);

        public override double Derivative(double predictor) => Math.Max(Density(predictor), Threshold);

        public override double SecondDerivative(double predictor) => -Density(predictor) * Math.Tanh(predictor / 2);

        public override void Mean(ReadOnlySpan<double> predictor, Span<double> mean) => SpanKernel.Apply<MeanFunction>(predictor, mean);

        public override void MeanAndDerivative(ReadOnlySpan<double> predictor, Span<double> mean, Span<double> derivative) =>
            SpanKernel.Apply2<MeanAndDerivativeFunction>(predictor, mean, derivative);

        // p(1 − p) without cancellation.
        private static double Density(double predictor)
        {
            var t = Math.Exp(-Math.Abs(predictor));
            var s = 1 / (1 + t);
            return t * s * s;
        }

        private readonly struct MeanFunction : IVectorFunction
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static Vector256<double> Invoke(Vector256<double> x) => MeanAndDerivativeFunction.Invoke(x).First;
        }

        private readonly struct MeanAndDerivativeFunction : IVectorFunction2
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static (Vector256<double> First, Vector256<double> Second) Invoke(Vector256<double> x)
            {
                var t = LaneExponential.OfNegative(-Vector256.Abs(x));
                var s = Vector256<double>.One / (Vector256<double>.One + t);
                var ts = t * s;
                var mean = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(x, Vector256<double>.Zero), s, ts);
                var floor = Vector256.Create(Threshold);
                return (Vector256.Min(Vector256.Max(mean, floor), Vector256.Create(1 - Threshold)), Vector256.Max(ts * s, floor));
            }
        }
    }
}
