using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Predictions;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Diagnostics;
using MarginalConditional.Gee.Inference;

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

        context.WriteTable(parse.GetValue(diagnostics), () => Diagnostics(inference.Fit));
    }

    /// <summary>One line a row of the frame, with its number in the data.</summary>
    public static string Predictions(GeeInference inference)
    {
        var fit = inference.Fit;
        var csv = new CsvResult("row", fit.Frame.Clusters.Name, "observed", "predictor", "predictor_se", "mean", "mean_se", "lower",
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

        return csv.ToString();
    }

    /// <summary>One line a cluster; infinite coefficients have no change.</summary>
    public static string Diagnostics(GeeFit fit)
    {
        var influence = ClusterDeletion.OneStep(fit.Finite ?? fit);
        var csv = new CsvResult([
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
                fit.Frame.Clusters.Label(i),
                fit.Frame.Clusters.Size(i),
                influence.Leverages[i],
                influence.Distances.Values[i],
                .. changes,
            ]);
        }

        return csv.ToString();
    }
}
