using System.CommandLine;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Predictions;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Predictions;

/// <summary>The option that names a file of rows to be predicted, the same for every fit.</summary>
internal sealed class NewDataOption
{
    /// <summary>The option.</summary>
    public Option<string?> Option { get; } = new("--newdata")
    {
        Description = "A file of rows to be predicted: the predictors, and the groups where their own effects are to count; no outcome. "
            + "--predictions FILE then writes these rows.",
        HelpName = "FILE",
    };

    /// <summary>Predictions by a marginal model; null when none were asked for.</summary>
    public PredictedRows? Of(ParseResult parse, DataArguments data, GeeInference inference)
    {
        if (Read(parse, data, inference.Fit.Frame) is not var (source, rows))
        {
            return null;
        }

        var predictions = Prediction.For(inference, rows);
        return new PredictedRows(
            source,
            [],
            rows,
            ["predictor", "predictor_se", "mean", "mean_se", "lower", "upper", "prediction_se"],
            [.. predictions.Select(one => new[]
            {
                one.Predictor, one.PredictorError, one.Mean, one.MeanError, one.Lower, one.Upper, one.PredictionError,
            })])
        {
            Shown = [("Mean", "mean", "lower", "upper"), ("SE of an outcome", "prediction_se", "", "")],
            Groups =
            [
                new("predictor", "predictor_se", "", "", Link.Identity),
                new("mean", "mean_se", "lower", "upper", inference.Fit.Options.EffectiveLink),
                new("mean", "prediction_se", "", "", Link.Identity),
            ],
        };
    }

    /// <summary>Probabilities of categories by a marginal model.</summary>
    public PredictedRows? Of(ParseResult parse, DataArguments data, OrdinalGeeFit fit, GeeInference inference)
    {
        if (Read(parse, data, fit.Frame) is not var (source, rows))
        {
            return null;
        }

        return new PredictedRows(
            source,
            [],
            rows,
            PredictedCategories.Columns(fit.Categories),
            [.. CategoryPrediction.For(fit, inference, rows).Select(PredictedCategories.Numbers)])
        {
            Shown = [.. fit.Categories.Select(category => ($"P({category})", $"probability {category}", "", ""))],
            Groups =
            [
                .. fit.Categories.Select(category => new PredictionGroup(
                    $"probability {category}", $"probability {category} se", "", "", Link.Identity)),
            ],
        };
    }

    /// <summary>Probabilities of categories by a mixed model: over all random effects, and at those of the row's groups.</summary>
    public PredictedRows? Of(ParseResult parse, DataArguments data, OrdinalGlmmFit fit, OrdinalGlmmInference inference)
    {
        if (Read(parse, data, fit.Frame) is not var (source, rows))
        {
            return null;
        }

        var (groupings, termOf) = PredictedRows.GroupingsOf(fit.Frame);
        var categories = fit.Frame.Categories;
        return new PredictedRows(
            source,
            groupings,
            rows,
            PredictedCategories.MixedColumns(categories),
            [.. OrdinalPrediction.Of(fit, rows, inference.JointCovariance).Select(PredictedCategories.Numbers)])
        {
            TermOf = termOf,
            Shown = [.. categories.Select(category => ($"P({category})", $"probability {category}", "", ""))],
            Groups =
            [
                .. categories.Select(category => new PredictionGroup(
                    $"probability {category}", $"probability {category} se", "", "", Link.Identity)),
                .. categories.Select(category => new PredictionGroup($"conditional {category}", "", "", "", Link.Identity)),
            ],
        };
    }

    /// <summary>Predictions by a generalized linear mixed model.</summary>
    public PredictedRows? Of(ParseResult parse, DataArguments data, GlmmFit fit, double level)
    {
        if (Read(parse, data, fit.Frame) is not var (source, rows))
        {
            return null;
        }

        var (groupings, termOf) = PredictedRows.GroupingsOf(fit.Frame);
        return new PredictedRows(
            source,
            groupings,
            rows,
            [
                "predictor", "predictor_se", "prediction_se", "mean", "mean_se", "lower", "upper", "marginal", "marginal_se",
                "marginal_lower", "marginal_upper",
            ],
            [.. GlmmPrediction.Of(fit, rows, level).Select(one => new[]
            {
                one.Predictor, one.PredictorError, one.PredictionError, one.Mean, one.MeanError, one.Lower, one.Upper, one.Marginal,
                one.MarginalError, one.MarginalLower, one.MarginalUpper,
            })])
        {
            TermOf = termOf,
            Shown = [("At its effects", "mean", "lower", "upper"), ("Over all", "marginal", "marginal_lower", "marginal_upper")],
            Groups =
            [
                new("predictor", "predictor_se", "", "", Link.Identity), new("predictor", "prediction_se", "", "", Link.Identity),
                new("mean", "mean_se", "lower", "upper", fit.Link),
                new("marginal", "marginal_se", "marginal_lower", "marginal_upper", fit.Link),
            ],
        };
    }

    /// <summary>Predictions by a linear mixed model.</summary>
    public PredictedRows? Of(ParseResult parse, DataArguments data, LmmInference inference, double level)
    {
        if (Read(parse, data, inference.Fit.Frame) is not var (source, rows))
        {
            return null;
        }

        var (groupings, termOf) = PredictedRows.GroupingsOf(inference.Fit.Frame);
        return new PredictedRows(
            source,
            groupings,
            rows,
            [
                "mean", "mean_se", "lower", "upper", "prediction_se", "prediction_lower", "prediction_upper", "population",
                "population_se", "population_lower", "population_upper", "new_se",
            ],
            [.. LmmPrediction.Of(inference, rows, level).Select(LmmNumbers)])
        {
            TermOf = termOf,
            Shown = [("Mean", "mean", "lower", "upper"), ("SE of an outcome", "prediction_se", "", ""),
                ("Population", "population", "population_lower", "population_upper")],
            Groups =
            [
                new("mean", "mean_se", "lower", "upper", Link.Identity),
                new("mean", "prediction_se", "prediction_lower", "prediction_upper", Link.Identity),
                new("population", "population_se", "population_lower", "population_upper", Link.Identity),
                new("population", "new_se", "", "", Link.Identity),
            ],
        };
    }

    /// <summary>The numbers of one row of a linear mixed model, in the order of their columns.</summary>
    public static double[] LmmNumbers(LmmPrediction one) =>
    [
        one.Mean, one.MeanError, one.Lower, one.Upper, one.PredictionError, one.PredictionLower, one.PredictionUpper, one.Population,
        one.PopulationError, one.PopulationLower, one.PopulationUpper, one.NewError,
    ];

    private (string Source, IReadOnlyList<NewRow> Rows)? Read(ParseResult parse, DataArguments data, ModelFrame frame)
    {
        if (parse.GetValue(Option) is not { } path)
        {
            return null;
        }

        var (columns, texts) = NewRows.ColumnsOf(frame);
        var table = data.ReadOther(path, data.Reading with { Columns = columns, Factors = texts });
        return (path, NewRows.Of(frame, table));
    }
}
