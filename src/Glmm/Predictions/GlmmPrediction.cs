using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.Predictions;

/// <summary>
/// What a mixed model predicts for one row: for its own cluster, and averaged over all clusters. Means of counts with excess zeros count
/// these, (1 − π)μ; the predictor is that of μ.
/// </summary>
/// <remarks>
/// The variance of the conditional predictor η = xβ + zb adds what is unknown of b given the parameters, zᵀVar(b | y)z, and what the
/// estimates contribute through β and through the mode b̂(ψ), by the delta method (Kass and Steffey 1989; Booth and Hobert 1998). Limits
/// are those on the
/// link scale, transformed.
/// </remarks>
/// <param name="Predictor">η = xβ̂ + zb̂ + offset (link scale), with b̂ the conditional mode of the row's cluster.</param>
/// <param name="PredictorError">Its standard error; not a number when the fit has no covariance.</param>
/// <param name="Mean">g⁻¹(η) (response scale).</param>
/// <param name="MeanError">Its standard error, |dμ/dη| times that of η.</param>
/// <param name="Lower">Lower limit of the mean.</param>
/// <param name="Upper">Upper limit of the mean.</param>
/// <param name="Marginal">E g⁻¹(xβ̂ + zb) over the distribution of the random
/// effects (response scale); not a number for the inverse link.</param>
/// <param name="MarginalError">Its standard error by the delta method.</param>
/// <param name="MarginalLower">Its lower limit.</param>
/// <param name="MarginalUpper">Its upper limit.</param>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Glmm;
/// using MarginalConditional.Glmm.Predictions;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + (1 | site)") });
/// var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial });
/// foreach (var row in GlmmPrediction.Of(fit))
/// {
///     Console.WriteLine($"{row.Mean} given the site, {row.Marginal} over all sites");
/// }
/// </code>
/// </example>
public sealed record GlmmPrediction(
    double Predictor,
    double PredictorError,
    double Mean,
    double MeanError,
    double Lower,
    double Upper,
    double Marginal,
    double MarginalError,
    double MarginalLower,
    double MarginalUpper)
{
    /// <summary>
    /// The standard error of the predictor with the effects of groups that were not fitted (link scale): that of a new cluster's own.
    /// </summary>
    public double PredictionError { get; init; } = PredictorError;

    private static GlmmPrediction None { get; } = new(
        double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Predictions for new rows: effects of groups that were not fitted are 0, or averaged over in the marginal mean.</summary>
    /// <param name="fit">A fit.</param>
    /// <param name="rows">The rows; those without a mean get numbers that are none.</param>
    /// <param name="level">The intervals' level, in (0, 1).</param>
    /// <exception cref="Data.InputException">A group lies in another group than it did.</exception>
    public static IReadOnlyList<GlmmPrediction> Of(GlmmFit fit, IReadOnlyList<NewRow> rows, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(rows);
        if (fit.IsUnbounded)
        {
            return Unknown(rows.Count);
        }

        var critical = Coefficient.CriticalValue(level, null);
        var predictor = new NewRowPredictor(fit);
        return [.. rows.Select(row => row.HasMean ? One(fit, predictor.Of(row), critical) : None)];
    }

    private static GlmmPrediction One(GlmmFit fit, NewRowPredictor.Point point, double critical)
    {
        var error = point.Own.Error;
        return One(fit, point.Own, point.Marginal, point.MarginalError, critical) with
        {
            PredictionError = Math.Sqrt((error * error) + point.Unknown),
        };
    }

    private static GlmmPrediction One(GlmmFit fit, PredictorPoint own, double marginal, double marginalError, double critical)
    {
        var (lower, upper) = Limits(fit.Link, own.OfMean, critical * own.OfMeanError);
        var (below, above) = MarginalLimits(fit.Link, marginal, critical * marginalError);
        return new GlmmPrediction(
            own.Predictor, own.Error, fit.Link.Mean(own.OfMean), Math.Abs(fit.Link.Derivative(own.OfMean)) * own.OfMeanError,
            lower, upper, marginal, marginalError, below, above);
    }

    /// <summary>
    /// Predictions for the rows of the fit, in the frame's order. The means of a separated row are determined: its outcome, 0 or 1, at an
    /// infinite predictor and without a standard error. A fit without a maximum predicts nothing: numbers that are none.
    /// </summary>
    /// <param name="fit">A fit.</param>
    /// <param name="level">The intervals' level, in (0, 1).</param>
    public static IReadOnlyList<GlmmPrediction> Of(GlmmFit fit, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.IsUnbounded)
        {
            return Unknown(fit.Frame.Rows);
        }

        if (fit.Separated is { } separated)
        {
            var rest = fit.Finite is { } finite ? Of(finite, level) : [];
            return
            [
                .. Enumerable.Range(0, fit.Frame.Rows)
                    .Select(row => separated.Rows[row] || rest.Count == 0 ? AtTheLimit(fit.Frame.Response[row]) : rest[row]),
            ];
        }

        var critical = Coefficient.CriticalValue(level, null);
        var marginal = PredictedMeans.Marginal(fit, out var marginalErrors);
        var fixedPart = LinearPredictor.Of(fit.Frame, fit.Coefficients);
        var predictions = new GlmmPrediction[fit.Frame.Rows];
        if (fit.Model.Crossed is not null)
        {
            var all = CrossedPredictor.Of(fit);
            var predictor = all.PredictorAtMode();
            Fill(0, predictor, all.PredictorUncertainty());
            return predictions;
        }

        for (var cluster = 0; cluster < fit.Model.Levels[0].GroupCount; cluster++)
        {
            CancellationScope.Check();
            var system = new ClusterSystem(fit, cluster, fixedPart);
            Fill(system.Start, system.PredictorAtMode(), system.PredictorUncertainty());
        }

        return predictions;

        void Fill(int start, double[] eta, (double[] Variances, double[] Gradients) uncertainty)
        {
            var (variances, gradients) = uncertainty;
            for (var i = 0; i < eta.Length; i++)
            {
                var row = start + i;
                var gradient = gradients.AsSpan(i * fit.ParameterCount, fit.ParameterCount);
                var own = PredictorPoint.Of(fit, eta[i], variances[i], gradient, fit.Frame.InflationRow(row));
                predictions[row] = One(fit, own, marginal[row], marginalErrors[row], critical);
            }
        }
    }

    private static GlmmPrediction[] Unknown(int rows) => [.. Enumerable.Repeat(None, rows)];

    private static GlmmPrediction AtTheLimit(double outcome)
    {
        const double None = double.NaN;
        var predictor = outcome > 0 ? double.PositiveInfinity : double.NegativeInfinity;
        return new GlmmPrediction(predictor, None, outcome, None, None, None, outcome, None, None, None);
    }

    private static (double Lower, double Upper) Limits(Link link, double eta, double half)
    {
        var (one, other) = (link.Mean(eta - half), link.Mean(eta + half));
        return (Math.Min(one, other), Math.Max(one, other));
    }

    // On the link scale the mean's error is divided by the slope there.
    private static (double Lower, double Upper) MarginalLimits(Link link, double mean, double half)
    {
        var eta = link.Predictor(mean);
        return double.IsNaN(eta) ? (double.NaN, double.NaN) : Limits(link, eta, half / Math.Abs(link.Derivative(eta)));
    }
}
