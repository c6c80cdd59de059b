using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Means.Estimates;

/// <summary>Probabilities and scores of an ordered outcome at points of the grid, from P(Y ≤ k).</summary>
internal sealed class CategoryValues
{
    private readonly FittedModel model;
    private readonly MeansRequest request;
    private readonly int thresholds;
    private readonly double[] scratch;

    public CategoryValues(FittedModel model, MeansRequest request)
    {
        this.model = model;
        this.request = request;
        thresholds = model.Frame.Categories.Count - 1;
        scratch = new double[model.ParameterCount];
    }

    /// <summary>The number of one part, and its slopes in ψ.</summary>
    /// <param name="point">The row.</param>
    /// <param name="part">The category or threshold, counted from 0.</param>
    /// <param name="slope">Receives m values.</param>
    public double Of(MeanPoint point, int part, Span<double> slope)
    {
        slope.Clear();
        if (request.CategoryMean == CategoryMean.Score)
        {
            // Σ k P(Y = k) = K − Σ P(Y ≤ k).
            var score = thresholds + 1.0;
            for (var k = 0; k < thresholds; k++)
            {
                score += Add(-1, point, k, slope);
            }

            return score;
        }

        var value = part < thresholds ? Add(1, point, part, slope) : 1;
        return request.CategoryMean == CategoryMean.Categories && part > 0 ? value + Add(-1, point, part - 1, slope) : value;
    }

    /// <summary>A probability with limits between 0 and 1: those of its logit.</summary>
    public Coefficient Bounded(Coefficient own, double level)
    {
        var (p, logit) = (own.Estimate, Link.Logit);
        if (request.CategoryMean == CategoryMean.Score || !(p > 0 && p < 1))
        {
            return own;
        }

        var limits = Coefficient.Wald(
            own.Term, logit.Predictor(p), own.StandardError / (p * (1 - p)), own.DegreesOfFreedom, level);
        return own with { Lower = logit.Mean(limits.Lower), Upper = logit.Mean(limits.Upper) };
    }

    private double Add(double weight, MeanPoint point, int threshold, Span<double> slope)
    {
        var value = model.AtMost(point, threshold, request.Scale == MeanScale.Median, scratch);
        Dense.AddScaled(weight, scratch, slope);
        return weight * value;
    }
}
