using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Standardization;

/// <summary>A mixed model: ψ = (β, θ, γ, …), and τ² = zᵀDz, where Z changes with X if it shares columns with it.</summary>
internal sealed class MixedWorkingModel : WorkingModel
{
    private readonly GlmmFit fit;
    private readonly ConditionalModel model;

    /// <summary>Reads a fit.</summary>
    public MixedWorkingModel(GlmmFit fit)
        : base("GLMM", fit.Frame, fit.Family, fit.Link, InfluenceOf(fit))
    {
        this.fit = fit;
        model = ConditionalModel.Of(fit);
    }

    /// <summary>What the fit says of its rows.</summary>
    public ConditionalModel Conditional => model;

    /// <inheritdoc/>
    public override ReadOnlySpan<double> Parameters => fit.Parameters;

    /// <summary>Whether crossed random effects reach across the clusters, so that what one does to the parameters is not defined.</summary>
    public bool HasNoClusters => fit.ClusterScores.IsEmpty;

    /// <inheritdoc/>
    public override double[] Deletions() => ClusterCurvature.Deletions(fit);

    /// <inheritdoc/>
    public override double[] Refits() => ClusterRefits.Of(fit);

    /// <inheritdoc/>
    internal override PredictedRows Under(DesignMatrix design, DesignMatrix? inflation) =>
        new Rows(model.Under(design, inflation), Frame);

    private static ClusterInfluence InfluenceOf(GlmmFit fit) => fit.ClusterScores.IsEmpty
        ? ModelInfluence.Of(fit.JointCovariance, fit.ParameterCount, fit.Frame.Clusters.Count)
        : ClusterInfluence.Of(fit);

    private sealed class Rows : PredictedRows
    {
        private readonly ConditionalModel changed;
        private readonly ModelFrame frame;
        private readonly double[] atEstimate;

        public Rows(ConditionalModel changed, ModelFrame frame)
        {
            this.changed = changed;
            this.frame = frame;
            atEstimate = changed.Zeros is null ? [] : changed.Predictor(changed.Design);
        }

        public override void Predict(ReadOnlySpan<double> parameters, int start, Span<double> predictor, Span<double> spread)
        {
            var p = changed.Design.Columns;
            LinearPredictor.Of(changed.Design, frame.Offset, start, parameters[..p], predictor);
            PredictorSpread.At(changed.Blocks, parameters[p..], start, spread);
            changed.Zeros?.Thin(parameters[(p + changed.Spread.Parameters)..], start, predictor, spread);
        }

        public override void AddGradient(
            ReadOnlySpan<double> predictorWeights, ReadOnlySpan<double> spreadWeights, Span<double> gradient)
        {
            if (changed.Zeros is not { } zeros)
            {
                AddCountGradient(predictorWeights, spreadWeights, gradient);
                return;
            }

            var (ofPredictor, ofSpread) = (predictorWeights.ToArray(), spreadWeights.ToArray());
            var ofZeros = new double[ofPredictor.Length];
            zeros.Slopes(atEstimate, changed.Spread.Values, ofPredictor, ofSpread, ofZeros);
            AddCountGradient(ofPredictor, ofSpread, gradient);
            var own = gradient[(changed.Design.Columns + changed.Spread.Parameters)..];
            for (var k = 0; k < zeros.Coefficients.Length; k++)
            {
                for (var i = 0; i < ofZeros.Length; i++)
                {
                    own[k] += ofZeros[i] * zeros.Value(i, k);
                }
            }
        }

        private void AddCountGradient(
            ReadOnlySpan<double> predictorWeights, ReadOnlySpan<double> spreadWeights, Span<double> gradient)
        {
            for (var j = 0; j < changed.Design.Columns; j++)
            {
                gradient[j] += SpanMath.Dot(changed.Design.Column(j), predictorWeights);
            }

            for (var k = 0; k < changed.Spread.Parameters; k++)
            {
                gradient[changed.Design.Columns + k] += SpanMath.Dot(changed.Spread.Slope(k), spreadWeights);
            }
        }
    }
}
