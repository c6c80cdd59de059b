using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Ordinal;

/// <summary>The fitted probabilities of the categories of one row, with their standard errors by the delta method.</summary>
public sealed class CategoryPrediction
{
    private readonly double[] probabilities;
    private readonly double[] errors;

    private CategoryPrediction(double[] probabilities, double[] errors)
    {
        this.probabilities = probabilities;
        this.errors = errors;
    }

    /// <summary>P(Y = k), J + 1 values that add up to 1; not a number where the row has no prediction.</summary>
    public ReadOnlySpan<double> Probabilities => probabilities;

    /// <summary>Their standard errors, J + 1 values.</summary>
    public ReadOnlySpan<double> StandardErrors => errors;

    /// <summary>Predictions for new rows.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="inference">Its covariance.</param>
    /// <param name="rows">The rows, in the columns of the fit's frame.</param>
    public static IReadOnlyList<CategoryPrediction> For(OrdinalGeeFit fit, GeeInference inference, IEnumerable<NewRow> rows)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(inference);
        ArgumentNullException.ThrowIfNull(rows);
        return [.. rows.Select(row => Of(fit, inference, row))];
    }

    /// <summary>Predictions for the rows of the fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="inference">Its covariance.</param>
    public static IReadOnlyList<CategoryPrediction> For(OrdinalGeeFit fit, GeeInference inference)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return For(fit, inference, Enumerable.Range(0, fit.Frame.Rows).Select(row => NewRow.Of(fit.Frame, row)));
    }

    private static CategoryPrediction Of(OrdinalGeeFit fit, GeeInference inference, NewRow row)
    {
        var beta = fit.Indicators.Coefficients;
        var (link, thresholds) = (fit.Options.Link, fit.Thresholds.Length);
        var (probabilities, errors) = (new double[thresholds + 1], new double[thresholds + 1]);
        if (!row.HasMean || !double.IsFinite(Dense.Dot(beta, beta)))
        {
            Array.Fill(probabilities, double.NaN);
            Array.Fill(errors, double.NaN);
            return new CategoryPrediction(probabilities, errors);
        }

        var (gradient, below, point) = (new double[beta.Length], new double[beta.Length], double.NegativeInfinity);
        for (var k = 0; k <= thresholds; k++)
        {
            var upper = double.PositiveInfinity;
            Array.Clear(gradient);
            if (k < thresholds)
            {
                Fill(fit, row, k, gradient);
                upper = Dense.Dot(gradient, beta) - row.Offset;
                SpanMath.Multiply(gradient, link.Density(upper), gradient);
            }

            double[] own = [.. gradient];
            Dense.AddScaled(-1, below, own);
            probabilities[k] = Math.Exp(link.LogInterval(point, upper));
            errors[k] = Math.Sqrt(Dense.QuadraticForm(inference.Covariance, own));
            gradient.CopyTo(below, 0);
            point = upper;
        }

        return new CategoryPrediction(probabilities, errors);
    }

    /// <summary>What the coefficients are multiplied by in θ_k − xβ.</summary>
    private static void Fill(OrdinalGeeFit fit, NewRow row, int threshold, Span<double> weights)
    {
        var (design, thresholds) = (fit.Frame.Design, fit.Thresholds.Length);
        weights[threshold] = 1;
        var (shared, nominal) = (thresholds, weights.Length - (thresholds * fit.Options.Nominal.Count));
        for (var j = 0; j < design.Columns; j++)
        {
            if (j == design.Intercept)
            {
                continue;
            }

            if (fit.Options.Nominal.Contains(j))
            {
                weights[nominal + threshold] = -row.Fixed[j];
                nominal += thresholds;
            }
            else
            {
                weights[shared++] = -row.Fixed[j];
            }
        }
    }
}
