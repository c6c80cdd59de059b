using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Predictions;

/// <summary>What a linear mixed model predicts for one row: for its own groups, for the population, and for one more observation.</summary>
/// <remarks>
/// Errors for a row's own groups are those of the best linear unbiased prediction (Henderson 1975), with the variances taken as known; a
/// group that was not fitted has the effect 0, and what it may have counts in the prediction errors alone.
/// </remarks>
/// <param name="Mean">xβ̂ + zb̂ + offset; of groups that were not fitted b̂ = 0.</param>
/// <param name="MeanError">Its standard error.</param>
/// <param name="Lower">Its lower limit.</param>
/// <param name="Upper">Its upper limit.</param>
/// <param name="PredictionError">The standard error of one more observation there: residual and groups that were not fitted added.</param>
/// <param name="PredictionLower">Its lower limit.</param>
/// <param name="PredictionUpper">Its upper limit.</param>
/// <param name="Population">xβ̂ + offset: the mean over all groups.</param>
/// <param name="PopulationError">Its standard error, that of the inference in force.</param>
/// <param name="PopulationLower">Its lower limit, by the degrees of freedom in force.</param>
/// <param name="PopulationUpper">Its upper limit.</param>
/// <param name="NewError">The standard error of an observation of groups that were not fitted about <paramref name="Population"/>.</param>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Lmm;
/// using MarginalConditional.Lmm.Inference;
/// using MarginalConditional.Lmm.Predictions;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + time + (time | id)") });
/// var fit = LmmFitter.Fit(frame, new LmmOptions());
/// foreach (var row in LmmPrediction.Of(LmmReference.Satterthwaite.Of(fit)))
/// {
///     Console.WriteLine(row);
/// }
/// </code>
/// </example>
public sealed record LmmPrediction(
    double Mean,
    double MeanError,
    double Lower,
    double Upper,
    double PredictionError,
    double PredictionLower,
    double PredictionUpper,
    double Population,
    double PopulationError,
    double PopulationLower,
    double PopulationUpper,
    double NewError)
{
    private static readonly LmmPrediction None = new(
        double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN,
        double.NaN);

    /// <summary>Predictions of the rows that were fitted, in the frame's order.</summary>
    /// <param name="inference">The fit, with the covariance and degrees of freedom for the population's means.</param>
    /// <param name="level">The limits' level, in (0, 1).</param>
    public static IReadOnlyList<LmmPrediction> Of(LmmInference inference, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(inference);
        var frame = inference.Fit.Frame;
        return Of(inference, [.. Enumerable.Range(0, frame.Rows).Select(row => NewRow.Of(frame, row))], level, fitted: true);
    }

    /// <summary>Predictions of new rows.</summary>
    /// <param name="inference">The fit, with the covariance and degrees of freedom for the population's means.</param>
    /// <param name="rows">The rows; those without a mean get numbers that are none.</param>
    /// <param name="level">The limits' level, in (0, 1).</param>
    /// <exception cref="Data.InputException">A group lies in another group than it did.</exception>
    public static IReadOnlyList<LmmPrediction> Of(LmmInference inference, IReadOnlyList<NewRow> rows, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(inference);
        ArgumentNullException.ThrowIfNull(rows);
        return Of(inference, rows, level, fitted: false);
    }

    private static List<LmmPrediction> Of(LmmInference inference, IReadOnlyList<NewRow> rows, double level, bool fitted)
    {
        var fit = inference.Fit;
        var posterior = EffectPosterior.Of(fit);
        var critical = Coefficient.CriticalValue(level, null);
        var residual = fitted ? FittedVariances(fit) : [.. Enumerable.Repeat(CommonVariance(fit), rows.Count)];
        var predictions = new List<LmmPrediction>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            predictions.Add(rows[i].HasMean
                ? One(inference, posterior, rows[i], residual[i], (level, critical))
                : None);
        }

        return predictions;
    }

    private static LmmPrediction One(
        LmmInference inference, EffectPosterior posterior, NewRow row, double residual, (double Level, double Critical) limits)
    {
        var fit = inference.Fit;
        var population = new Contrast(string.Empty, row.Fixed);
        var degrees = inference.DegreesOfFreedom(row.Fixed);
        var tested = population.Test(
            fit.Coefficients, inference.Covariance, double.IsPositiveInfinity(degrees) ? null : degrees, limits.Level);
        var (variance, slope) = posterior.Of(row);
        var (mode, unknown, all) = Effects(fit, row);
        for (var j = 0; j < slope.Length; j++)
        {
            slope[j] += row.Fixed[j];
        }

        var fixedMean = tested.Estimate + row.Offset;
        var mean = fixedMean + mode;
        var error = variance + Dense.QuadraticForm(fit.Covariance, slope);
        var prediction = Math.Sqrt(error + unknown + residual);
        error = Math.Sqrt(error);
        return new LmmPrediction(
            mean,
            error,
            mean - (limits.Critical * error),
            mean + (limits.Critical * error),
            prediction,
            mean - (limits.Critical * prediction),
            mean + (limits.Critical * prediction),
            fixedMean,
            tested.StandardError,
            tested.Lower + row.Offset,
            tested.Upper + row.Offset,
            Math.Sqrt((tested.StandardError * tested.StandardError) + all + residual));
    }

    /// <summary>zb̂ of the groups that were fitted, and zᵀDz of those that were not and of all.</summary>
    private static (double Mode, double Unknown, double All) Effects(LmmFit fit, NewRow row)
    {
        var (mode, unknown, all) = (0.0, 0.0, 0.0);
        for (var t = 0; t < fit.RandomEffects.Count; t++)
        {
            var (term, z) = (fit.RandomEffects[t], row.Effects[t]);
            var spread = term.Variance(z);
            all += spread;
            if (row.Groups[t] < 0)
            {
                unknown += spread;
            }
            else
            {
                mode += Dense.Dot(term.Modes.Slice(row.Groups[t] * z.Length, z.Length), z);
            }
        }

        return (mode, unknown, all);
    }

    /// <summary>The residual variances of the fitted rows: each that of its group and wave, over its weight.</summary>
    private static double[] FittedVariances(LmmFit fit)
    {
        var frame = fit.Frame;
        var (groups, _) = LmmFitter.Groups(frame, fit.Options.ResidualBy);
        double[][] variances = [.. fit.ResidualCovariances.Select(group => WaveVariances(fit, group))];
        var residual = new double[frame.Rows];
        for (var row = 0; row < residual.Length; row++)
        {
            var own = variances.Length == 0 ? [fit.ResidualVariance] : variances[groups.Length == 0 ? 0 : groups[row]];
            residual[row] = own[own.Length == 1 ? 0 : frame.Waves[row]] / (frame.Weights.IsEmpty ? 1 : frame.Weights[row]);
        }

        return residual;
    }

    /// <summary>The residual variance of any row; not a number where it differs between waves or groups.</summary>
    private static double CommonVariance(LmmFit fit) => fit.ResidualCovariances.SelectMany(group => WaveVariances(fit, group))
        .All(variance => Math.Abs(variance - fit.ResidualVariance) <= 1e-12 * fit.ResidualVariance) ? fit.ResidualVariance : double.NaN;

    /// <summary>The variance of each wave, or the one of all.</summary>
    private static double[] WaveVariances(LmmFit fit, ResidualCovarianceEstimate group)
    {
        var residual = fit.Data.Residual!;
        var count = residual.Shape.Variances(residual.Layout.Waves);
        return count == 1 || group.Waves.Count == 0
            ? [.. group.Parameters.Take(count)]
            : [.. Enumerable.Range(0, count).Select(wave => group.Covariance[wave * (count + 1)])];
    }
}
