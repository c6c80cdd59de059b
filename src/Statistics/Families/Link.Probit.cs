using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.Families;

public abstract partial class Link
{
    /// <summary>η = Φ⁻¹(μ), μ in (0, 1).</summary>
    public static Link Probit { get; } = new ProbitLink();

    private sealed class ProbitLink : Link
    {
        public ProbitLink()
            : base("probit")
        {
        }

        public override double? LatentVariance => 1;

        public override double Predictor(double mean) => StandardNormal.Quantile(mean);

        public override double Mean(double predictor) => Math.Clamp(StandardNormal.Cumulative(predictor), Threshold, 1 - Threshold);

        public override double Derivative(double predictor) => Math.Max(StandardNormal.Density(predictor), Threshold);

        public override double SecondDerivative(double predictor) => -predictor * StandardNormal.Density(predictor);

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
            SpanKernel.CheckLengths(predictor, mean);
            SpanKernel.CheckLengths(predictor, derivative);
            for (var i = 0; i < predictor.Length; i++)
            {
                var eta = predictor[i];
                derivative[i] = Derivative(eta);
                mean[i] = Mean(eta);
            }
        }
    }
}
