namespace MarginalConditional.Statistics.Families;

public abstract partial class Link
{
    /// <summary>η = μ.</summary>
    public static Link Identity { get; } = new IdentityLink();

    private sealed class IdentityLink : Link
    {
        public IdentityLink()
            : base("identity")
        {
        }

        public override double Predictor(double mean) => mean;

        public override double Mean(double predictor) => predictor;

        public override double Derivative(double predictor) => 1;

        public override double SecondDerivative(double predictor) => 0;

        public override void Mean(ReadOnlySpan<double> predictor, Span<double> mean) => predictor.CopyTo(mean);

        public override void MeanAndDerivative(ReadOnlySpan<double> predictor, Span<double> mean, Span<double> derivative)
        {
            SpanKernel.CheckLengths(predictor, derivative);
            predictor.CopyTo(mean);
            derivative[..predictor.Length].Fill(1);
        }
    }
}
