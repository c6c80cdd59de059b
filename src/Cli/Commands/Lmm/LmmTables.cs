using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Predictions;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Predictions;

namespace MarginalConditional.Cli.Commands.Lmm;

/// <summary>The CSV files that go with a linear mixed model.</summary>
internal static class LmmTables
{
    /// <summary>One line a row that was fitted.</summary>
    public static ResultTable Predictions(LmmInference inference, double level)
    {
        var frame = inference.Fit.Frame;
        RandomTermDesign[] groupings = [.. frame.RandomTerms.DistinctBy(term => term.Group, StringComparer.Ordinal)];
        var csv = new ResultTable(
        [
            "row", .. groupings.Select(term => term.Group), "observed", "mean", "mean_se", "lower", "upper", "prediction_se",
            "prediction_lower", "prediction_upper", "population", "population_se", "population_lower", "population_upper", "new_se",
            "residual",
        ]);
        var predictions = LmmPrediction.Of(inference, level);
        for (var row = 0; row < predictions.Count; row++)
        {
            csv.Row(
            [
                frame.DataRow(row), .. groupings.Select(term => term.Label(term.Groups[row])), frame.Response[row],
                .. NewDataOption.LmmNumbers(predictions[row]).Cast<object?>(), frame.Response[row] - predictions[row].Mean,
            ]);
        }

        return csv;
    }

    /// <summary>One line a group and effect.</summary>
    public static ResultTable RandomEffects(LmmFit fit)
    {
        var csv = new ResultTable("group", "level", "effect", "mode", "mode_se", "prediction_se");
        var errors = EffectPredictionErrors.Of(fit);
        for (var t = 0; t < fit.RandomEffects.Count; t++)
        {
            var term = fit.RandomEffects[t];
            for (var k = 0; k < errors[t].Length; k++)
            {
                csv.Row(
                    term.Group, term.Label(k / term.Dimension), term.Names[k % term.Dimension], term.Modes[k], term.ModeStandardErrors[k],
                    errors[t][k]);
            }
        }

        return csv;
    }
}
