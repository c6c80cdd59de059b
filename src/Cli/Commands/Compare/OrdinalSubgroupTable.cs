using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ordinal;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The effect on an ordered outcome in each subgroup on 80 columns, and whether it is one.</summary>
internal static class OrdinalSubgroupTable
{
    /// <summary>Writes a table for each arm; nothing where no subgroups were asked for.</summary>
    public static void Write(OrdinalComparison comparison, CommandContext context)
    {
        if (comparison.Subgroups is not { } analysis)
        {
            return;
        }

        var scale = OrdinalScale.Name(comparison.Glmm.Link);
        var first = analysis.Subgroups[0].Standardized.Last(own => own.Weighting == ClusterWeighting.Participant);
        for (var arm = 0; arm < first.Contrasts.Count; arm++)
        {
            var question = first.Contrasts[arm].Question;
            var rung = analysis.Interactions.Where(row => row.Treated == question.Treated && row.Scale == scale && row.Rung <= 3)
                .Select(row => row.Rung).DefaultIfEmpty(2).Max();
            var table = new TextTable(
                $"{comparison.Options.Treatment} {question.Treated} against {question.Control}, by {analysis.Column}",
                ">" + (OrdinalScale.Ratio(comparison.Glmm.Link) is null ? "Effect" : "OR") + $" ({Interval(context)})",
                $">Win probability ({Interval(context)})");
            foreach (var subgroup in analysis.Subgroups)
            {
                var own = subgroup.Ladder.Rungs.FirstOrDefault(row => row.Question.Treated == question.Treated && row.Rung == rung
                    && row.Weighting == ClusterWeighting.Participant);
                var win = subgroup.Standardized.Last(row => row.Weighting == ClusterWeighting.Participant).Contrasts[arm].Win.Inference;
                table.Row(
                    $"{subgroup.Value} ({Figures.Counted(subgroup.Rows, "row")})",
                    own is null ? "\u2013" : OverTimeCells.Estimate(scale, own.Inference),
                    $"{Figures.Fixed(win.Estimate, 3)} ({Figures.Interval(Figures.Fixed(win.Lower, 3), Figures.Fixed(win.Upper, 3))})");
            }

            table.Row(
                "  is it one effect?", Test(analysis, question.Treated, scale, rung),
                Test(analysis, question.Treated, OrdinalSubgroupAnalysis.WinOddsScale, rung));
            table.WriteTo(context.Console);
            OverTimeCells.Paragraph(
                context.Console,
                $"Rung {rung}, each row alike, from the fit to all rows; each interval has t with "
                    + (comparison.Pooled is null ? $"the subgroup's {comparison.Options.Trial.Units} less 1" : "Barnard and Rubin's df")
                    + ", win probabilities are compared by their log odds.");
            context.Console.WriteLine();
        }
    }

    private static string Interval(CommandContext context) => Figures.IntervalHeading(context.Output.Level);

    private static string Test(OrdinalSubgroupAnalysis analysis, string treated, string scale, int rung) =>
        OverTimeCells.Test(analysis.Interactions.FirstOrDefault(row => row.Treated == treated && row.Scale == scale && row.Rung == rung
            && row.Weighting == ClusterWeighting.Participant));
}
