using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Families;

public abstract partial class Link
{
    /// <summary>η = log μ, μ &gt; 0.</summary>
    public static Link Log { get; } = new LogLink();

    private sealed class LogLink : Link
    {
        // exp(709.8) overflows; beyond 700 the mean stays where it is.
        private const double LargestPredictor = 700;

        public LogLink()
            : base("log")
        {
        }

        public override double Predictor(double mean) => Math.Log(mean);

        public override double Mean(double predictor) => Math.Max(Exponential(predictor), Threshold);

        public override double Derivative(double predictor) => Mean(predictor);

        public override double SecondDerivative(double predictor) => Exponential(predictor);

        public override void Mean(ReadOnlySpan<double> predictor, Span<double> mean) => SpanKernel.Apply<MeanFunction>(predictor, mean);

        public override void MeanAndDerivative(ReadOnlySpan<double> predictor, Span<double> mean, Span<double> derivative)
        {
            SpanKernel.CheckLengths(predictor, mean);
            SpanKernel.Apply<MeanFunction>(predictor, derivative);
            derivative[..predictor.Length].CopyTo(mean);
        }

        private static double Exponential(double predictor) => Math.Exp(Math.Min(predictor, LargestPredictor));

        private readonly struct MeanFunction : IVectorFunction
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static Vector256<double> Invoke(Vector256<double> x) =>
                Vector256.Max(LaneExponential.Exp(Vector256.Min(x, Vector256.Create(LargestPredictor))), Vector256.Create(Threshold));
        }
    }
}
