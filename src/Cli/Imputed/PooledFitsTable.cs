using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.TextPictures;
using Spectre.Console;

namespace MarginalConditional.Cli.Imputed;

/// <summary>What follows the table of pooled coefficients: joint tests, and numbers that are pooled otherwise or not at all.</summary>
internal static class PooledFitsTable
{
    private const int Digits = 4;

    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, PooledFits pooled)
    {
        if (pooled.Terms.Any(term => term.Pool.Test.Rank > 1))
        {
            var table = new TextTable("Joint test (D1)", ">F", ">df", ">denominator df", ">p");
            foreach (var (term, (test, _)) in pooled.Terms)
            {
                var isFisher = test.DenominatorDegreesOfFreedom is not null;
                table.Row(
                    term,
                    Figures.Fixed(isFisher ? test.Statistic : test.Statistic / test.Rank, 2),
                    Figures.Count(test.Rank),
                    isFisher ? Figures.Fixed(test.DenominatorDegreesOfFreedom!.Value, 1) : "\u221E",
                    Figures.Probability(test.PValue));
            }

            console.WriteLine();
            table.WriteTo(console);
        }

        if (pooled.Quantities.Count == 0)
        {
            return;
        }

        var quantities = new TextTable("Of the fits", ">Pooled", ">Range over the sets");
        foreach (var quantity in pooled.Quantities)
        {
            quantities.Row(
                quantity.Name,
                quantity.Pooled is { } value ? Figures.Significant(value, Digits) : "\u2013",
                Figures.Interval(Number(quantity, quantity.Least), Number(quantity, quantity.Largest)));
        }

        console.WriteLine();
        quantities.WriteTo(console);
        var boundaries = pooled.Quantities.Where(quantity => quantity.AtBoundary > 0)
            .Select(quantity => $"{quantity.Name} is at the boundary in {quantity.AtBoundary} of {pooled.Sets.Count} sets.");
        Prose.Sentence(console, string.Join(' ', [.. boundaries, .. Rules(pooled)]));
    }

    /// <summary>How the numbers of these kinds were pooled.</summary>
    private static IEnumerable<string> Rules(PooledFits pooled)
    {
        (QuantityKind Kind, string Rule)[] rules =
        [
            (QuantityKind.Deviation, "standard deviations are pooled by their variances"),
            (QuantityKind.Correlation, "correlations are pooled by Fisher's z"),
            (QuantityKind.Share, "shares are pooled by log odds"),
            (QuantityKind.Criterion, "log-likelihoods and criteria are not pooled"),
        ];
        var sentence = string.Join(
            "; ", rules.Where(rule => pooled.Quantities.Any(quantity => quantity.Kind == rule.Kind)).Select(rule => rule.Rule));
        return sentence.Length == 0 ? [] : [char.ToUpperInvariant(sentence[0]) + sentence[1..] + "."];
    }

    private static string Number(PooledQuantity quantity, double value) =>
        quantity.Kind == QuantityKind.Criterion ? Figures.Fixed(value, 1) : Figures.Significant(value, Digits);
}
