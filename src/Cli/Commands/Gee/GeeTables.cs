using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Predictions;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Diagnostics;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;

namespace MarginalConditional.Cli.Commands.Gee;

/// <summary>The CSV files that go with a GEE fit.</summary>
internal static class GeeTables
{
    /// <summary>Writes those asked for; without a finite estimate no cluster has an influence.</summary>
    public static void Write(
        GeeInference inference,
        ParseResult parse,
        Option<string?> predictions,
        Option<string?> diagnostics,
        CommandContext context,
        PredictedRows? newRows)
    {
        context.WriteTable(parse.GetValue(predictions), () => newRows?.Csv() ?? Predictions(inference));
        if (inference.Fit is { Separated: not null, Finite: null })
        {
            context.WarnUnwritten(parse, diagnostics);
            return;
        }

        context.WriteTable(parse.GetValue(diagnostics), () => Diagnostics(inference.Fit, inference.Fit.Frame.Clusters));
    }

    /// <summary>The same for ordered outcomes.</summary>
    public static void Write(
        OrdinalGeeFit fit,
        GeeInference inference,
        ParseResult parse,
        Option<string?> predictions,
        Option<string?> diagnostics,
        CommandContext context,
        PredictedRows? newRows)
    {
        if (fit.Indicators.Separated is not null)
        {
            context.WarnUnwritten(parse, predictions);
            context.WarnUnwritten(parse, diagnostics);
            return;
        }

        context.WriteTable(parse.GetValue(predictions), () => newRows?.Csv() ?? Predictions(fit, inference));
        context.WriteTable(parse.GetValue(diagnostics), () => Diagnostics(fit.Indicators, fit.Frame.Clusters));
    }

    /// <summary>One line a row of the frame, with the probability of each category.</summary>
    public static ResultTable Predictions(OrdinalGeeFit fit, GeeInference inference)
    {
        var (frame, predictions) = (fit.Frame, CategoryPrediction.For(fit, inference));
        var csv = new ResultTable(["row", frame.Clusters.Name, "observed", .. PredictedCategories.Columns(fit.Categories)]);
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            for (var row = frame.Clusters.Start(i); row < frame.Clusters.Start(i) + frame.Clusters.Size(i); row++)
            {
                object?[] numbers = [.. PredictedCategories.Numbers(predictions[row]).Cast<object?>()];
                csv.Row([frame.DataRow(row), frame.Clusters.Label(i), fit.Categories[(int)frame.Response[row]], .. numbers]);
            }
        }

        return csv;
    }

    /// <summary>One line a row of the frame, with its number in the data.</summary>
    public static ResultTable Predictions(GeeInference inference)
    {
        var fit = inference.Fit;
        var csv = new ResultTable("row", fit.Frame.Clusters.Name, "observed", "predictor", "predictor_se", "mean", "mean_se", "lower",
            "upper", "residual", "pearson");
        var predictions = Prediction.For(inference);
        var raw = Residuals.Raw(fit);
        var pearson = Residuals.Pearson(fit);
        for (var i = 0; i < fit.Frame.Clusters.Count; i++)
        {
            for (var row = fit.Frame.Clusters.Start(i); row < fit.Frame.Clusters.Start(i) + fit.Frame.Clusters.Size(i); row++)
            {
                var one = predictions[row];
                csv.Row(
                    fit.Frame.DataRow(row),
                    fit.Frame.Clusters.Label(i),
                    fit.Frame.Response[row],
                    one.Predictor,
                    one.PredictorError,
                    one.Mean,
                    one.MeanError,
                    one.Lower,
                    one.Upper,
                    raw[row],
                    pearson[row]);
            }
        }

        return csv;
    }

    /// <summary>One line a cluster; infinite coefficients have no change.</summary>
    public static ResultTable Diagnostics(GeeFit fit, Clusters clusters)
    {
        var influence = ClusterDeletion.OneStep(fit.Finite ?? fit);
        var csv = new ResultTable([
            fit.Frame.Clusters.Name,
            "rows",
            "leverage",
            "cook",
            .. fit.Frame.Design.Names.Select(name => "dfbeta " + name),
        ]);
        for (var i = 0; i < fit.Frame.Clusters.Count; i++)
        {
            double[] own = fit.Separated?.Spread(influence.Change(i)) ?? influence.Change(i).ToArray();
            object?[] changes = [.. own.Cast<object?>()];
            csv.Row([
                clusters.Label(i),
                clusters.Size(i),
                influence.Leverages[i],
                influence.Distances.Values[i],
                .. changes,
            ]);
        }

        return csv;
    }
}
