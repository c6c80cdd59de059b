using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.Families;

public abstract partial class Link
{
    /// <summary>The complementary log-log link, η = log(−log(1 − μ)), μ in (0, 1).</summary>
    public static Link Cloglog { get; } = new CloglogLink();

    private sealed class CloglogLink : Link
    {
        public CloglogLink()
            : base("cloglog")
        {
        }

        public override double? LatentVariance => Math.PI * Math.PI / 6;

        public override double Predictor(double mean) => Math.Log(-Elementary.LogOnePlus(-mean));

        public override double Mean(double predictor) =>
            Math.Clamp(-Elementary.ExpMinusOne(-Math.Exp(predictor)), Threshold, 1 - Threshold);

        public override double Derivative(double predictor) => Math.Max(Density(predictor), Threshold);

        public override double SecondDerivative(double predictor)
        {
            var density = Density(predictor);
            return density == 0 ? 0 : density * -Elementary.ExpMinusOne(predictor);
        }

        public override void Mean(ReadOnlySpan<double> predictor, Span<double> mean)
        {
            SpanKernel.CheckLengths(predictor, mean);
            for (var i = 0; i < predictor.Length; i++)
            {
                mean[i] = Mean(predictor[i]);
            }
        }

        public override void MeanAndDerivative(ReadOnlySpan<double> predictor, Span<double> mean, Span<double> derivative)
        {
            SpanKernel.Apply<DerivativeFunction>(predictor, derivative);
            Mean(predictor, mean);
        }

        private static double Density(double predictor) => Math.Exp(predictor - Math.Exp(Math.Min(predictor, 700)));

        private readonly struct DerivativeFunction : IVectorFunction
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public static Vector256<double> Invoke(Vector256<double> x) =>
                Vector256.Max(
                    LaneExponential.Exp(x - LaneExponential.Exp(Vector256.Min(x, Vector256.Create(700.0)))),
                    Vector256.Create(Threshold));
        }
    }
}
