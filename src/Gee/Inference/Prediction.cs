using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Inference;

/// <summary>The fitted marginal mean of one row, with its uncertainty from β̂.</summary>
/// <param name="Predictor">η = xᵀβ̂ + offset (link scale).</param>
/// <param name="PredictorError">Its standard error.</param>
/// <param name="Mean">μ = g⁻¹(η) (response scale).</param>
/// <param name="MeanError">Its standard error by the delta method, |dμ/dη| times that of η.</param>
/// <param name="Lower">Lower limit of the mean: that of η, transformed, so it stays in the range of means.</param>
/// <param name="Upper">Upper limit.</param>
public sealed record Prediction(double Predictor, double PredictorError, double Mean, double MeanError, double Lower, double Upper)
{
    /// <summary>
    /// The standard error of one more outcome about the mean, √(SE² + φ V(μ)) (response scale); not a number where it was not asked for.
    /// </summary>
    public double PredictionError { get; init; } = double.NaN;

    /// <summary>Predictions for new rows.</summary>
    /// <param name="inference">The fit, with the covariance of β̂ and the level of the limits.</param>
    /// <param name="rows">The rows; those without a mean get numbers that are none.</param>
    public static IReadOnlyList<Prediction> For(GeeInference inference, IReadOnlyList<NewRow> rows)
    {
        ArgumentNullException.ThrowIfNull(inference);
        ArgumentNullException.ThrowIfNull(rows);
        var (fit, link) = (inference.Fit, inference.Fit.Options.EffectiveLink);
        var critical = Coefficient.CriticalValue(inference.Level, null);
        return [.. rows.Select(Of)];

        Prediction Of(NewRow row)
        {
            if (!row.HasMean)
            {
                return new Prediction(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
            }

            var eta = Dense.Dot(row.Fixed, fit.Coefficients) + row.Offset;
            var error = Math.Sqrt(Dense.QuadraticForm(inference.Covariance, row.Fixed));
            var (one, other) = (link.Mean(eta - (critical * error)), link.Mean(eta + (critical * error)));
            var (mean, meanError) = (link.Mean(eta), Math.Abs(link.Derivative(eta)) * error);
            return new Prediction(eta, error, mean, meanError, Math.Min(one, other), Math.Max(one, other))
            {
                PredictionError = Math.Sqrt((meanError * meanError) + (fit.Scale * fit.Options.Family.Variance(mean))),
            };
        }
    }

    /// <summary>Predictions for the rows of a design.</summary>
    /// <param name="inference">The fit, with the covariance of β̂ and the level of the limits.</param>
    /// <param name="design">Rows coded as in the fit: the fit's own design, or one of its recipe.</param>
    /// <param name="offset">One a row, or empty for none.</param>
    public static IReadOnlyList<Prediction> For(GeeInference inference, DesignMatrix design, ReadOnlySpan<double> offset)
    {
        ArgumentNullException.ThrowIfNull(inference);
        ArgumentNullException.ThrowIfNull(design);
        var fit = inference.Fit;
        if (design.Columns != fit.Coefficients.Length)
        {
            throw new ArgumentException(
                $"The design has {design.Columns} columns, and the fit {fit.Coefficients.Length} coefficients.",
                nameof(design));
        }

        var link = fit.Options.EffectiveLink;
        var critical = Coefficient.CriticalValue(inference.Level, null);
        var x = new double[design.Columns];
        var predictors = new double[design.Rows];
        LinearPredictor.Of(design, offset, fit.Coefficients, predictors);
        var predictions = new Prediction[design.Rows];
        for (var row = 0; row < predictions.Length; row++)
        {
            for (var j = 0; j < x.Length; j++)
            {
                x[j] = design.Column(j)[row];
            }

            var eta = predictors[row];
            var error = Math.Sqrt(Dense.QuadraticForm(inference.Covariance, x));
            var (one, other) = (link.Mean(eta - (critical * error)), link.Mean(eta + (critical * error)));
            predictions[row] = new Prediction(
                eta, error, link.Mean(eta), Math.Abs(link.Derivative(eta)) * error, Math.Min(one, other), Math.Max(one, other));
        }

        return predictions;
    }

    /// <summary>
    /// Predictions for the rows of the fit. The mean of a separated row is determined: its outcome, 0 or 1, at an infinite predictor and
    /// without a standard error.
    /// </summary>
    public static IReadOnlyList<Prediction> For(GeeInference inference)
    {
        ArgumentNullException.ThrowIfNull(inference);
        var fit = inference.Fit;
        if (fit.Separated is not { } separated)
        {
            return For(inference, fit.Frame.Design, fit.Frame.Offset);
        }

        var rest = fit.Finite is { } finite
            ? For(GeeInference.Of(finite, inference.Variance, inference.Reference, inference.Level))
            : [];
        return
        [
            .. Enumerable.Range(0, fit.Frame.Rows)
                .Select(row => separated.Rows[row] || rest.Count == 0 ? AtTheLimit(fit.Frame.Response[row]) : rest[row]),
        ];
    }

    private static Prediction AtTheLimit(double outcome) => new(
        outcome > 0 ? double.PositiveInfinity : double.NegativeInfinity, double.NaN, outcome, double.NaN, double.NaN, double.NaN);
}
