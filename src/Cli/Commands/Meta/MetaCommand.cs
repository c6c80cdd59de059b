using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data;
using MarginalConditional.Meta;
using MarginalConditional.Meta.Diagnostics;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Exact;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Meta.Tables;
using MarginalConditional.Meta.Regression;

namespace MarginalConditional.Cli.Commands.Meta;

/// <summary><c>margcond meta</c>: combines studies.</summary>
internal sealed class MetaCommand : ICommandDefinition
{
    internal const string Exact = "exact";
    private readonly MetaCommandInput input = new();
    private readonly ModeratorOptions moderators = new();

    private readonly Option<string> method = Choice.Option(
        "--method",
        "Estimator of the variance between studies; FE assumes one common effect, exact is the binomial-normal (or "
            + "Poisson-normal) model of the counts; MH and Peto combine tables to one common effect.",
        [
            .. HeterogeneityEstimator.All.Select(estimator => estimator.Code), Exact,
            .. TableMethod.All.Select(tables => tables.Code),
        ]);

    private readonly Option<string> interval = Choice.Option(
        "--ci",
        "Interval of the combined effect.",
        [.. MeanInterval.All.Select(kind => kind.Code)]);
    private readonly Option<bool> studentPrediction = new("--student-prediction")
    {
        Description = "Prediction interval with Student's t and k \u2212 2 degrees of freedom.",
    };
    private readonly Option<bool> leaveOneOut = new("--leave-one-out") { Description = "Repeat the analysis without each study in turn." };
    private readonly Option<bool> funnel = new("--funnel") { Description = "Draw a funnel plot and test its symmetry." };
    private readonly OutputOptions output = new(PictureKinds.Meta, broom: true);

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("meta", "Meta-analysis: combined effect, spread between studies, shrunken study effects.")
        {
            Example = "margcond meta examples/bcg/bcg.csv --measure RR --treat tpos,tneg --control cpos,cneg --label author,year",
        };
        input.AddTo(command);
        command.AddGroup("Analysis", method, interval, studentPrediction, leaveOneOut, funnel);
        command.AddGroup("Moderators and several effects a study", moderators.All);
        input.Data.AddTo(command);
        output.AddTo(command);
        input.RefuseIdle(command, result => result.GetValue(method) == Exact || IsOfTables(result.GetValue(method)));
        moderators.RefuseIdle(command);
        foreach (var option in new Option[] { leaveOneOut, funnel })
        {
            command.HasEffect(
                option, result => !moderators.IsAsked(result), "beside --moderators, --random and --cluster, which it does not know");
        }

        command.HasEffect(
            studentPrediction,
            result => result.GetValue(method) != HeterogeneityEstimator.Fixed.Code && !IsOfTables(result.GetValue(method)),
            "with --method FE, MH or Peto, where all studies have one effect and there is nothing to predict");
        runner.Handle(command, output, Run);
        return command;
    }

    private static bool IsOfTables(string? method) => TableMethod.All.Any(tables => tables.Code == method);

    private int Run(ParseResult parse, CommandContext context)
    {
        var isExact = parse.GetValue(method) == Exact;
        var options = new MetaAnalysisOptions
        {
            Estimator = HeterogeneityEstimator.All.FirstOrDefault(estimator => estimator.Code == parse.GetValue(method))
                ?? HeterogeneityEstimator.MaximumLikelihood,
            Interval = MeanInterval.All.Single(kind => kind.Code == parse.GetValue(interval)),
            StudentPrediction = parse.GetValue(studentPrediction),
            Level = context.Output.Level,
        };
        if (moderators.IsAsked(parse.CommandResult))
        {
            return Regress(parse, options, context);
        }

        var wantsLeftOut = parse.GetValue(leaveOneOut);
        var (fit, leftOut) = IsOfTables(parse.GetValue(method)) ? (FitTables(parse, options, wantsLeftOut), [])
            : isExact ? FitExactly(parse, options, wantsLeftOut, context.Output.Threads) : Fit(parse, options, wantsLeftOut);
        return MetaCommandOutput.Write(
            new MetaCommandResult
            {
                Data = input.Data.Read(parse),
                Counts = context.Output is { Plots.Count: 0, ReportPath: null } ? null : input.CountsIfAny(parse),
                Fit = fit,
                Ratios = fit.Studies.Measure.IsLogarithmic
                    || (context.Output.Exponentiate && fit.Studies.Measure is not StudyMeasure.ArmMeasure),
                LeftOut = leftOut,
                ShowsFunnel = parse.GetValue(funnel),
                Asymmetry = parse.GetValue(funnel) ? FunnelAsymmetry.Test(fit.Studies, context.Output.Level) : null,
            },
            context);
    }

    private int Regress(ParseResult parse, MetaAnalysisOptions options, CommandContext context)
    {
        if (parse.GetValue(method) is var code && IsOfTables(code))
        {
            throw new InputException($"--method {code} has no moderators and one effect a study.")
            {
                Hint = "Say --method REML, or leave --moderators, --random and --cluster out.",
            };
        }

        var fit = code == Exact ? RegressExactly(parse, options, context.Output.Threads) : Regress(parse, options);
        var measure = fit.Studies.Measure;
        return MetaRegressionOutput.Write(
            new MetaRegressionResult
            {
                Data = input.Data.Read(parse),
                Formula = moderators.Formula(parse),
                Fit = fit,
                Ratios = measure.IsLogarithmic || (context.Output.Exponentiate && measure is not StudyMeasure.ArmMeasure),
                ComponentIntervals = moderators.WantsProfiles(parse) ? ComponentProfiles.Of(fit) : [],
                Predictions = fit.Coefficients.Count == 1 || moderators.At(parse).Count > 0
                    ? ModeratedPrediction.Of(fit, moderators.At(parse))
                    : [],
            },
            context);
    }

    private MetaRegressionFit Regress(ParseResult parse, MetaAnalysisOptions options)
    {
        var studies = input.ReadStudies(parse);
        RequireTwo(studies, input.Data.Read(parse).Path);
        return MetaRegression.Fit(moderators.Read(parse, input.Data.Read(parse), studies), options);
    }

    private MetaRegressionFit RegressExactly(ParseResult parse, MetaAnalysisOptions options, int threads)
    {
        RequireWald(options);
        ModeratedStudies Read(StudyEffects studies) => moderators.Read(parse, input.Data.Read(parse), studies);
        return input.MeasureOf(parse) is StudyMeasure.ArmMeasure arm
            ? ExactMetaRegression.Fit(input.ReadExactArms(parse, arm), Read, options, threads)
            : input.IsExactOfRates(parse)
            ? ExactMetaRegression.Fit(input.ReadRates(parse), Read, options, threads)
            : ExactMetaRegression.Fit(input.ReadCounts(parse), Read, options, threads);
    }

    private static void RequireWald(MetaAnalysisOptions options)
    {
        if (options.Interval != MeanInterval.Wald)
        {
            throw new InputException("--method exact gives the Wald interval of maximum likelihood; --ci belongs to the other methods.");
        }
    }

    private MetaAnalysisFit FitTables(ParseResult parse, MetaAnalysisOptions options, bool wantsLeftOut)
    {
        var code = parse.GetValue(method);
        if (options.Interval != MeanInterval.Wald || wantsLeftOut)
        {
            throw new InputException(wantsLeftOut
                ? $"--leave-one-out has no effect with --method {code}."
                : $"--method {code} gives a Wald interval of one common effect; --ci belongs to methods that let effects differ.");
        }

        return (code == TableMethod.Peto.Code, input.MeasureOf(parse)) switch
        {
            (true, StudyMeasure.CountMeasure counts) when counts == StudyMeasure.OddsRatio => Peto.Fit(input.ReadCounts(parse), options),
            (true, _) => throw new InputException("Peto's method combines odds ratios.") { Hint = "Say --measure OR." },
            (false, StudyMeasure.CountMeasure counts) => MantelHaenszel.Fit(input.ReadCounts(parse), counts, options),
            (false, StudyMeasure.RateMeasure rates) => MantelHaenszel.Fit(input.ReadRates(parse), rates, options),
            _ => throw new InputException("Mantel and Haenszel's method combines the events of two arms.")
            {
                Hint = "Say --measure OR, RR, RD, IRR or IRD, with --treat and --control.",
            },
        };
    }

    private (MetaAnalysisFit Fit, IReadOnlyList<MetaAnalysisFit> LeftOut) Fit(
        ParseResult parse,
        MetaAnalysisOptions options,
        bool wantsLeftOut)
    {
        var studies = input.ReadStudies(parse);
        RequireTwo(studies, input.Data.Read(parse).Path);
        var fit = MetaAnalysis.Fit(studies, options);
        return (fit, wantsLeftOut && studies.Count > 2 ? LeaveOneOut.Fits(fit) : []);
    }

    private (MetaAnalysisFit Fit, IReadOnlyList<MetaAnalysisFit> LeftOut) FitExactly(
        ParseResult parse,
        MetaAnalysisOptions options,
        bool wantsLeftOut,
        int threads)
    {
        RequireWald(options);
        if (input.MeasureOf(parse) is StudyMeasure.ArmMeasure arm)
        {
            var arms = input.ReadExactArms(parse, arm);
            var ofArms = ExactMetaAnalysis.Fit(arms, options, threads);
            return (ofArms, wantsLeftOut && ofArms.Studies.Count > 2 ? LeaveOneOut.Fits(arms, options, threads) : []);
        }

        if (input.IsExactOfRates(parse))
        {
            var rates = input.ReadRates(parse);
            var ofRates = ExactMetaAnalysis.Fit(rates, options, threads);
            return (ofRates, wantsLeftOut && ofRates.Studies.Count > 2 ? LeaveOneOut.Fits(rates, options, threads) : []);
        }

        var counts = input.ReadCounts(parse);
        var fit = ExactMetaAnalysis.Fit(counts, options, threads);
        return (fit, wantsLeftOut && fit.Studies.Count > 2 ? LeaveOneOut.Fits(counts, options, threads) : []);
    }

    private static void RequireTwo(StudyEffects studies, string path)
    {
        if (studies.Count >= 2)
        {
            return;
        }

        var dropped = studies.Dropped > 0 ? $" {studies.Dropped} {(studies.Dropped == 1 ? "row was" : "rows were")} left out: a field is "
            + $"missing, or a rule for zero cells drops them." : string.Empty;
        throw new InputException(studies.Count == 0
            ? "There is no study to combine."
            : "There is one study, and at least two are needed to combine.")
        {
            File = path,
            Hint = studies.Count == 1 ? "A single study's own estimate and interval are the result." + dropped
                : dropped.Length > 0 ? dropped.TrimStart()
                : null,
        };
    }
}
