using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Report.Wording;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The report of a trial by person, from the question to the estimands' texts.</summary>
internal static class PersonParts
{
    /// <summary>The parts, top down.</summary>
    public static IReadOnlyList<ReportPart> Of(
        PersonComparison comparison, FitArguments arguments, CompareView view, CommandContext context, LadderParts ladder) =>
    [
        ladder.Asked($"What does {comparison.Options.Treatment} do to {comparison.Frame.ResponseName}? The trial is randomized by person: "
            + $"{Figures.Counted(comparison.Persons, comparison.Options.Trial.Unit)}. Where covariates predict the outcome, the effect "
            + "for persons with given covariates need not be that for all of them, and the question has more than one answer."),
        ladder.Rungs(),
        ladder.Reasons(_ => string.Empty),
        new("Means and risks", pen => pen.Printed(() => new PersonTable(comparison, arguments, view, context).WriteMeans())),
        ladder.Conclusion(),
        new("The data", pen => pen.Data()),
        new("The model", pen => pen.Printed(() =>
        {
            CoefficientView.Write(context.Console, comparison.Coefficients, context.Output.Level);
            context.Console.WriteLine("Coefficients are on the scale of the link; "
                + $"{FitOutput.StatusName(comparison.Convergence.Status)} after "
                + $"{Figures.Counted(comparison.Convergence.Iterations, "iteration")}.");
        })),
        new("Warnings", pen => pen.Warnings()),
        ladder.Protocol(),
    ];
}
