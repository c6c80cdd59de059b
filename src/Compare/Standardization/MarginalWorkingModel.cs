using MarginalConditional.Compare.Influence;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Diagnostics;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Standardization;

/// <summary>A marginal model: ψ = β, and no spread.</summary>
internal sealed class MarginalWorkingModel : WorkingModel
{
    private readonly GeeInference inference;

    /// <summary>Reads a fit.</summary>
    public MarginalWorkingModel(GeeInference inference)
        : base(
            "GEE",
            inference.Fit.Frame,
            inference.Fit.Options.Family,
            inference.Fit.Options.EffectiveLink,
            ClusterInfluence.Of(inference.With(GeeVariance.Robust)))
    {
        this.inference = inference;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Parameters => inference.Fit.Coefficients;

    /// <inheritdoc/>
    public override double[] Deletions() => ClusterDeletion.OneStep(inference.Fit).Changes.ToArray();

    /// <inheritdoc/>
    public override double[] Refits() => ClusterDeletion.Refitted(inference.Fit).Changes.ToArray();

    /// <inheritdoc/>
    internal override PredictedRows Under(DesignMatrix design, DesignMatrix? inflation) => new Rows(design, Frame);

    private sealed class Rows(DesignMatrix design, ModelFrame frame) : PredictedRows
    {
        public override void Predict(ReadOnlySpan<double> parameters, int start, Span<double> predictor, Span<double> spread)
        {
            LinearPredictor.Of(design, frame.Offset, start, parameters, predictor);
            spread.Clear();
        }

        public override void AddGradient(
            ReadOnlySpan<double> predictorWeights, ReadOnlySpan<double> spreadWeights, Span<double> gradient)
        {
            for (var j = 0; j < design.Columns; j++)
            {
                gradient[j] += SpanMath.Dot(design.Column(j), predictorWeights);
            }
        }
    }
}
