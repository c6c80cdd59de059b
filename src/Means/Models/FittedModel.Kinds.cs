using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Means.Models;

public abstract partial class FittedModel
{
    /// <summary>Generalized estimating equations.</summary>
    private sealed class Marginal : FittedModel
    {
        private readonly GeeInference inference;

        public Marginal(GeeInference inference, ReadOnlySpan<double> covariance)
            : base(inference.Fit.Frame, inference.Fit.Options.EffectiveLink, inference.Fit.Coefficients, covariance, []) =>
            this.inference = inference;

        public override double? DegreesOfFreedom(ReadOnlySpan<double> weights) => inference.DegreesOfFreedom(weights);

        public override WaldTest Test(IReadOnlyList<Contrast> contrasts)
        {
            ArgumentNullException.ThrowIfNull(contrasts);
            return WaldTest.Joint(contrasts, Coefficients, Covariance, SmallestDegreesOfFreedom(contrasts));
        }
    }

    /// <summary>Generalized linear mixed models: responses are averaged over the random effects exactly.</summary>
    private sealed class Conditional : FittedModel
    {
        private readonly GlmmInference inference;

        public Conditional(GlmmInference inference)
            : base(
                inference.Fit.Frame, inference.Fit.Link, inference.Fit.Coefficients, inference.Covariance,
                inference.JointCovariance.ToArray()) =>
            this.inference = inference;

        public override bool Integrates => true;

        public override bool HasExcessZeros => inference.Fit.Options.ZeroInflation;

        public override double? DegreesOfFreedom(ReadOnlySpan<double> weights) => null;

        public override WaldTest Test(IReadOnlyList<Contrast> contrasts) => inference.Test(contrasts);

        public override double Response(MeanPoint point, Span<double> slope)
        {
            ArgumentNullException.ThrowIfNull(point);
            if (!MarginalMean.Exists(Link))
            {
                throw new InputException($"With the {Link} link the mean over normal random effects does not exist.")
                {
                    Hint = "Use --scale median, for a cluster whose effects are 0, or --scale link.",
                };
            }

            return PredictedMeans.Marginal(
                inference.Fit, Predictor(point), point.Row, Loading(inference.Fit, point), point.Inflation, slope);
        }

        public override double Typical(MeanPoint point, Span<double> slope)
        {
            ArgumentNullException.ThrowIfNull(point);
            if (!HasExcessZeros)
            {
                return base.Typical(point, slope);
            }

            var own = Predictor(point);
            var predictor = inference.Fit.Thinned(point.Inflation).Of(own);
            slope.Clear();
            point.Row.CopyTo(slope);
            inference.Fit.ThinGradient(own, point.Inflation, slope);
            SpanMath.Multiply(slope, Link.Derivative(predictor), slope);
            return Link.Mean(predictor);
        }

        private static Func<RandomTermDesign, int, double> Loading(GlmmFit fit, MeanPoint point) => (term, effect) =>
        {
            for (var t = 0; t < fit.Frame.RandomTerms.Count; t++)
            {
                if (ReferenceEquals(fit.Frame.RandomTerms[t], term))
                {
                    return point.Effects[t][effect];
                }
            }

            // A frame without random terms is fitted with an intercept of its clusters.
            return 1;
        };
    }

    /// <summary>Linear mixed models: the identity averages over anything.</summary>
    private sealed class Linear : FittedModel
    {
        private readonly LmmInference inference;

        public Linear(LmmInference inference)
            : base(inference.Fit.Frame, Link.Identity, inference.Fit.Coefficients, inference.Covariance, []) =>
            this.inference = inference;

        public override double? DegreesOfFreedom(ReadOnlySpan<double> weights)
        {
            var degrees = inference.DegreesOfFreedom(weights);
            return double.IsPositiveInfinity(degrees) ? null : degrees;
        }

        public override WaldTest Test(IReadOnlyList<Contrast> contrasts) => inference.Test(contrasts);
    }
}
