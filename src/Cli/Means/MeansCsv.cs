using MarginalConditional.Means;
using MarginalConditional.Means.Estimates;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Means;

/// <summary>Estimated means as rows of a CSV of coefficients: p and limits of comparisons are the adjusted ones.</summary>
internal static class MeansCsv
{
    /// <summary>The rows; none when no means were asked for.</summary>
    public static IEnumerable<Coefficient> Rows(EstimatedMeans? means) => means is null ? [] :
    [
        .. means.Means.Select(mean => Named("mean", mean)),
        .. means.Pairs.Concat(means.Contrasts).Select(pair => Named("mean contrast", pair)),
        .. means.Slopes.Select(mean => Named("slope", mean)),
        .. means.SlopePairs.Select(pair => Named("slope contrast", pair)),
    ];

    private static Coefficient Named(string kind, MeanEstimate mean) => mean.Estimate with { Term = $"{kind} {Place(mean.At)}".TrimEnd() };

    private static Coefficient Named(string kind, MeanComparison pair) => pair.Own with
    {
        Term = pair.At.Count == 0 ? $"{kind} {pair.Contrast}" : $"{kind} {pair.Contrast} | {Place(pair.At)}",
        PValue = pair.Adjusted,
        Lower = pair.Lower,
        Upper = pair.Upper,
    };

    private static string Place(IReadOnlyList<(string Variable, string Value)> at) =>
        string.Join(", ", at.Select(pair => $"{pair.Variable}={pair.Value}"));
}
