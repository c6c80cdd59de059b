using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Standardization;

namespace MarginalConditional.Compare.Comparison;

/// <summary>A trial asked at two times about one population, and the ladders of how its effects change between them.</summary>
/// <param name="First">The question at the time left.</param>
/// <param name="Second">The question at the time reached.</param>
/// <param name="DegreesOfFreedom">Of tests and intervals: the clusters seen at the time of fewer, less one; null means normal.</param>
/// <param name="Ladder">Builds the ladders.</param>
internal sealed record TimesCompared(
    TrialStandardization First, TrialStandardization Second, double? DegreesOfFreedom, ChangeLadder Ladder)
{
    /// <summary>The times that were asked for; null where none were, or a row has no mean at one of them.</summary>
    /// <param name="options">The times, the other settings, level and reference.</param>
    /// <param name="question">What is asked at settings, of those seen there or, if true, of everybody; null where
    /// rows have no mean.</param>
    public static TimesCompared? Of(
        ComparisonOptions options, Func<IReadOnlyList<(string Variable, string Value)>, bool, TrialStandardization?> question)
    {
        if (options.Between is not { Variable: { } variable } times)
        {
            return null;
        }

        var (first, second) = (At(times.From, false), At(times.To, false));
        if (first?.IsRobust != second?.IsRobust)
        {
            // The same population at both times: where one of them was not seen, that is everybody.
            (first, second) = (At(times.From, true), At(times.To, true));
        }

        if (first is null || second is null)
        {
            return null;
        }

        double? degreesOfFreedom =
            options.NormalReference ? null : Math.Min(first.Rows.ClustersSeen, second.Rows.ClustersSeen) - 1;
        return new TimesCompared(
            first, second, degreesOfFreedom, new ChangeLadder(variable, $"{times.To} - {times.From}", options.Level, degreesOfFreedom));

        TrialStandardization? At(string value, bool everybody) =>
            question([.. options.At.Where(pair => pair.Variable != variable), (variable, value)], everybody);
    }
}
