using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>How the tables of trials over time write effects and tests.</summary>
internal static class OverTimeCells
{
    /// <summary>The name of a scale as a heading: ratios by their own name.</summary>
    public static string Name(string scale)
    {
        var name = IsLogarithm(scale) ? scale["log ".Length..] : scale;
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    /// <summary>Whether a scale belongs in the short output: differences, and the ratio of the models' link.</summary>
    public static bool IsShown(ModelComparison comparison, string scale)
    {
        var ratio = ScaleNames.Ratio(comparison.Options.Glmm.Family, comparison.Options.Glmm.EffectiveLink);
        return !IsLogarithm(scale) || scale == "log " + ratio || (scale == "log ratio" && ratio is not null);
    }

    /// <summary>An estimate with its interval.</summary>
    public static string Estimate(string scale, Coefficient own)
    {
        Func<double, string> shown = IsLogarithm(scale) ? value => Figures.Ratio(Math.Exp(value))
            : scale == EffectMeasure.Difference.Name ? value => Figures.Fixed(100 * value, 1)
            : value => Figures.Estimate(value, own.StandardError);
        var estimate = shown(own.Estimate) + (scale == EffectMeasure.Difference.Name ? "\u00A0%" : string.Empty);
        return double.IsFinite(own.StandardError)
            ? $"{estimate} ({Figures.Interval(shown(own.Lower), shown(own.Upper))})"
            : estimate;
    }

    /// <summary>The p-value of a joint test; the same by design where there is none.</summary>
    public static string Test(WaldTest? test) => test is null ? "the same by design" : "p " + Figures.ProbabilityRelation(test.PValue);

    /// <summary>
    /// The p-value of a test of subgroups; the same by the model where it holds the effect to be one, a dash where there is none.
    /// </summary>
    public static string Test(SubgroupInteraction? row) =>
        row is null ? "\u2013" : row.IsOneByModel ? "the same by the model" : Test(row.Test);

    /// <summary>What the intervals are.</summary>
    public static string Errors(Coefficient row, string type, ModelComparison comparison) => Errors(row, type, comparison.Options.Level);

    /// <summary>What the intervals are.</summary>
    public static string Errors(Coefficient row, string type, double level) =>
        $"{Figures.Level(level)} intervals: {type}; "
        + $"{(row.DegreesOfFreedom is { } df ? $"t, {Figures.Count((long)df)} df" : "normal")}.";

    /// <summary>Writes a text broken at words.</summary>
    public static void Paragraph(IAnsiConsole console, string text)
    {
        foreach (var line in PlainWrap.Lines(text, console.Profile.Width - 2, console.Profile.Width - 2))
        {
            console.WriteLine("  " + line);
        }
    }

    private static bool IsLogarithm(string scale) => scale.StartsWith("log ", StringComparison.Ordinal);
}
