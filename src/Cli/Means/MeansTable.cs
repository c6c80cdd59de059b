using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.TextPictures;
using MarginalConditional.Means;
using MarginalConditional.Means.Estimates;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Multiplicity;
using Spectre.Console;

namespace MarginalConditional.Cli.Means;

/// <summary>The tables of estimated means.</summary>
internal static class MeansTable
{
    private const string NotEstimable = "not estimable";

    /// <summary>Writes those that were asked for.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="means">The means; null when none were asked for.</param>
    /// <param name="ratio">What exponentiated differences on the link scale are called; null to show these themselves.</param>
    public static void Write(IAnsiConsole console, EstimatedMeans? means, string? ratio)
    {
        if (means is null)
        {
            return;
        }

        Means(console, Heading(means), means.Means, means.Request.Level);
        Comparisons(console, "Comparison", means.Pairs, means.PairAdjustment, means, ratio);
        Comparisons(console, "Contrast", means.Contrasts, means.ContrastAdjustment, means, ratio);
        if (means.Slopes.Count > 0)
        {
            Means(console, $"Slope in {means.Request.Slope}", means.Slopes, means.Request.Level);
            Comparisons(console, "Comparison of slopes", means.SlopePairs, means.PairAdjustment, means, null);
        }

        Joint(console, means.JointTests);
        Prose.Sentence(console, string.Join(" ", means.Notes));
    }

    /// <summary>
    /// What exponentiated differences on the link scale are called, where they are shown: asked for, or beside transformed means.
    /// </summary>
    /// <param name="means">The means.</param>
    /// <param name="family">The family.</param>
    /// <param name="link">The link.</param>
    /// <param name="exponentiate">Whether ratios were asked for.</param>
    public static string? RatioName(EstimatedMeans? means, string family, string link, bool exponentiate) =>
        means is { ComparesResponses: false } && (exponentiate || means.Request.Scale != MeanScale.Link)
            ? CoefficientView.RatioName(family, link)
            : null;

    private static string Heading(EstimatedMeans means) => (means.IsOrdinal, means.Request.Scale == MeanScale.Link) switch
    {
        (false, true) => "Mean",
        (false, false) => "Mean response",
        (true, true) => "Latent mean",
        _ when means.Request.CategoryMean == CategoryMean.Score => "Mean score",
        _ when means.Request.CategoryMean == CategoryMean.Cumulative => "P(Y \u2264 k)",
        _ => "Probability",
    };

    private static void Means(IAnsiConsole console, string what, IReadOnlyList<MeanEstimate> means, double level)
    {
        if (means.Count == 0)
        {
            return;
        }

        var variables = means[0].At.Select(pair => pair.Variable).ToArray();
        var hasDf = means.Any(mean => mean.Estimate.DegreesOfFreedom is not null);
        var isPooled = means.Any(mean => mean.Estimate.MissingInformation is not null);
        var table = new TextTable(
            [.. variables.Length == 0 ? ["Rows"] : variables, ">" + what, ">SE", ">" + Figures.IntervalHeading(level),
                .. hasDf ? new[] { ">df" } : [], .. isPooled ? new[] { ">fmi" } : []]);
        foreach (var mean in means)
        {
            string[] place = variables.Length == 0 ? ["overall"] : [.. mean.At.Select(pair => pair.Value)];
            table.Row([.. place, .. Numbers(mean.Estimate, mean.Estimate.Lower, mean.Estimate.Upper), .. hasDf ? [Df(mean.Estimate)]
                : Array.Empty<string>(), .. isPooled ? [CoefficientView.Fraction(mean.Estimate)] : Array.Empty<string>()]);
        }

        console.WriteLine();
        table.WriteTo(console);
    }

    private static void Comparisons(
        IAnsiConsole console,
        string heading,
        IReadOnlyList<MeanComparison> rows,
        Adjustment adjustment,
        EstimatedMeans means,
        string? ratio)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var asRatios = ratio is not null && rows.All(row => row is { Scale: "link", IsDifference: true });
        var within = rows[0].At.Select(pair => pair.Variable).ToArray();
        var hasDf = rows.Any(row => row.Own.DegreesOfFreedom is not null);
        var interval = ">" + Figures.IntervalHeading(means.Request.Level);
        string[] numbers = asRatios ? [">" + ratio, interval] : [">Difference", ">SE", interval];
        var isPooled = rows.Any(row => row.Own.MissingInformation is not null);
        var table = new TextTable(
            [.. within, heading, .. numbers, .. hasDf ? new[] { ">df" } : [], .. isPooled ? new[] { ">fmi" } : [], ">p"]);
        foreach (var row in rows)
        {
            string[] shown = !asRatios ? Numbers(row.Own, row.Lower, row.Upper)
                : row.IsEstimable
                    ?
                    [
                        Figures.Ratio(Math.Exp(row.Own.Estimate)),
                        Figures.Interval(Figures.Ratio(Math.Exp(row.Lower)), Figures.Ratio(Math.Exp(row.Upper))),
                    ]
                    : [NotEstimable, string.Empty];
            table.Row(
            [
                .. row.At.Select(pair => pair.Value), row.Contrast, .. shown, .. hasDf ? [Df(row.Own)] : Array.Empty<string>(),
                .. isPooled ? [CoefficientView.Fraction(row.Own)] : Array.Empty<string>(),
                row.IsEstimable ? Figures.Probability(row.Adjusted) : string.Empty,
            ]);
        }

        console.WriteLine();
        table.WriteTo(console);
        Allowance(console, rows, adjustment, means);
    }

    private static void Allowance(
        IAnsiConsole console, IReadOnlyList<MeanComparison> rows, Adjustment adjustment, EstimatedMeans means)
    {
        if (rows.Any(row => !row.IsDifference))
        {
            console.WriteLine("  (weights that do not add up to 0 make a combination of means, not a comparison)");
        }

        var count = rows.GroupBy(row => means.Request.AcrossBy ? string.Empty : string.Join(",", row.At)).Max(
            group => group.Count(row => row.IsEstimable));
        if (adjustment == Adjustment.None || count < 2)
        {
            return;
        }

        var intervals = adjustment.Intervals == adjustment.Description || adjustment == Adjustment.LargestT ? "p and intervals: "
            : adjustment.Intervals.Length > 0 ? $"intervals: {adjustment.Intervals}; p: "
            : "intervals not adjusted; p: ";
        var error = means.Error > 0 && adjustment == Adjustment.LargestT ? $", p within {Figures.Significant(2 * means.Error, 1)}" : "";
        Prose.Sentence(console, $"({intervals}{adjustment.Description}, {count} comparisons{error})");
    }

    private static void Joint(IAnsiConsole console, IReadOnlyList<JointMeanTest> tests)
    {
        if (tests.Count == 0)
        {
            return;
        }

        var isFisher = tests.Any(test => test.Test.DenominatorDegreesOfFreedom is { } df && double.IsFinite(df));
        var table = isFisher
            ? new TextTable("Joint test", ">F", ">df", ">denominator df", ">p")
            : new TextTable("Joint test", ">\u03C7\u00B2", ">df", ">p");
        foreach (var (term, test, _) in tests)
        {
            string[] denominator = isFisher ? [Figures.Fixed(test.DenominatorDegreesOfFreedom ?? double.PositiveInfinity, 1)] : [];
            table.Row(double.IsNaN(test.Statistic)
                ? [term, NotEstimable, string.Empty, .. denominator.Select(_ => string.Empty), string.Empty]
                : [term, Figures.Fixed(test.Statistic, 2), Figures.Count(test.Rank), .. denominator, Figures.Probability(test.PValue)]);
        }

        console.WriteLine();
        table.WriteTo(console);
        if (tests.Any(test => test.Lost > 0))
        {
            var lost = tests.Where(test => test.Lost > 0).Select(test => $"{test.Lost} of {test.Term}");
            console.WriteLine($"  (comparisons that are not estimable are left out: {string.Join(", ", lost)})");
        }
    }

    private static string[] Numbers(Coefficient own, double lower, double upper) => double.IsNaN(own.Estimate)
        ? [NotEstimable, string.Empty, string.Empty]
        :
        [
            Figures.Estimate(own.Estimate, own.StandardError),
            Figures.Estimate(own.StandardError, own.StandardError),
            Figures.Interval(Figures.Estimate(lower, own.StandardError), Figures.Estimate(upper, own.StandardError)),
        ];

    private static string Df(Coefficient own) =>
        double.IsNaN(own.Estimate) ? string.Empty : own.DegreesOfFreedom is { } df ? Figures.Fixed(df, 1) : "\u221E";
}
