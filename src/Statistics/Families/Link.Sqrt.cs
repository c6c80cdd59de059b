using MarginalConditional.Statistics.LinearAlgebra;


namespace MarginalConditional.Statistics.Families;

public abstract partial class Link
{
    /// <summary>η = √μ, μ &gt; 0.</summary>
    public static Link Sqrt { get; } = new SqrtLink();

    private sealed class SqrtLink : Link
    {
        public SqrtLink()
            : base("sqrt")
        {
        }

        public override double Predictor(double mean) => Math.Sqrt(mean);

        public override double Mean(double predictor) => predictor * predictor;

        public override double Derivative(double predictor) => 2 * predictor;

        public override double SecondDerivative(double predictor) => 2;

        public override bool IsPredictorValid(double predictor) => double.IsFinite(predictor) && predictor > 0;

        public override void Mean(ReadOnlySpan<double> predictor, Span<double> mean) =>
            SpanMath.Multiply(predictor, predictor, mean);

        public override void MeanAndDerivative(ReadOnlySpan<double> predictor, Span<double> mean, Span<double> derivative)
        {
            SpanMath.Multiply(predictor, 2, derivative);
            SpanMath.Multiply(predictor, predictor, mean);
        }
    }
}
