using System.Runtime.Intrinsics;

namespace MarginalConditional.Statistics.Families;

/// <summary>
/// Finds counts and numbers of events that are not whole: more often a
/// mistake (proportions without trials, rates instead of counts) than meant.
/// </summary>
public static class WholeCounts
{
    private const double Tolerance = 1e-3;

    /// <summary>
    /// How many rows have one, in words: <c>3 counts are not whole numbers</c>; null when the family is not one of counts or all are whole.
    /// </summary>
    /// <param name="family">The family.</param>
    /// <param name="response">One value a row; of a binomial outcome the proportion.</param>
    /// <param name="trials">Numbers of trials, or empty for 1.</param>
    /// <param name="weights">Prior weights, or empty for 1; as in R those of a binomial proportion may be its numbers of trials.</param>
    public static string? Describe(Family family, ReadOnlySpan<double> response, ReadOnlySpan<double> trials, ReadOnlySpan<double> weights)
    {
        ArgumentNullException.ThrowIfNull(family);
        var isCount = family == Family.Poisson || family is Family.NegativeBinomialFamily;
        if ((!isCount && family != Family.Binomial) || (trials.IsEmpty && AreYesOrNo(response)))
        {
            return null;
        }

        var rows = 0;
        for (var row = 0; row < response.Length; row++)
        {
            var events = response[row] * (trials.IsEmpty ? 1 : trials[row]);
            rows += IsFraction(events) && (isCount || weights.IsEmpty || IsFraction(events * weights[row])) ? 1 : 0;
        }

        return rows == 0 ? null
            : isCount ? rows == 1 ? "One count is not a whole number" : FormattableString.Invariant($"{rows} counts are not whole numbers")
            : rows == 1 ? "One number of events, the outcome times its trials, is not whole"
            : FormattableString.Invariant($"{rows} numbers of events, the outcome times its trials, are not whole");
    }

    /// <summary>Whether every value is 0 or 1: of a single outcome of yes or no nothing more need be asked.</summary>
    private static bool AreYesOrNo(ReadOnlySpan<double> values)
    {
        var row = 0;
        for (; row <= values.Length - Vector256<double>.Count; row += Vector256<double>.Count)
        {
            var value = Vector256.Create(values[row..]);
            var either = Vector256.Equals(value, Vector256<double>.Zero) | Vector256.Equals(value, Vector256<double>.One);
            if (!Vector256.AllWhereAllBitsSet(either))
            {
                return false;
            }
        }

        return values[row..].IndexOfAnyExcept(0.0, 1.0) < 0;
    }

    private static bool IsFraction(double value) => Math.Abs(value - Math.Round(value)) > Tolerance;
}
