using System.Numerics;
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
            public static Vector<double> Invoke(Vector<double> x) => MeanAndDerivativeFunction.Invoke(x).First;
        }

        private readonly struct MeanAndDerivativeFunction : IVectorFunction2
        {
            public static (Vector<double> First, Vector<double> Second) Invoke(Vector<double> x)
            {
                var t = Vector.Exp(-Vector.Abs(x));
                var s = Vector<double>.One / (Vector<double>.One + t);
                var ts = t * s;
                var mean = Vector.ConditionalSelect(Vector.GreaterThanOrEqual(x, Vector<double>.Zero), s, ts);
                var floor = new Vector<double>(Threshold);
                return (Vector.Min(Vector.Max(mean, floor), new Vector<double>(1 - Threshold)), Vector.Max(ts * s, floor));
            }
        }
    }
}
