namespace MarginalConditional.Statistics.Families;

public abstract partial class Link
{
    /// <summary>η = 1/μ, μ ≠ 0.</summary>
    public static Link Inverse { get; } = new InverseLink();

    private sealed class InverseLink : Link
    {
        public InverseLink()
            : base("inverse")
        {
        }

        public override double Predictor(double mean) => 1 / mean;

        public override double Mean(double predictor) => 1 / predictor;

        public override double Derivative(double predictor) => -1 / (predictor * predictor);

        public override double SecondDerivative(double predictor) => 2 / (predictor * predictor * predictor);

        public override bool IsPredictorValid(double predictor) => double.IsFinite(predictor) && predictor != 0;

        public override void Mean(ReadOnlySpan<double> predictor, Span<double> mean)
        {
            SpanKernel.CheckLengths(predictor, mean);
            for (var i = 0; i < predictor.Length; i++)
            {
                mean[i] = 1 / predictor[i];
            }
        }

        public override void MeanAndDerivative(ReadOnlySpan<double> predictor, Span<double> mean, Span<double> derivative)
        {
            SpanKernel.CheckLengths(predictor, derivative);
            Mean(predictor, mean);
            for (var i = 0; i < predictor.Length; i++)
            {
                derivative[i] = -mean[i] * mean[i];
            }
        }
    }
}
