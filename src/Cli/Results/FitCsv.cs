using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Results;

/// <summary>Coefficients as CSV, under this program's names or those of R's package broom.</summary>
internal static class FitCsv
{
    /// <summary>The whole table.</summary>
    /// <param name="coefficients">The coefficients and contrasts; those left out have no numbers.</param>
    /// <param name="others">What else goes with the fit, which is not exponentiated.</param>
    /// <param name="broom">Whether the columns have broom's names.</param>
    /// <param name="ratios">Whether exponentiated estimates are wanted.</param>
    public static ResultTable Write(
        IReadOnlyList<Coefficient> coefficients, IReadOnlyList<Coefficient> others, bool broom, bool ratios) =>
        broom ? Broom(coefficients, others, ratios) : Own(coefficients, others, ratios);

    /// <summary>A line a coefficient; with ratios both scales stand beside each other.</summary>
    private static ResultTable Own(IReadOnlyList<Coefficient> coefficients, IReadOnlyList<Coefficient> others, bool ratios)
    {
        var isPooled = coefficients.Concat(others).Any(row => row.MissingInformation is not null);
        string[] columns =
            ["term", "estimate", "se", "statistic", "df", "p", "lower", "upper", .. isPooled ? ["fmi"] : Array.Empty<string>()];
        var csv = new ResultTable(ratios ? [.. columns, "ratio", "ratio_lower", "ratio_upper"] : columns);
        foreach (var (row, isRatio) in coefficients.Select(row => (row, ratios)).Concat(others.Select(row => (row, false))))
        {
            object?[] link =
            [
                row.Term, row.Estimate, row.StandardError, row.Statistic, row.DegreesOfFreedom, row.PValue, row.Lower, row.Upper,
                .. isPooled ? [row.MissingInformation] : Array.Empty<object?>(),
            ];
            object?[] shown = isRatio && double.IsFinite(row.Estimate)
                ? [Math.Exp(row.Estimate), Math.Exp(row.Lower), Math.Exp(row.Upper)]
                : [null, null, null];
            csv.Row(ratios ? [.. link, .. shown] : link);
        }

        return csv;
    }

    /// <summary>
    /// As broom's <c>tidy</c> has it: ratios replace estimates and limits, and the standard error stays on the link scale.
    /// </summary>
    private static ResultTable Broom(IReadOnlyList<Coefficient> coefficients, IReadOnlyList<Coefficient> others, bool ratios)
    {
        var hasDf = coefficients.Any(row => row.DegreesOfFreedom is not null);
        var isPooled = coefficients.Any(row => row.MissingInformation is not null);
        var csv = new ResultTable(
        [
            .. BroomNames.Of(["term", "estimate", "se", "statistic", .. hasDf ? ["df"] : Array.Empty<string>(), "p", "lower", "upper"]),
            .. isPooled ? ["fmi"] : Array.Empty<string>(),
        ]);
        foreach (var (row, isRatio) in coefficients.Select(row => (row, ratios)).Concat(others.Select(row => (row, false))))
        {
            double Shown(double value) => isRatio ? Math.Exp(value) : value;
            csv.Row(
            [
                row.Term, Shown(row.Estimate), row.StandardError, row.Statistic,
                .. hasDf ? [row.DegreesOfFreedom] : Array.Empty<object?>(), row.PValue, Shown(row.Lower), Shown(row.Upper),
                .. isPooled ? [row.MissingInformation] : Array.Empty<object?>(),
            ]);
        }

        return csv;
    }
}
