using MarginalConditional.Glmm.Crossed;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>
/// Moment estimates of the variances of crossed effects on the link scale, from the model without them: products of the scores of two rows
/// of a group over products of their information.
/// </summary>
internal static class CrossedMoments
{
    /// <summary>A variance for every effect that a row meets, level by level.</summary>
    /// <param name="design">The rows.</param>
    /// <param name="marginal">The model without random effects, on the same rows.</param>
    public static double[] Of(CrossedDesign design, MarginalStart marginal)
    {
        var variances = new double[design.Width];
        var (scores, weights) = (new double[design.Layout.RestDimension], new double[design.Layout.RestDimension]);
        for (var k = 0; k < design.Rest; k++)
        {
            Array.Clear(scores);
            Array.Clear(weights);
            var (numerator, denominator) = (0.0, 0.0);
            for (var i = 0; i < design.Layout.Rows; i++)
            {
                var (score, weight) = Part(design, marginal, i, k);
                scores[design.Columns(i)[k]] += score;
                weights[design.Columns(i)[k]] += weight;
                numerator -= score * score;
                denominator -= weight * weight;
            }

            for (var g = 0; g < scores.Length; g++)
            {
                numerator += scores[g] * scores[g];
                denominator += weights[g] * weights[g];
            }

            variances[k] = denominator > 0 ? Math.Max(0, numerator / denominator) : 0;
        }

        for (var k = design.Rest; k < design.Width; k++)
        {
            variances[k] = OfOwn(design, marginal, k);
        }

        return variances;
    }

    private static double OfOwn(CrossedDesign design, MarginalStart marginal, int effect)
    {
        var (numerator, denominator) = (0.0, 0.0);
        for (var g = 0; g < design.Layout.Groups; g++)
        {
            var (sum, total) = (0.0, 0.0);
            for (var i = design.Layout.Offsets[g]; i < design.Layout.Offsets[g + 1]; i++)
            {
                var (score, weight) = Part(design, marginal, i, effect);
                sum += score;
                total += weight;
                numerator -= score * score;
                denominator -= weight * weight;
            }

            numerator += sum * sum;
            denominator += total * total;
        }

        return denominator > 0 ? Math.Max(0, numerator / denominator) : 0;
    }

    private static (double Score, double Weight) Part(CrossedDesign design, MarginalStart marginal, int row, int effect)
    {
        var z = design.Value(row, effect);
        var (score, information) = marginal.Row(row);
        return (z * score, z * z * information);
    }
}
