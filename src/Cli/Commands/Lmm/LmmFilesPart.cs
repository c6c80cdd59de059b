using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Predictions;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Predictions;

namespace MarginalConditional.Cli.Commands.Lmm;

/// <summary>The part of <c>margcond lmm</c> that predicts, and writes predictions and random effects to files.</summary>
internal sealed class LmmFilesPart
{
    private readonly Option<string?> predictions = OptionRule.OutputFile(
        "--predictions",
        "Write means with the rows' own effects and without, their errors and those of one more observation, to this CSV file.");
    private readonly NewDataOption newData = new();
    private readonly Option<string?> randomEffects = OptionRule.OutputFile(
        "--random-effects",
        "Write the predicted random effects with their errors, one line a group and effect, to this CSV file.");

    /// <summary>The options to be added to the command.</summary>
    public Option[] Options => [predictions, newData.Option, randomEffects];

    /// <summary>Writes the files asked for.</summary>
    /// <param name="inference">The fit.</param>
    /// <param name="data">How data are read.</param>
    /// <param name="parse">The command line.</param>
    /// <param name="context">Where to.</param>
    /// <returns>Predictions of new rows; null when none were asked for.</returns>
    public PredictedRows? Write(LmmInference inference, DataArguments data, ParseResult parse, CommandContext context)
    {
        var level = context.Output.Level;
        var predicted = newData.Of(parse, data, inference, level);
        context.WriteTable(parse.GetValue(predictions), () => predicted?.Csv() ?? Fitted(inference, level));
        context.WriteTable(parse.GetValue(randomEffects), () => Effects(inference.Fit));
        return predicted;
    }

    /// <summary>One line a row that was fitted.</summary>
    private static string Fitted(LmmInference inference, double level)
    {
        var frame = inference.Fit.Frame;
        RandomTermDesign[] groupings = [.. frame.RandomTerms.DistinctBy(term => term.Group, StringComparer.Ordinal)];
        var csv = new CsvResult(
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

        return csv.ToString();
    }

    /// <summary>One line a group and effect.</summary>
    private static string Effects(LmmFit fit)
    {
        var csv = new CsvResult("group", "level", "effect", "mode", "mode_se", "prediction_se");
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

        return csv.ToString();
    }
}
