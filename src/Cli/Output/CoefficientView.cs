using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Output;

/// <summary>Shows coefficients to people: on the link scale, or as ratios.</summary>
internal static class CoefficientView
{
    /// <summary>Writes the table.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="rows">The coefficients.</param>
    /// <param name="level">Of the intervals.</param>
    /// <param name="ratioHeading">The heading of exponentiated estimates, or null to stay on the link scale.</param>
    /// <param name="termHeading">The heading of the first column.</param>
    public static void Write(
        IAnsiConsole console,
        IReadOnlyList<Coefficient> rows,
        double level,
        string? ratioHeading = null,
        string termHeading = "Term")
    {
        var interval = ">" + Figures.IntervalHeading(level);
        var hasDf = rows.Any(row => row.DegreesOfFreedom is not null);
        var isPooled = rows.Any(row => row.MissingInformation is not null);
        string[] further = [.. hasDf ? new[] { ">df" } : [], .. isPooled ? new[] { ">fmi" } : [], ">p"];
        string[] headings = ratioHeading is null
            ? [termHeading, ">Estimate", ">SE", interval, .. further]
            : [termHeading, ">" + ratioHeading, interval, .. further];
        var table = new TextTable(headings);
        foreach (var row in rows)
        {
            if (double.IsNaN(row.Estimate))
            {
                table.Row([row.Term, "not estimable", .. Enumerable.Repeat(string.Empty, headings.Length - 2)]);
                continue;
            }

            string[] numbers = ratioHeading is null
                ?
                [
                    Figures.Estimate(row.Estimate, row.StandardError),
                    Figures.Estimate(row.StandardError, row.StandardError),
                    Figures.Interval(Figures.Estimate(row.Lower, row.StandardError), Figures.Estimate(row.Upper, row.StandardError)),
                ]
                :
                [
                    Figures.Ratio(Math.Exp(row.Estimate)),
                    Figures.Interval(Figures.Ratio(Math.Exp(row.Lower)), Figures.Ratio(Math.Exp(row.Upper))),
                ];
            string[] df = hasDf ? [row.DegreesOfFreedom is { } value ? Figures.Fixed(value, 1) : "\u221E"] : [];
            string[] fraction = isPooled ? [Fraction(row)] : [];
            table.Row([row.Term, .. numbers, .. df, .. fraction, Figures.Probability(row.PValue)]);
        }

        table.WriteTo(console);
    }

    /// <summary>The fraction of missing information of a pooled row; a dash where it has none.</summary>
    public static string Fraction(Coefficient row) => row.MissingInformation is { } fraction ? Figures.Fixed(fraction, 2) : "\u2013";

    /// <summary>What exponentiated coefficients are called under a family and link; null where they mean nothing in particular.</summary>
    public static string? RatioName(string family, string link) => (family, link) switch
    {
        ("binomial" or "ordinal", "logit") => "Odds ratio",
        ("binomial", "log") => "Risk ratio",
        ("binomial", "cloglog") => "Hazard ratio",
        ("poisson" or "negative-binomial" or "zero-inflated-poisson" or "zero-inflated-negative-binomial", "log") => "Rate ratio",
        (_, "log") => "Mean ratio",
        _ => null,
    };
}
