using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Predictions;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Ordinal;

namespace MarginalConditional.Cli.Commands.Glmm;

/// <summary>The CSV files that go with a mixed model of ordered outcomes.</summary>
internal static class OrdinalTables
{
    /// <summary>One line a row of the frame: its outcome, the probabilities of the categories.</summary>
    public static ResultTable Predictions(OrdinalGlmmFit fit, OrdinalGlmmInference inference)
    {
        var (frame, categories) = (fit.Frame, fit.Frame.Categories);
        RandomTermDesign[] groupings = [.. frame.RandomTerms.DistinctBy(term => term.Group, StringComparer.Ordinal)];
        var csv = new ResultTable(
            ["row", .. groupings.Select(term => term.Group), "observed", .. PredictedCategories.MixedColumns(categories)]);
        var predictions = OrdinalPrediction.Of(fit, inference.JointCovariance);
        for (var row = 0; row < frame.Rows; row++)
        {
            csv.Row(
            [
                frame.DataRow(row),
                .. groupings.Select(term => term.Label(term.Groups[row])),
                categories[(int)frame.Response[row]],
                .. PredictedCategories.Numbers(predictions[row]).Cast<object?>(),
            ]);
        }

        return csv;
    }

    /// <summary>One line a group and effect: the conditional mode with its standard error.</summary>
    public static ResultTable RandomEffects(OrdinalGlmmFit fit)
    {
        var csv = new ResultTable("group", "level", "effect", "mode", "mode_se");
        foreach (var term in fit.RandomEffects)
        {
            for (var g = 0; g < term.GroupCount; g++)
            {
                for (var a = 0; a < term.Dimension; a++)
                {
                    var at = (g * term.Dimension) + a;
                    csv.Row(term.Group, term.Label(g), term.Names[a], term.Modes[at], term.ModeStandardErrors[at]);
                }
            }
        }

        return csv;
    }
}
