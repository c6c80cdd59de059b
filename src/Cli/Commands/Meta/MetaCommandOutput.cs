using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Meta;
using MarginalConditional.Meta.Diagnostics;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Meta;

/// <summary>Prints a meta-analysis as JSON or CSV, or has <see cref="MetaCommandTable"/> print it for people.</summary>
internal static class MetaCommandOutput
{
    /// <summary>Writes the result and returns the exit code.</summary>
    public static int Write(MetaCommandResult result, CommandContext context)
    {
        ResultWriter.Write(
            context,
            () => Json(result),
            () => context.Output.BroomNames
                ? Broom(result.Fit, context.Output.Exponentiate)
                : Csv(result, context.Output.Exponentiate),
            () => MetaCommandTable.Write(result, context),
            [],
            result.Fit.Warnings,
            MetaCommandPictures.Of(result));
        return FitOutput.ExitCodeOf(result.Fit.Convergence);
    }

    private static string Json(MetaCommandResult result)
    {
        var fit = result.Fit;
        using var json = new JsonResult();
        json.Text("command", "meta");
        json.Text("measure", fit.Studies.Measure.Code);
        json.Text("method", fit.MethodCode);
        json.Text("interval", fit.Options.Interval.Code);
        json.Number("level", fit.Options.Level);
        json.Integer("observations", fit.Studies.Count);
        json.Integer("dropped", fit.Studies.Dropped);
        Combined(json, fit);
        Natural(json, fit);
        json.Objects("studies", Enumerable.Range(0, fit.Studies.Count), i => Study(json, fit, i));
        if (result.LeftOut.Count > 0)
        {
            json.Objects("leaveOneOut", result.LeftOut.Zip(fit.Studies.Labels), pair =>
            {
                json.Text("without", pair.Second);
                Combined(json, pair.First);
            });
        }

        if (result.Asymmetry is { } test)
        {
            json.Object("asymmetry", () => Asymmetry(json, test));
        }

        FitOutput.Convergence(json, fit.Convergence);
        return json.Complete(fit.Warnings);
    }

    /// <summary>What belongs to single arms, and to tables.</summary>
    private static void Natural(JsonResult json, MetaAnalysisFit fit)
    {
        if (fit.Studies.Measure is StudyMeasure.ArmMeasure)
        {
            json.Object("natural", () =>
            {
                json.Number("estimate", fit.Studies.Natural(fit.Estimate));
                json.Number("lower", fit.Studies.Natural(fit.ConfidenceInterval.Lower));
                json.Number("upper", fit.Studies.Natural(fit.ConfidenceInterval.Upper));
                json.Number("predictionLower", fit.Studies.Natural(fit.PredictionInterval.Lower));
                json.Number("predictionUpper", fit.Studies.Natural(fit.PredictionInterval.Upper));
                if (!double.IsNaN(fit.NaturalMean))
                {
                    json.Number("mean", fit.NaturalMean);
                }
            });
        }

        if (fit.StratifiedTests is { } tests)
        {
            json.Object("tableTests", () =>
            {
                json.Number("cmh", tests.Association);
                json.Number("cmhP", tests.AssociationPValue);
                json.Number("breslowDay", tests.BreslowDay);
                json.Number("tarone", tests.Tarone);
                json.Integer("df", tests.HomogeneityDegrees);
                json.Number("taroneP", tests.TaronePValue);
            });
        }
    }

    private static void Combined(JsonResult json, MetaAnalysisFit fit)
    {
        var (lower, upper) = fit.ConfidenceInterval;
        if (fit.Studies.Measure is StudyMeasure.ArmMeasure)
        {
            // One arm is compared with nothing: there is no test.
            json.Number("estimate", fit.Estimate);
            json.Number("se", fit.StandardError);
            json.Number("statistic", null);
            json.Number("df", fit.DegreesOfFreedom);
            json.Number("p", null);
            json.Number("lower", lower);
            json.Number("upper", upper);
        }
        else
        {
            FitOutput.Inference(
                json,
                new Coefficient("effect", fit.Estimate, fit.StandardError, fit.DegreesOfFreedom, fit.Statistic, fit.PValue, lower, upper));
        }

        json.Number("predictionLower", fit.PredictionInterval.Lower);
        json.Number("predictionUpper", fit.PredictionInterval.Upper);
        json.Number("tau2", fit.Tau2);
        json.Number("tau2Lower", fit.Tau2Interval?.Lower);
        json.Number("tau2Upper", fit.Tau2Interval?.Upper);
        json.Number("i2", fit.I2);
        json.Number("i2Lower", fit.Tau2Interval is { } low ? fit.I2At(low.Lower) : null);
        json.Number("i2Upper", fit.Tau2Interval is { } high ? fit.I2At(high.Upper) : null);
        json.Number("h2", fit.H2);
        json.Number("q", fit.Q);
        json.Integer("qDf", fit.QDegreesOfFreedom);
        json.Number("qP", fit.QPValue);
    }

    private static void Study(JsonResult json, MetaAnalysisFit fit, int study)
    {
        var shrunken = fit.Shrunken[study];
        json.Text("label", fit.Studies.Labels[study]);
        json.Number("yi", fit.Studies.Estimates[study]);
        json.Number("vi", fit.Studies.Variances[study]);
        json.Number("weight", shrunken.PoolingWeight);
        json.Number("shrinkageWeight", shrunken.Weight);
        json.Number("shrunken", shrunken.Estimate);
        json.Number("shrunkenSe", shrunken.StandardError);
        json.Number("shrunkenLower", shrunken.Interval.Lower);
        json.Number("shrunkenUpper", shrunken.Interval.Upper);
    }

    private static void Asymmetry(JsonResult json, FunnelAsymmetry test)
    {
        json.Number("slope", test.Slope);
        json.Number("se", test.StandardError);
        json.Number("statistic", test.Statistic);
        json.Integer("df", test.DegreesOfFreedom);
        json.Number("p", test.PValue);
        json.Number("limit", test.Limit);
        json.Number("limitLower", test.LimitInterval.Lower);
        json.Number("limitUpper", test.LimitInterval.Upper);
    }

    /// <summary>As broom's <c>tidy</c> has an analysis with its studies: a line each, and one of the combined effect.</summary>
    private static ResultTable Broom(MetaAnalysisFit fit, bool ratios)
    {
        var csv = new ResultTable([.. BroomNames.Of(["term", "type", "estimate", "se", "statistic", "p", "lower", "upper"])]);
        double Shown(double value) => ratios ? Math.Exp(value) : value;
        for (var i = 0; i < fit.Studies.Count; i++)
        {
            var (estimate, error, own) = (fit.Studies.Estimates[i], fit.Studies.StandardError(i), fit.IntervalOf(i));
            csv.Row(fit.Studies.Labels[i], "study", Shown(estimate), error, estimate / error, null, Shown(own.Lower), Shown(own.Upper));
        }

        csv.Row(
            "overall", "summary", Shown(fit.Estimate), fit.StandardError, fit.Statistic, fit.PValue, Shown(fit.ConfidenceInterval.Lower),
            Shown(fit.ConfidenceInterval.Upper));
        return csv;
    }

    /// <summary>A line a study and a result; with ratios the exponentiated numbers stand beside each other's logarithms.</summary>
    private static ResultTable Csv(MetaCommandResult result, bool ratios)
    {
        var fit = result.Fit;
        string[] columns =
        [
            "kind", "label", "estimate", "se", "lower", "upper", "weight", "shrunken", "shrunkenSe", "shrunkenLower", "shrunkenUpper",
        ];
        string[] shown = ["estimate", "lower", "upper", "shrunken", "shrunkenLower", "shrunkenUpper"];
        var csv = new ResultTable(ratios
            ? [.. columns, "ratio", "ratio_lower", "ratio_upper", "shrunken_ratio", "shrunken_ratio_lower", "shrunken_ratio_upper"]
            : columns);
        for (var i = 0; i < fit.Studies.Count; i++)
        {
            var own = fit.IntervalOf(i);
            var shrunken = fit.Shrunken[i];
            Row(
                "study", fit.Studies.Labels[i], fit.Studies.Estimates[i], fit.Studies.StandardError(i), own.Lower, own.Upper,
                shrunken.PoolingWeight,
                shrunken.Estimate, shrunken.StandardError, shrunken.Interval.Lower, shrunken.Interval.Upper);
        }

        Row("combined", fit.MethodCode, fit.Estimate, fit.StandardError, fit.ConfidenceInterval.Lower, fit.ConfidenceInterval.Upper,
            1.0, null, null, null, null);
        Row("prediction", fit.MethodCode, null, null, fit.PredictionInterval.Lower, fit.PredictionInterval.Upper, null, null, null,
            null, null);
        Row("tau2", fit.MethodCode, fit.Tau2, null, fit.Tau2Interval?.Lower, fit.Tau2Interval?.Upper, null, null, null, null, null);
        foreach (var (without, label) in result.LeftOut.Zip(fit.Studies.Labels))
        {
            Row("without", label, without.Estimate, without.StandardError, without.ConfidenceInterval.Lower,
                without.ConfidenceInterval.Upper, null, null, null, null, null);
        }

        return csv;

        void Row(params object?[] fields) => csv.Row(ratios
            ?
            [
                .. fields,
                .. shown.Select(name => fields[0] is not "tau2" && fields[Array.IndexOf(columns, name)] is double value
                    ? (object?)Math.Exp(value)
                    : null),
            ]
            : fields);
    }
}
