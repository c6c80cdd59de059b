using MarginalConditional.Cli.Output;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>Standardized means and their contrasts on 80 columns, one column a fit.</summary>
internal static class CompareCommandStandardized
{
    /// <summary>Writes the table of one weighting.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="results">One for each fit, with the same levels and contrasts.</param>
    /// <param name="options">What was compared.</param>
    /// <param name="proportions">Whether the means are risks, shown in per cent.</param>
    /// <param name="eventIsHarm">Whether the event is unwanted.</param>
    /// <param name="level">Of the intervals.</param>
    public static void Write(
        IAnsiConsole console,
        IReadOnlyList<StandardizedResult> results,
        ComparisonOptions options,
        bool proportions,
        bool eventIsHarm,
        double level)
    {
        var levels = results[0].Means.Levels;
        var table = new TextTable([Heading(results[0], options), .. results.Select(result => result.Method)]);
        for (var a = 0; a < levels.Count; a++)
        {
            table.Row([$"Mean under {levels[a]}", .. results.Select(result => Mean(result.Means.Means[a], proportions))]);
        }

        // A model whose means have no ratio, say, lacks that contrast.
        var contrasts = results.SelectMany(result => result.Contrasts).DistinctBy(contrast => (contrast.Measure, contrast.Treated));
        foreach (var contrast in contrasts)
        {
            var own = results
                .Select(result => result.Contrasts.FirstOrDefault(one =>
                    (one.Measure, one.Treated) == (contrast.Measure, contrast.Treated)))
                .ToList();
            var pair = levels.Count == 2 ? string.Empty : $", {contrast.Treated}";
            table.Row([Name(contrast, proportions) + pair, .. own.Select(one => one is null ? "\u2013" : Contrast(one, proportions))]);
            if (contrast.Measure == EffectMeasure.Difference && proportions && !own.Contains(null))
            {
                var numbers = own.ConvertAll(one => NumberNeededToTreat.Of(one!.Inference));
                table.Row(["Number needed to treat" + pair, .. numbers.Select(number => number.ToText(eventIsHarm, WholeNumber))]);
                table.Row([
                    $"  {Figures.IntervalHeading(level)}",
                    .. numbers.Select(number => number.IntervalText(eventIsHarm, WholeNumber)),
                ]);
                table.Row([
                    $"  event is a {(eventIsHarm ? "harm" : "benefit")}",
                    .. numbers.Select(number => number.IsBenefit(eventIsHarm) switch
                    {
                        true => "one more benefits",
                        false => "one more is harmed",
                        null => "\u2013",
                    }),
                ]);
            }
        }

        table.WriteTo(console);
    }

    private static string Heading(StandardizedResult result, ComparisonOptions options)
    {
        if (options.At.Count > 0)
        {
            return "Standardized" + string.Concat(options.At.Select(pair => $" at {pair.Variable} = {pair.Value}"));
        }

        return $"Standardized {(result.Means.Weighting == ClusterWeighting.Participant ? "over rows" : $"over {options.Trial.Units}")}";
    }

    /// <summary>What a contrast is called.</summary>
    internal static string Name(StandardizedContrast contrast, bool proportions) => proportions
        ? char.ToUpperInvariant(contrast.Measure.Name[0]) + contrast.Measure.Name[1..]
        : contrast.Measure == EffectMeasure.Difference ? "Difference" : "Ratio";

    /// <summary>A mean, risks in per cent.</summary>
    internal static string Mean(double mean, bool proportions) => proportions ? Figures.Percent(mean) : Figures.Significant(mean);

    /// <summary>A contrast with its interval, ratios as ratios.</summary>
    internal static string Contrast(StandardizedContrast contrast, bool proportions)
    {
        var row = contrast.Inference;
        if (contrast.Measure.IsLogarithm)
        {
            return $"{Figures.Ratio(Math.Exp(row.Estimate))} "
                + $"({Figures.Interval(Figures.Ratio(Math.Exp(row.Lower)), Figures.Ratio(Math.Exp(row.Upper)))})";
        }

        return proportions
            ? $"{Figures.Percent(row.Estimate)} ({Figures.Interval(Figures.Fixed(100 * row.Lower, 1), Figures.Fixed(100 * row.Upper, 1))})"
            : $"{Figures.Estimate(row.Estimate, row.StandardError)} "
                + $"({Figures.Interval(Figures.Estimate(row.Lower, row.StandardError), Figures.Estimate(row.Upper, row.StandardError))})";
    }

    /// <summary>A number of persons.</summary>
    internal static string WholeNumber(double value) => Figures.Fixed(value, value < 9.95 ? 1 : 0);
}
