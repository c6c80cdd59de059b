using System.Globalization;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>What a trial over time says: by period and by exposure.</summary>
internal static class LongitudinalJson
{
    /// <summary>Writes what there is.</summary>
    public static void Write(JsonResult json, ModelComparison comparison)
    {
        if (comparison.Periods is { } periods)
        {
            Write(json, periods);
        }

        if (comparison.Exposures is { } exposures)
        {
            Write(json, exposures);
        }
    }

    /// <summary>The members <c>longitudinal</c>, <c>longitudinalTests</c> and <c>periods</c>.</summary>
    private static void Write(JsonResult json, PeriodAnalysis analysis)
    {
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
            Test(json, row.Test);
        });
        Labels(json, "periods", analysis.Periods);
    }

    /// <summary>The members <c>exposures</c> and <c>exposureTests</c>.</summary>
    public static void Write(JsonResult json, ExposureAnalysis analysis)
    {
        json.Objects("exposures", analysis.Estimates, row =>
        {
            Label(json, "exposure", row.Exposure ?? "average");
            Label(json, "against", analysis.None);
            json.Text("method", row.Method);
            json.Text("weighting", row.Weighting.Name);
            json.Text("measure", row.Scale);
            json.Text("seType", row.StandardErrorType);
            FitOutput.Inference(json, row.Inference);
        });
        json.Objects("exposureTests", analysis.Tests, row =>
        {
            json.Text("method", row.Method);
            json.Text("weighting", row.Weighting.Name);
            json.Text("measure", row.Scale);
            Test(json, row.Test);
        });
    }

    private static void Test(JsonResult json, WaldTest? test)
    {
        json.Number("statistic", test?.Statistic);
        json.Number("df1", test?.Rank);
        json.Number("df2", test?.DenominatorDegreesOfFreedom);
        json.Number("p", test?.PValue);
    }

    /// <summary>A label as a number where it is one.</summary>
    private static void Label(JsonResult json, string name, string label)
    {
        if (double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            json.Number(name, number);
        }
        else
        {
            json.Text(name, label);
        }
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
