using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.TextPictures;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Imputed;

/// <summary>What follows the table of pooled coefficients: joint tests, and numbers that are pooled otherwise or not at all.</summary>
internal static class PooledFitsTable
{
    private const int Digits = 4;

    /// <summary>Writes it.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="pooled">What was pooled.</param>
    /// <param name="level">Of the intervals.</param>
    public static void Write(IAnsiConsole console, PooledFits pooled, double level)
    {
        if (pooled.Terms.Any(term => term.Pool.Test.Rank > 1))
        {
            var table = new TextTable("Joint test (D1)", ">F", ">df", ">denominator df", ">p");
            foreach (var (term, (test, _)) in pooled.Terms)
            {
                table.Row([term, .. Cells(test)]);
            }

            console.WriteLine();
            table.WriteTo(console);
        }

        Ratios(console, pooled);
        foreach (var table in pooled.Further)
        {
            table.Write(console, level);
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

    private static void Ratios(IAnsiConsole console, PooledFits pooled)
    {
        if (pooled.Ratios.Count == 0)
        {
            return;
        }

        var table = new TextTable("Likelihood-ratio test of", "", ">F", ">df", ">denominator df", ">p");
        foreach (var (term, atMeans, stacked) in pooled.Ratios)
        {
            if (atMeans is not null)
            {
                table.Row([term, "D3", .. Cells(atMeans.Test)]);
            }

            table.Row([atMeans is null ? term : string.Empty, "D4", .. Cells(stacked.Test)]);
        }

        console.WriteLine();
        table.WriteTo(console);
        Prose.Sentence(console, "D3 at the means of the estimates, D4 at the maximum of all sets together. Random terms are left out: what "
            + "is known of pooled tests does not hold where a variance is at its boundary.");
    }

    private static string[] Cells(WaldTest test)
    {
        var isFisher = test.DenominatorDegreesOfFreedom is not null;
        return
        [
            Figures.Fixed(isFisher ? test.Statistic : test.Statistic / test.Rank, 2),
            Figures.Count(test.Rank),
            isFisher ? Figures.Fixed(test.DenominatorDegreesOfFreedom!.Value, 1) : "\u221E",
            Figures.Probability(test.PValue),
        ];
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
