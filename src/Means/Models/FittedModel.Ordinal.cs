using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Means.Models;

public abstract partial class FittedModel
{
    /// <summary>A cumulative model: the coefficients of its latent scale, and after them in ψ the model's own parameters.</summary>
    private abstract class Cumulative : FittedModel
    {
        private readonly LatentScale latent;

        protected Cumulative(
            ModelFrame frame,
            CumulativeLink link,
            OrdinalLayout layout,
            LatentScale latent,
            ReadOnlySpan<double> parameters,
            double[] joint)
            : base(frame, link.Marginal, latent.Coefficients(parameters), Leading(joint, frame.Design.Columns), joint)
        {
            Layout = layout;
            this.latent = latent;
        }

        public override bool IsOrdinal => true;

        protected OrdinalLayout Layout { get; }

        public override WaldTest Test(IReadOnlyList<Contrast> contrasts)
        {
            ArgumentNullException.ThrowIfNull(contrasts);
            return WaldTest.Joint(contrasts, Coefficients, Covariance, SmallestDegreesOfFreedom(contrasts));
        }

        public override double AtMost(MeanPoint point, int threshold, bool typical, Span<double> slope)
        {
            ArgumentNullException.ThrowIfNull(point);
            slope.Clear();
            return Probability(point, threshold, typical, slope[Coefficients.Length..]);
        }

        public override double? DegreesOfFreedom(ReadOnlySpan<double> weights) => OfParameters(latent.OnParameters(weights));

        public override double? DegreesOfFreedomOf(ReadOnlySpan<double> slope) => OfParameters(latent.OnParameters(slope));

        protected static LatentScale Scale(OrdinalLayout layout, ModelFrame frame) =>
            new(layout, frame.Design.Columns, frame.Design.Intercept);

        protected abstract double? OfParameters(double[] weights);

        protected abstract double Probability(MeanPoint point, int threshold, bool typical, Span<double> slope);

        private static double[] Leading(double[] joint, int p)
        {
            var size = (int)Math.Round(Math.Sqrt(joint.Length));
            var block = new double[p * p];
            for (var i = 0; i < p; i++)
            {
                joint.AsSpan(i * size, p).CopyTo(block.AsSpan(i * p));
            }

            return block;
        }
    }

    /// <summary>Generalized estimating equations of ordered outcomes.</summary>
    private sealed class MarginalCumulative : Cumulative
    {
        private readonly OrdinalGeeFit fit;
        private readonly GeeInference inference;

        public MarginalCumulative(OrdinalGeeFit fit, GeeInference inference, OrdinalLayout layout, LatentScale latent)
            : base(
                fit.Frame, fit.Options.Link, layout, latent, fit.Indicators.Coefficients,
                latent.Joint(inference.Covariance, layout.Count))
        {
            this.fit = fit;
            this.inference = inference;
        }

        public static MarginalCumulative From(OrdinalGeeFit fit, GeeInference inference)
        {
            var layout = new OrdinalLayout(fit.Frame.Design, fit.Categories, fit.Options.Nominal);
            return new MarginalCumulative(fit, inference, layout, Scale(layout, fit.Frame));
        }

        protected override double? OfParameters(double[] weights) => inference.DegreesOfFreedom(weights);

        protected override double Probability(MeanPoint point, int threshold, bool typical, Span<double> slope)
        {
            var at = Layout.Point(fit.Indicators.Coefficients, point.Row, threshold) - point.Offset;
            Layout.AddGradient(fit.Options.Link.Density(at), point.Row, threshold, slope);
            return fit.Options.Link.Cumulative(at);
        }
    }

    /// <summary>Cumulative mixed models: probabilities are averaged over the random effects exactly.</summary>
    private sealed class ConditionalCumulative : Cumulative
    {
        private readonly CumulativeProbability probability;

        public ConditionalCumulative(OrdinalGlmmInference inference, LatentScale latent)
            : base(
                inference.Fit.Frame, inference.Fit.Link, inference.Fit.Layout, latent, inference.Fit.Parameters,
                latent.Joint(inference.JointCovariance, inference.Fit.ParameterCount)) =>
            probability = new CumulativeProbability(inference.Fit);

        public override bool Integrates => true;

        public static ConditionalCumulative From(OrdinalGlmmInference inference) =>
            new(inference, Scale(inference.Fit.Layout, inference.Fit.Frame));

        protected override double? OfParameters(double[] weights) => null;

        protected override double Probability(MeanPoint point, int threshold, bool typical, Span<double> slope) => typical
            ? probability.Typical(point.Row, point.Offset, threshold, slope)
            : probability.Average(point.Row, point.Offset, point.Effects, threshold, slope);
    }
}
