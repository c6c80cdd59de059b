using MarginalConditional.Cli.Output;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Dials;
using MarginalConditional.Compare.Estimands;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>How far an assumption must fail before the conclusion turns, a table for each dial, on 80 columns.</summary>
internal static class DialTable
{
    /// <summary>Writes the tables; nothing where no dial was asked for.</summary>
    public static void Write(IAnsiConsole console, ModelComparison comparison)
    {
        foreach (var result in comparison.Dials)
        {
            foreach (var group in result.Points.GroupBy(point => (point.Question.Treated, point.Scale)))
            {
                Table(console, comparison, result.Dial, [.. group]);
            }

            foreach (var sentence in result.Conclusion)
            {
                OverTimeCells.Paragraph(console, sentence);
            }

            console.WriteLine();
        }
    }

    private static void Table(IAnsiConsole console, ModelComparison comparison, Dial dial, IReadOnlyList<DialPoint> points)
    {
        var several = comparison.Dials.SelectMany(result => result.Points).DistinctBy(point => point.Question.Treated).Skip(1).Any();

        // After dropout is filled up every person has one size: rung 4 is rung 3.
        List<int> rungs = [.. points.Select(point => point.Rung).Where(rung => dial != Dial.Dropout || rung < 4).Distinct().Order()];
        OverTimeCells.Paragraph(console, Assumption(dial) + (several ? $" ({points[0].Question.Treated})" : string.Empty));
        var table = new TextTable([
            OverTimeCells.Name(points[0].Scale),
            .. rungs.Select(rung => dial == Dial.Dropout && rung == 3 ? ">Rungs 3, 4" : $">Rung {rung}")]);
        var places = points.GroupBy(point => (point.Value, point.Setting, Tips: point.Tips is not null, point.IsRefuted));
        foreach (var row in places.OrderBy(row => row.Key.Value is null)
            .ThenBy(row => row.Key.Setting.EndsWith("both", StringComparison.Ordinal)).ThenBy(row => row.Key.Value))
        {
            table.Row(
            [
                Label(row.Key.Value, row.Key.Setting, row.Key.Tips) + (row.Key.IsRefuted ? ": refuted" : string.Empty),
                .. rungs.Select(rung => row.FirstOrDefault(point => point.Rung == rung) is { } point
                    ? OverTimeCells.Estimate(point.Scale, point.Inference)
                    : string.Empty),
            ]);
        }

        table.WriteTo(console);
        console.WriteLine();
    }

    private static string Assumption(Dial dial) => dial == Dial.Law ? "What if the random effects follow another law?"
        : dial == Dial.Size ? "What if the effect in a cluster moves by \u03B3 (ln size \u2212 mean)?"
        : "What if outcomes after dropout are \u03B4 a visit from what those seen tell?";

    private static string Label(double? value, string setting, bool tips) =>
        (value is { } number ? $"{setting} = {Figures.Fixed(number, 3)}" : setting) + (tips ? ": turns" : string.Empty);
}
