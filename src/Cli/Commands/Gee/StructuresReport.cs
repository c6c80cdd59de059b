using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Gee;

/// <summary>Fits and compares the working correlations: <c>gee --corr all</c>.</summary>
internal static class StructuresReport
{
    private static readonly string[] Columns = ["structure", "parameters", "qic", "qicu", "cic", "scale", "status"];

    /// <summary>Fits, writes in the format asked for, and returns the exit code: success when any structure has criteria.</summary>
    public static int Write(
        ModelFrame frame,
        Func<IReadOnlyList<CorrelationChoice>> compare,
        FitArguments arguments,
        CommandContext context)
    {
        if (arguments.EstimatesTheta || context.Output.Plots.Count > 0 || context.Output.ReportPath is not null)
        {
            throw new InputException(arguments.EstimatesTheta
                ? "--corr all compares fits of one family, and --family negative-binomial estimates theta anew under each structure."
                : "--corr all has one table and no picture or report of a fit.")
            {
                Hint = arguments.EstimatesTheta ? "Give theta: --family negative-binomial(1.5)." : "Name one structure.",
            };
        }

        var choices = compare();
        var least = choices.Where(choice => choice.Criteria is not null).MinBy(choice => choice.Criteria!.Cic);
        ResultWriter.Write(
            context, () => Json(choices, least), () => Csv(choices), () => Table(choices, least, frame, arguments, context.Console),
            frame.Notes, Warnings(choices, least));
        return least is null ? ExitCode.NotConverged : ExitCode.Success;
    }

    private static IEnumerable<string> Warnings(IReadOnlyList<CorrelationChoice> choices, CorrelationChoice? least)
    {
        foreach (var choice in choices.Where(choice => choice.Criteria is null))
        {
            yield return $"{choice.Structure.Name}: {choice.Fit.Convergence.Message}";
        }

        if (least is not null && choices.Count(choice => choice.Criteria is not null) > 1)
        {
            yield return "A structure that was chosen because of these data makes standard errors too small: in a trial, name it in the "
                + "protocol; robust standard errors hold under each of them.";
        }
    }

    private static string Json(IReadOnlyList<CorrelationChoice> choices, CorrelationChoice? least)
    {
        using var json = new JsonResult();
        json.Text("command", "gee");
        json.Objects("structures", choices, choice =>
        {
            json.Text("structure", choice.Structure.Name);
            json.Numbers("alpha", choice.Fit.Correlation.Alpha);
            json.Number("scale", choice.Fit.Scale);
            json.Number("qic", choice.Criteria?.Qic ?? double.NaN);
            json.Number("qicu", choice.Criteria?.Qicu ?? double.NaN);
            json.Number("cic", choice.Criteria?.Cic ?? double.NaN);
            json.Text("status", FitOutput.StatusName(choice.Fit.Convergence.Status));
        });
        json.Text("leastCic", least?.Structure.Name ?? "");
        return json.Complete([.. Warnings(choices, least)]);
    }

    private static ResultTable Csv(IReadOnlyList<CorrelationChoice> choices)
    {
        var csv = new ResultTable(Columns);
        foreach (var choice in choices)
        {
            csv.Row(
                choice.Structure.Name,
                choice.Fit.Correlation.Parameters,
                choice.Criteria?.Qic,
                choice.Criteria?.Qicu,
                choice.Criteria?.Cic,
                choice.Fit.Scale, FitOutput.StatusName(choice.Fit.Convergence.Status));
        }

        return csv;
    }

    private static void Table(
        IReadOnlyList<CorrelationChoice> choices, CorrelationChoice? least, ModelFrame frame, FitArguments arguments, IAnsiConsole console)
    {
        console.WriteLine(FitOutput.DataLine(arguments.Data.Path, frame));
        var (family, link) = arguments.Ordinal is { } cumulative
            ? ("ordinal", cumulative.Name) : (arguments.Family.Name, arguments.Link.Name);
        console.WriteLine($"{arguments.Request.Formula} \u00B7 {family}, {link}");
        FitOutput.WriteLabels(console, frame);
        console.WriteLine("Marginal (population-averaged) model: GEE, working correlations side by side");
        console.WriteLine();
        var table = new TextTable("Correlation", ">Parameters", ">QIC", ">QICu", ">CIC", ">Scale");
        foreach (var choice in choices)
        {
            table.Row(
                choice.Structure.Name + (choice == least ? " *" : "  "),
                Figures.Count(choice.Fit.Correlation.Parameters),
                Figures.Fixed(choice.Criteria?.Qic ?? double.NaN, 1),
                Figures.Fixed(choice.Criteria?.Qicu ?? double.NaN, 1),
                Figures.Fixed(choice.Criteria?.Cic ?? double.NaN, 2),
                Figures.Significant(choice.Criteria is null ? double.NaN : choice.Fit.Scale));
        }

        table.WriteTo(console);
        console.WriteLine("* the least CIC, the criterion for correlations; less is better in every column.");
    }
}
