using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Cli.Results;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Regression;
using MarginalConditional.Report.Gallery;

namespace MarginalConditional.Cli.Commands.Meta;

/// <summary>Prints a meta-regression as JSON or CSV, or has <see cref="MetaRegressionTable"/> print it for people.</summary>
internal static class MetaRegressionOutput
{
    /// <summary>Writes the result and returns the exit code.</summary>
    public static int Write(MetaRegressionResult result, CommandContext context)
    {
        var ratios = context.Output.Exponentiate && result.Ratios;
        ResultWriter.Write(
            context,
            () => Json(result, ratios),
            () => FitCsv.Write([.. result.Fit.Coefficients], [], context.Output.BroomNames, ratios),
            () => MetaRegressionTable.Write(result, context),
            [],
            result.Fit.Warnings,
            Publication(result));
        return FitOutput.ExitCodeOf(result.Fit.Convergence);
    }

    private static string Json(MetaRegressionResult result, bool ratios)
    {
        var fit = result.Fit;
        using var json = new JsonResult();
        json.Text("command", "meta");
        json.Text("measure", fit.Studies.Measure.Code);
        json.Text("moderators", result.Formula);
        json.Text("method", fit.IsExact ? MetaCommand.Exact : fit.Options.Estimator.Code);
        json.Text("interval", fit.Data.ClusterName is null ? fit.Options.Interval.Code : "robust");
        json.Number("level", fit.Options.Level);
        json.Integer("observations", fit.Studies.Count);
        json.Integer("dropped", fit.Studies.Dropped);
        if (fit.Clusters is { } clusters)
        {
            json.Integer("clusters", clusters);
        }

        if (fit.Coefficients.Count == 1)
        {
            FitOutput.Inference(json, fit.Coefficients[0]);
        }

        FitOutput.Coefficients(json, "coefficients", fit.Coefficients, ratios);
        json.Matrix("covariance", fit.Covariance, fit.Coefficients.Count);
        Heterogeneity(json, result);
        if (result.Predictions.Count > 0)
        {
            json.Objects("predictions", result.Predictions, row => Prediction(json, fit, row));
        }

        json.Objects("studies", Enumerable.Range(0, fit.Studies.Count), i =>
        {
            json.Text("label", fit.Studies.Labels[i]);
            json.Number("yi", fit.Studies.Estimates[i]);
            json.Number("vi", fit.Studies.Variances[i]);
            json.Number("fitted", fit.Fitted[i]);
        });
        FitOutput.Convergence(json, fit.Convergence);
        return json.Complete(fit.Warnings);
    }

    private static void Heterogeneity(JsonResult json, MetaRegressionResult result)
    {
        var fit = result.Fit;
        json.Number("tau2", fit.Tau2);
        json.Number("tau2Lower", fit.Tau2Interval?.Lower);
        json.Number("tau2Upper", fit.Tau2Interval?.Upper);
        json.Objects("components", Enumerable.Range(0, fit.Components.Count), s =>
        {
            json.Text("group", fit.Components[s].Name);
            json.Integer("groups", fit.Components[s].Groups);
            json.Number("variance", fit.Components[s].Variance);
            if (result.ComponentIntervals.Count > 0)
            {
                json.Number("lower", result.ComponentIntervals[s].Lower);
                json.Number("upper", result.ComponentIntervals[s].Upper);
            }
        });
        json.Number("i2", fit.I2);
        json.Number("h2", fit.H2);
        json.Number("r2", fit.R2);
        json.Number("q", fit.ResidualQ);
        json.Integer("qDf", fit.ResidualDegreesOfFreedom);
        json.Number("qP", fit.ResidualPValue);
        json.Number("logLik", fit.LogLikelihood);
        if (fit.ModeratorTest is { } test)
        {
            json.Object("moderatorTest", () =>
            {
                json.Number("statistic", test.Statistic);
                json.Integer("df1", test.Rank);
                json.Number("df2", test.DenominatorDegreesOfFreedom);
                json.Number("p", test.PValue);
            });
        }
    }

    private static void Prediction(JsonResult json, MetaRegressionFit fit, ModeratedPrediction row)
    {
        json.Object("at", () =>
        {
            foreach (var (variable, value) in row.At)
            {
                json.Text(variable, value);
            }
        });
        json.Number("estimate", row.Mean.Estimate);
        json.Number("se", row.Mean.StandardError);
        json.Number("df", row.Mean.DegreesOfFreedom);
        json.Number("lower", row.Mean.ConfidenceInterval.Lower);
        json.Number("upper", row.Mean.ConfidenceInterval.Upper);
        json.Number("predictionLower", row.Mean.PredictionInterval.Lower);
        json.Number("predictionUpper", row.Mean.PredictionInterval.Upper);
        if (fit.Studies.Measure is StudyMeasure.ArmMeasure)
        {
            json.Number("natural", fit.Studies.Natural(row.Mean.Estimate));
        }
    }

    private static Publication Publication(MetaRegressionResult result)
    {
        var fit = result.Fit;
        const string Regression = "it is for one effect a study without moderators; --plot bubble shows a regression";
        return new Publication
        {
            Title = $"Meta-regression of {Figures.Counted(fit.Studies.Count, "effect")}",
            Answer = MetaRegressionTable.Answer(result),
            Data = result.Data,
            DataFacts =
            [
                ("Effects", Figures.Count(fit.Studies.Count)), ("Rows left out", Figures.Count(fit.Studies.Dropped)),
                ("Measure", fit.Studies.Measure.Name),
            ],
            Pictures =
            [
                Bubble(result),
                .. PictureKinds.Meta.Where(kind => kind.Word != "bubble").Select(kind => OfferedPicture.Without(kind.Word, Regression)),
            ],
        };
    }

    private static OfferedPicture Bubble(MetaRegressionResult result)
    {
        const string Word = "bubble";
        var fit = result.Fit;
        var moderator = fit.Data.Numbers.FirstOrDefault(one => one.Values.Max() > one.Values.Min()).Name;
        var factor = fit.Data.Factors.Count > 0 ? fit.Data.Factors[0].Name : null;
        return (moderator ?? factor) is not { } shown ? OfferedPicture.Without(Word, "it needs a moderator (--moderators)")
            : !BubblePicture.IsPossible(fit, shown)
                ? OfferedPicture.Without(Word, $"not every mean along {shown} can be estimated beside the other moderators")
            : moderator is not null ? new OfferedPicture(Word, () => BubblePicture.Of(fit, shown, result.Ratios))
            : new OfferedPicture(Word, () => BubblePicture.OfLevels(fit, shown, result.Ratios));
    }
}
