using System.Globalization;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Rows;

/// <summary>Notices a number that may stand for a missing value: an end of a column's values, and farther out than they are wide.</summary>
internal static class CodedMissing
{
    /// <summary>Positive codes of fewer digits are values of scales and counts.</summary>
    private const double LeastPositive = 99;

    /// <summary>Values that are fewer have no width.</summary>
    private const int FewestOthers = 3;

    /// <summary>The note, or null: that of the largest value or, if that is none, of the least.</summary>
    internal static string? Note(NumericColumn column)
    {
        CancellationScope.Check();
        var (least, largest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in column.Values)
        {
            (least, largest) = (value < least ? value : least, value > largest ? value : largest);
        }

        return largest >= LeastPositive && MissingMark.IsOne(largest) && Of(column, largest) is { } note ? note
            : least < 0 && MissingMark.IsOne(least) ? Of(column, least)
            : null;
    }

    private static string? Of(NumericColumn column, double code)
    {
        var (rows, lower, upper) = (0, double.PositiveInfinity, double.NegativeInfinity);
        var others = new HashSet<double>();
        foreach (var value in column.Values)
        {
            if (value == code)
            {
                rows++;
            }
            else if (!double.IsNaN(value))
            {
                (lower, upper) = (value < lower ? value : lower, value > upper ? value : upper);
                if (others.Count < FewestOthers)
                {
                    others.Add(value);
                }
            }
        }

        // A minus is no code where others have one.
        return others.Count == FewestOthers && (code > 0 ? code - upper : lower - code) > upper - lower && (code > 0 || lower >= 0)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{column.Name} is {code} in {(rows == 1 ? "one row" : $"{rows} rows")} and otherwise {lower:R} to {upper:R}: if that "
                    + $"means missing, say --na {code}.")
            : null;
    }
}
