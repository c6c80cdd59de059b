using System.Globalization;
using System.Text.RegularExpressions;

namespace MarginalConditional.Data.Rows;

/// <summary>The order that people mean by names of waves: Baseline, Week 2, Week 4, Week 12, Follow-up.</summary>
/// <remarks>
/// First come names that begin with a word for the start (screening, run-in, randomization, baseline, pre, before, first), in that order,
/// and names without numbers (months and weekdays by the calendar, others by the alphabet); then names with numbers, part by part, numbers
/// by value, or by days when every one is a number with a unit and the units differ (Day 1, Week 1, Month 3); last those that begin with a
/// word for the end (post, after, follow-up, final, end, …), or have one and no number (early termination).
/// </remarks>
internal static partial class NaturalOrder
{
    private static readonly string[] Starts =
    [
        "screening", "screen", "enrolment", "enrollment", "run", "randomisation", "randomization", "baseline", "bl", "pre", "preop",
        "pretest", "pretreatment", "before", "first",
    ];

    private static readonly string[] Ends =
    [
        "post", "postop", "posttest", "posttreatment", "after", "follow", "followup", "last", "final", "end", "endline", "endpoint", "eot",
        "eos", "exit", "discharge", "termination", "closeout", "unscheduled",
    ];

    private static readonly string[] Calendar =
    [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
    ];

    private static readonly string[] CalendarNames =
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "monday",
        "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ];

    private static readonly Dictionary<string, (string Name, double Days)> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["min"] = ("minute", 1.0 / 1440),
        ["mins"] = ("minute", 1.0 / 1440),
        ["minute"] = ("minute", 1.0 / 1440),
        ["minutes"] = ("minute", 1.0 / 1440),
        ["h"] = ("hour", 1.0 / 24),
        ["hr"] = ("hour", 1.0 / 24),
        ["hrs"] = ("hour", 1.0 / 24),
        ["hour"] = ("hour", 1.0 / 24),
        ["hours"] = ("hour", 1.0 / 24),
        ["d"] = ("day", 1),
        ["day"] = ("day", 1),
        ["days"] = ("day", 1),
        ["w"] = ("week", 7),
        ["wk"] = ("week", 7),
        ["wks"] = ("week", 7),
        ["week"] = ("week", 7),
        ["weeks"] = ("week", 7),
        ["m"] = ("month", 365.25 / 12),
        ["mo"] = ("month", 365.25 / 12),
        ["mth"] = ("month", 365.25 / 12),
        ["month"] = ("month", 365.25 / 12),
        ["months"] = ("month", 365.25 / 12),
        ["y"] = ("year", 365.25),
        ["yr"] = ("year", 365.25),
        ["yrs"] = ("year", 365.25),
        ["year"] = ("year", 365.25),
        ["years"] = ("year", 365.25),
    };

    /// <summary>The indices of the names in natural order.</summary>
    internal static int[] Of(IReadOnlyList<string> names)
    {
        var keys = names.Select(Key).ToArray();
        var numbered = keys.Where(key => key.Place == Place.Numbered).ToArray();
        if (numbered.All(key => key.Days is not null) && numbered.Select(key => key.Unit).Distinct().Count() > 1)
        {
            keys = [.. keys.Select(key => key.Place == Place.Numbered ? key with { Rank = key.Days!.Value } : key)];
        }

        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(order, (a, b) => Compare(keys[a], keys[b]));
        return order;
    }

    private static WaveKey Key(string name)
    {
        var parts = Pieces().Matches(name).Select(match => match.Value.Trim()).Where(part => part.Length > 0).ToArray();
        var words = Words().Matches(name).Select(match => match.Value.ToLowerInvariant()).ToArray();
        var hasNumber = parts.Any(IsNumber);
        var start = words.Length == 0 ? -1 : Array.IndexOf(Starts, words[0]);
        if (start >= 0)
        {
            return new WaveKey(name, parts, Place.Start, start);
        }

        if (words.Length > 0 && (Ends.Contains(words[0]) || (!hasNumber && words.Any(Ends.Contains))))
        {
            return new WaveKey(name, parts, Place.End, 0);
        }

        if (hasNumber)
        {
            var (days, unit) = Time(name);
            return new WaveKey(name, parts, Place.Numbered, 0) { Days = days, Unit = unit };
        }

        var word = name.Trim().TrimEnd('.').ToLowerInvariant();
        var date = Math.Max(Array.IndexOf(Calendar, word), Array.IndexOf(CalendarNames, word));
        return new WaveKey(name, parts, Place.Start, Starts.Length + (date < 0 ? Calendar.Length : date));
    }

    private static int Compare(WaveKey a, WaveKey b)
    {
        var order = (a.Place, a.Rank).CompareTo((b.Place, b.Rank));
        for (var i = 0; order == 0 && i < Math.Min(a.Parts.Length, b.Parts.Length); i++)
        {
            order = (IsNumber(a.Parts[i]), IsNumber(b.Parts[i])) switch
            {
                (true, true) => Number(a.Parts[i]).CompareTo(Number(b.Parts[i])),
                (true, false) => -1,
                (false, true) => 1,
                _ => string.CompareOrdinal(a.Parts[i].ToUpperInvariant(), b.Parts[i].ToUpperInvariant()),
            };
        }

        order = order != 0 ? order : a.Parts.Length.CompareTo(b.Parts.Length);
        return order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
    }

    private static bool IsNumber(string part) => char.IsAsciiDigit(part[^1]) && (char.IsAsciiDigit(part[0]) || part[0] is '-' or '\u2212');

    private static double Number(string part) => double.Parse(part.Replace('\u2212', '-'), CultureInfo.InvariantCulture);

    private static (double? Days, string Unit) Time(string name)
    {
        var match = UnitAndNumber().Match(name);
        match = match.Success ? match : NumberAndUnit().Match(name);
        return match.Success && Units.TryGetValue(match.Groups["unit"].Value, out var unit)
            ? (Number(match.Groups["number"].Value) * unit.Days, unit.Name)
            : (null, string.Empty);
    }

    /// <summary>A number, whose minus stands at the start or after a blank, or what stands between numbers.</summary>
    [GeneratedRegex(
        @"(?:(?<=^|\s)[-\u2212])?[0-9]+(?:\.[0-9]+)?|(?:(?!(?<=^|\s)[-\u2212][0-9])[^0-9])+",
        RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex Pieces();

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Words();

    [GeneratedRegex(
        @"^\s*(?<unit>[a-z]+)(?:\s+(?<number>[-\u2212]?[0-9]+(?:\.[0-9]+)?)|[\s_.-]*(?<number>[0-9]+(?:\.[0-9]+)?))\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex UnitAndNumber();

    [GeneratedRegex(
        @"^\s*(?<number>[-\u2212]?[0-9]+(?:\.[0-9]+)?)[\s_.-]*(?<unit>[a-z]+)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex NumberAndUnit();

    private enum Place
    {
        Start,
        Numbered,
        End,
    }

    private sealed record WaveKey(string Name, string[] Parts, Place Place, double Rank)
    {
        /// <summary>The time in days of a name that is a number with a unit.</summary>
        public double? Days { get; init; }

        /// <summary>The unit of <see cref="Days"/>.</summary>
        public string Unit { get; init; } = string.Empty;
    }
}
