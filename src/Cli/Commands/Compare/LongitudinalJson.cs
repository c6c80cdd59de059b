using System.Globalization;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>What a trial over time says, as <c>longitudinal</c>, <c>longitudinalTests</c> and <c>periods</c>.</summary>
internal static class LongitudinalJson
{
    /// <summary>Writes what there is.</summary>
    public static void Write(JsonResult json, ModelComparison comparison)
    {
        if (comparison.Periods is not { } analysis)
        {
            return;
        }

        json.Objects("longitudinal", analysis.Estimates, row =>
        {
            json.Text("estimand", row.Estimand.Key);
            json.Boolean("augmented", row.IsAugmented);
            json.Text("method", row.Method);
            json.Text("measure", row.Scale);
            json.Text("treated", row.Treated);
            json.Text("control", row.Control);
            json.Text("seType", row.StandardErrorType);
            FitOutput.Inference(json, row.Inference);
        });
        json.Objects("longitudinalTests", analysis.Tests, row =>
        {
            json.Boolean("augmented", row.IsAugmented);
            json.Text("method", row.Method);
            json.Text("measure", row.Scale);
            json.Text("treated", row.Treated);
            json.Text("control", row.Control);
            json.Number("statistic", row.Test?.Statistic);
            json.Number("df1", row.Test?.Rank);
            json.Number("df2", row.Test?.DenominatorDegreesOfFreedom);
            json.Number("p", row.Test?.PValue);
        });
        Labels(json, "periods", analysis.Periods);
    }

    /// <summary>Labels as numbers where all of them are.</summary>
    private static void Labels(JsonResult json, string name, IReadOnlyList<string> labels)
    {
        double[] numbers = [.. labels.Select(label =>
            double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)];
        if (numbers.Any(double.IsNaN))
        {
            json.Texts(name, labels);
        }
        else
        {
            json.Numbers(name, numbers);
        }
    }
}
