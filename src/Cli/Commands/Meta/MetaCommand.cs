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

namespace MarginalConditional.Cli.Commands.Meta;

/// <summary><c>margcond meta</c>: combines studies.</summary>
internal sealed class MetaCommand : ICommandDefinition
{
    private const string Exact = "exact";
    private readonly MetaCommandInput input = new();
    private readonly Option<string> method = Choice.Option(
        "--method", "Estimator of the variance between studies; FE assumes one common effect, exact is the binomial-normal (or "
            + "Poisson-normal) model of the counts.", [.. HeterogeneityEstimator.All.Select(estimator => estimator.Code), Exact]);

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
        input.Data.AddTo(command);
        output.AddTo(command);
        input.RefuseIdle(command, result => result.GetValue(method) == Exact);
        command.HasEffect(
            studentPrediction, result => result.GetValue(method) != HeterogeneityEstimator.Fixed.Code,
            "with --method FE, where all studies have one effect and there is nothing to predict");
        runner.Handle(command, output, Run);
        return command;
    }

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
        var wantsLeftOut = parse.GetValue(leaveOneOut);
        var (fit, leftOut) = isExact ? FitExactly(parse, options, wantsLeftOut, context.Output.Threads) : Fit(parse, options, wantsLeftOut);
        return MetaCommandOutput.Write(
            new MetaCommandResult
            {
                Data = input.Data.Read(parse),
                Counts = context.Output is { Plots.Count: 0, ReportPath: null } ? null : input.CountsIfAny(parse),
                Fit = fit,
                Ratios = fit.Studies.Measure.IsLogarithmic || context.Output.Exponentiate,
                LeftOut = leftOut,
                ShowsFunnel = parse.GetValue(funnel),
                Asymmetry = parse.GetValue(funnel) ? FunnelAsymmetry.Test(fit.Studies, context.Output.Level) : null,
            },
            context);
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
        if (options.Interval != MeanInterval.Wald)
        {
            throw new InputException("--method exact gives the Wald interval of maximum likelihood; --ci belongs to the other methods.");
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
