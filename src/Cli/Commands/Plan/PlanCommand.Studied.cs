using System.CommandLine;
using MarginalConditional.Cli.Commands.Likeness;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare.Planning.Simulated;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Plan;

/// <summary>Trials of a study file: <c>--study</c>.</summary>
internal sealed partial class PlanCommand
{
    /// <summary>Draws the trial of a study file and finds what each of its methods needs.</summary>
    private int Studied(ParseResult parse, CommandContext context, string file)
    {
        var trial = PlannedStudy.Read(file, new KeptFits(context));
        var options = simulated.Options(parse, trial.Study) with { Power = Wanted(parse), Cancellation = context.Cancellation };
        var count = parse.GetValue(clusters);
        if (count is { } given)
        {
            RequireClusters(given);
        }

        var findsEffect = count is not null && parse.GetValue(power) is not null;
        var answers = count is not { } known ? StudyPlanner.Clusters(trial, options)
            : findsEffect ? StudyPlanner.Effects(trial, known, options)
            : StudyPlanner.Powers(trial, known, options);
        new StudyPlanReport(trial, options, answers, count, findsEffect).Write(context);
        return ExitCode.Success;
    }

    private double Wanted(ParseResult parse) => (parse.GetValue(power) ?? 0.8) is var wanted and > 0 and < 1
        ? wanted
        : throw new InputException("--power has to lie between 0 and 1.");

    private static void RequireClusters(int count)
    {
        if (count < 4)
        {
            throw new InputException($"--clusters is {count}; it has to be 4 or more.");
        }
    }
}
