using MarginalConditional.Data.Coding;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Marginalization;

/// <summary>Computes the marginal coefficients of a conditional model, and how they move with its parameters.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Compare.Marginalization;
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Glmm;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + (1 | site)") });
/// var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial });
/// var averaged = Marginalizer.Marginalize(ConditionalModel.Of(fit));
/// Console.WriteLine(averaged);
/// </code>
/// </example>
public static class Marginalizer
{
    /// <summary>
    /// β_M = (XᵀWX)⁻¹XᵀW[g(p) − offset] and J = (XᵀWX)⁻¹XᵀW diag(g′(p))[∂p/∂β, ∂p/∂θ, ∂p/∂γ], W the rows' counts, γ of excess zeros.
    /// </summary>
    public static MarginalizedCoefficients Marginalize(ConditionalModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var design = model.Design;
        var rows = design.Rows;
        var p = design.Columns;
        var points = model.Points();
        var projection = new WeightedProjection(design.Values, p, model.RowWeights);

        var target = new double[rows];
        var slope = new double[rows];
        var spreadSlope = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            target[i] = points[i].Predictor;
            slope[i] = points[i].PredictorSlope;
            spreadSlope[i] = points[i].PredictorSpreadSlope;
        }

        if (!model.Offset.IsEmpty)
        {
            SpanMath.Subtract(target, model.Offset, target);
        }

        var estimates = new double[p];
        projection.Coefficients(target, estimates);
        var (zeroSlope, shift) = (new double[model.Zeros is null ? 0 : rows], new double[model.Zeros is null ? 0 : p]);
        if (model.Zeros is { } zeros)
        {
            var predictor = model.Predictor(design);
            zeros.Slopes(predictor, model.Spread.Values, slope, spreadSlope, zeroSlope);
            var thinned = (double[])predictor.Clone();
            zeros.Thin(zeros.Coefficients, 0, thinned, []);
            SpanMath.Subtract(thinned, predictor, thinned);
            projection.Coefficients(thinned, shift);
        }

        var jacobian = Jacobian(model, projection, slope, spreadSlope, zeroSlope);
        for (var j = 0; j < p; j++)
        {
            SpanMath.MultiplyAdd(design.Column(j), -estimates[j], target, target);
        }

        return new MarginalizedCoefficients(model, projection, estimates, jacobian, target, shift);
    }

    private static double[] Jacobian(
        ConditionalModel model, WeightedProjection projection, double[] slope, double[] spreadSlope, double[] zeroSlope)
    {
        var p = model.Design.Columns;
        var zeros = p + model.Spread.Parameters;
        var parameters = model.Parameters;
        var jacobian = new double[p * parameters];
        var moved = new double[slope.Length];
        var image = new double[p];
        for (var k = 0; k < parameters; k++)
        {
            if (k < p)
            {
                SpanMath.Multiply(model.Design.Column(k), slope, moved);
            }
            else if (k < zeros)
            {
                SpanMath.Multiply(model.Spread.Slope(k - p), spreadSlope, moved);
            }
            else
            {
                for (var i = 0; i < moved.Length; i++)
                {
                    moved[i] = zeroSlope[i] * model.Zeros!.Value(i, k - zeros);
                }
            }

            projection.Coefficients(moved, image);
            for (var j = 0; j < p; j++)
            {
                jacobian[(j * parameters) + k] = image[j];
            }
        }

        return jacobian;
    }
}
