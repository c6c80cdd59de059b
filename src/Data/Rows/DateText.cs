using System.Globalization;
using System.Text.RegularExpressions;

namespace MarginalConditional.Data.Rows;

/// <summary>Dates as text: ISO 8601 is read, what only looks like a date is told apart.</summary>
internal static partial class DateText
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'",
    ];

    /// <summary>The days since the earliest of dates, all written in one form of ISO 8601 such as 2020-01-15; else empty.</summary>
    internal static double[] Days(IReadOnlyList<string> texts)
    {
        foreach (var format in Formats)
        {
            var dates = new DateTime[texts.Count];
            var read = 0;
            while (read < dates.Length
                && DateTime.TryParseExact(texts[read], format, CultureInfo.InvariantCulture, DateTimeStyles.None, out dates[read]))
            {
                read++;
            }

            if (read == dates.Length && read > 0)
            {
                var first = dates.Min();
                return [.. dates.Select(date => (date - first).TotalDays)];
            }
        }

        return [];
    }

    /// <summary>Whether a text looks like a date: 1/15/2020, 15.1.20, 2020/1/15, 15JAN2020, Jan 15, 2020, Jan 2020.</summary>
    internal static bool LooksLikeOne(string text) => Shapes().IsMatch(text);

    [GeneratedRegex(
        @"^\s*(?:[0-9]{1,2}(?<first>[/.-])[0-9]{1,2}\k<first>(?:[0-9]{4}|[0-9]{2})"
            + @"|[0-9]{4}(?<other>[/.-])[0-9]{1,2}\k<other>[0-9]{1,2}"
            + @"|[0-9]{1,2}[\s.-]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s.,-]*(?:[0-9]{4}|[0-9]{2})"
            + @"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s.-]+(?:[0-9]{1,2},?\s+)?(?:[0-9]{4}|[0-9]{2}))"
            + @"(?:[T\s,]+[0-9]{1,2}:[0-9]{2}.*)?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shapes();
}
