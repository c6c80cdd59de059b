using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data;
using MarginalConditional.Glmm.Meta;

namespace MarginalConditional.Cli.Commands;

/// <summary><c>margcond meta</c>: combines studies.</summary>
internal sealed class MetaCommand : ICommandDefinition
{
    private const string Exact = "exact";
    private readonly MetaCommandInput input = new();
    private readonly Option<string> method = Choice.Option(
        "--method", "Estimator of the variance between studies; FE assumes one common effect, exact is the binomial-normal model of the counts.", [.. HeterogeneityEstimator.All.Select(estimator => estimator.Code), Exact]);

    private readonly Option<string> interval = Choice.Option("--ci", "Interval of the combined effect.", [.. MeanInterval.All.Select(kind => kind.Code)]);
    private readonly Option<bool> studentPrediction = new("--student-prediction") { Description = "Prediction interval with Student's t and k \u2212 2 degrees of freedom." };
    private readonly Option<bool> leaveOneOut = new("--leave-one-out") { Description = "Repeat the analysis without each study in turn." };
    private readonly Option<bool> funnel = new("--funnel") { Description = "Draw a funnel plot and test its symmetry." };
    private readonly OutputOptions output = new();

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
        runner.Handle(command, output, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        var isExact = parse.GetValue(method) == Exact;
        var options = new MetaAnalysisOptions
        {
            Estimator = HeterogeneityEstimator.All.FirstOrDefault(estimator => estimator.Code == parse.GetValue(method)) ?? HeterogeneityEstimator.MaximumLikelihood,
            Interval = MeanInterval.All.Single(kind => kind.Code == parse.GetValue(interval)),
            StudentPrediction = parse.GetValue(studentPrediction),
            Level = context.Output.Level,
        };
        var fit = isExact ? FitExactly(parse, options, context.Output.Threads) : Fit(parse, options);
        return MetaCommandOutput.Write(
            new MetaCommandResult
            {
                Source = input.Data.Read(parse).Path,
                Fit = fit,
                Ratios = fit.Studies.Measure.IsLogarithmic || context.Output.Exponentiate,
                LeftOut = parse.GetValue(leaveOneOut) && fit.Studies.Count > 2 ? LeaveOneOut.Fits(fit) : [],
                ShowsFunnel = parse.GetValue(funnel),
                Asymmetry = parse.GetValue(funnel) ? FunnelAsymmetry.Test(fit.Studies, context.Output.Level) : null,
            },
            context);
    }

    private MetaAnalysisFit Fit(ParseResult parse, MetaAnalysisOptions options)
    {
        var studies = input.ReadStudies(parse);
        RequireTwo(studies, input.Data.Read(parse).Path);
        return MetaAnalysis.Fit(studies, options);
    }

    private MetaAnalysisFit FitExactly(ParseResult parse, MetaAnalysisOptions options, int threads)
    {
        if (options.Interval != MeanInterval.Wald || parse.GetValue(leaveOneOut))
        {
            throw new InputException("--method exact gives the Wald interval of maximum likelihood; --ci and --leave-one-out belong to the other methods.");
        }

        return ExactMetaAnalysis.Fit(input.ReadExactCounts(parse), options, threads);
    }

    private static void RequireTwo(StudyEffects studies, string path)
    {
        if (studies.Count >= 2)
        {
            return;
        }

        var dropped = studies.Dropped > 0 ? $" {studies.Dropped} rows were left out: a field is missing, or a rule for zero cells drops them." : string.Empty;
        throw new InputException(studies.Count == 0 ? "There is no study to combine." : "There is one study, and at least two are needed to combine.")
        {
            File = path,
            Hint = studies.Count == 1 ? "A single study's own estimate and interval are the result." + dropped : dropped.Length > 0 ? dropped.TrimStart() : null,
        };
    }
}
