using System.Globalization;

namespace MarginalConditional.Data.Files;

/// <summary>Dates and times that a file counts from a day on, as ISO 8601 text.</summary>
internal static class FileDates
{
    /// <summary>The day from which SAS and Stata count.</summary>
    internal static readonly DateTime Sixties = new(1960, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private static readonly DateTime Zero = DateTime.UnixEpoch;

    /// <summary>Counts as dates; null when one of them lies outside the years 1 to 9999, so that the column holds no dates.</summary>
    /// <param name="counts">Counts of units, NaN where missing.</param>
    /// <param name="origin">The time of count 0.</param>
    /// <param name="unit">The length of a unit: a day, a second, a millisecond.</param>
    /// <param name="hasTime">Whether the time of the day is shown; else fractions of a day are cut.</param>
    internal static FileColumn.Texts? Of(ReadOnlySpan<double> counts, DateTime origin, TimeSpan unit, bool hasTime)
    {
        var (least, most) = ((DateTime.MinValue - origin) / unit, (DateTime.MaxValue - origin) / unit);
        var dates = new DateTime?[counts.Length];
        for (var i = 0; i < dates.Length; i++)
        {
            if (!double.IsNaN(counts[i]))
            {
                // Half a second from the ends of the calendar is left out, so that rounding cannot pass them.
                if (!(counts[i] > least + 1 && counts[i] < most - 1))
                {
                    return null;
                }

                var whole = Math.Floor(counts[i]);
                var time = origin.AddTicks((long)whole * unit.Ticks);
                dates[i] = hasTime ? time.AddTicks((long)Math.Round((counts[i] - whole) * unit.Ticks)) : time.Date;
            }
        }

        return Of(dates, hasTime);
    }

    /// <summary>Dates as text.</summary>
    /// <param name="dates">One a row, null where missing.</param>
    /// <param name="hasTime">Whether the time of the day is shown.</param>
    internal static FileColumn.Texts Of(ReadOnlySpan<DateTime?> dates, bool hasTime)
    {
        var number = new Dictionary<DateTime, int>();
        var codes = new int[dates.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = -1;
            if (dates[i] is { } date && !number.TryGetValue(date, out codes[i]))
            {
                number.Add(date, codes[i] = number.Count);
            }
        }

        return new FileColumn.Texts(codes, [.. number.Keys.Select(date => Text(date, hasTime))])
        {
            Days = [.. number.Keys.Select(date => (date - Zero).TotalDays)],
        };
    }

    private static string Text(DateTime date, bool hasTime) => date.ToString(
        !hasTime ? "yyyy-MM-dd" : date.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        CultureInfo.InvariantCulture);
}
