using System.CommandLine;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare.Simulation.Summaries;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Summarize;

/// <summary><c>margcond summarize</c>: performance measures of estimates that were made anywhere.</summary>
internal sealed class SummarizeCommand : ICommandDefinition
{
    private readonly SummarizeColumns columns = new();
    private readonly Option<string?> reference = new("--reference")
    {
        Description = "The method that relative precision is against; by default the first in the file.",
        HelpName = "METHOD",
    };
    private readonly Option<double> nullValue = new Option<double>("--null")
    {
        Description = "The value that tests are of.",
        HelpName = "X",
        DefaultValueFactory = _ => 0,
    }
        .Require(double.IsFinite, "has to be a number");
    private readonly Option<bool> complete = new("--complete")
    {
        Description = "Count only replicates on which every method of the scenario has an estimate (with --replicate).",
    };
    private readonly Option<bool> dropOutliers = new("--drop-outliers")
    {
        Description = "Leave out estimates and standard errors that lie too far from the others of their scenario and method; how many is "
            + "said.",
    };
    private readonly Option<double> largestEstimate = Positive(
        "--largest-estimate", "How far an estimate may lie from the median, in units of the distance between the quartiles.", 10);
    private readonly Option<double> largestError = Positive("--largest-se", "The same of a standard error.", 100);
    private readonly Option<bool> byMoments = new("--outliers-by-mean")
    {
        Description = "Measure that distance from the mean, in standard deviations.",
    };
    private readonly Option<string?> measures = new("--measures")
    {
        Description = "The measures of the table, with commas between them, or all; JSON and CSV have all. Measures: "
            + $"{string.Join(", ", SummarizeMeasures.Names)}.",
        HelpName = "LIST",
    };
    private readonly OutputOptions output = new(PictureKinds.Summarize);

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand(
            "summarize",
            "Performance of methods from estimates made anywhere: bias, precision, coverage, power, with Monte Carlo errors.")
        {
            Example = "margcond summarize examples/missing-covariates/estimates.csv --estimate b --se se --truth 0.5 --by method "
                + "--replicate dataset",
        };
        columns.AddTo(command);
        command.AddGroup("Measures", reference, nullValue, complete, measures);
        command.AddGroup("Outliers", dropOutliers, largestEstimate, largestError, byMoments);
        columns.Data.AddTo(command);
        output.AddTo(command, ratios: false);
        columns.RefuseIdle(command);
        foreach (var option in new Option[] { largestEstimate, largestError, byMoments })
        {
            command.HasEffect(option, result => result.GetValue(dropOutliers), "without --drop-outliers");
        }

        command.HasEffect(
            complete, columns.NamesReplicates, "without --replicate, the column that tells replicates apart", "Add --replicate COLUMN.");
        command.Check(result => SummarizeMeasures.Check(result, measures));
        runner.Handle(command, output, Run);
        return command;
    }

    private static Option<double> Positive(string name, string description, double standard) =>
        new Option<double>(name) { Description = description, HelpName = "X", DefaultValueFactory = _ => standard }
            .Require(value => value >= 0, "has to be 0 or more");

    private int Run(ParseResult parse, CommandContext context)
    {
        var (rows, data) = columns.Read(parse);
        var methods = rows.Method?.Levels ?? [];
        var named = parse.GetValue(reference);
        if (named is not null && !methods.Contains(named, StringComparer.Ordinal))
        {
            throw new InputException(methods.Count == 0
                ? "--reference names a method, and no column says which method an estimate is of."
                : $"There is no method \"{Suggestion.Short(named)}\".{Suggestion.Sentence(named, methods)}")
            {
                File = data.Path,
                Hint = methods.Count == 0 ? "Add --method COLUMN." : $"Methods: {Suggestion.List(methods)}.",
            };
        }

        var summary = EstimateSummarizer.Summarize(rows, new SummaryOptions
        {
            Level = context.Output.Level,
            Null = parse.GetValue(nullValue),
            Reference = named,
            CompleteOnly = parse.GetValue(complete),
            Outliers = parse.GetValue(dropOutliers)
                ? new OutlierRule
                {
                    LargestEstimate = parse.GetValue(largestEstimate),
                    LargestError = parse.GetValue(largestError),
                    Robust = !parse.GetValue(byMoments),
                }
                : null,
        });
        SummarizeOutput.Write(summary, data, SummarizeMeasures.Named(parse.GetValue(measures)), context);
        return ExitCode.Success;
    }
}
