namespace MarginalConditional.Data.Files.Stata;

/// <summary>Which numbers Stata shows as dates: days (<c>%td</c>) and milliseconds (<c>%tc</c>) since 1960.</summary>
/// <remarks>
/// Weeks, months, quarters, half-years and years (<c>%tw</c>, <c>%tm</c>, <c>%tq</c>, <c>%th</c>, <c>%ty</c>) count evenly and stay
/// numbers. <c>%tC</c> counts leap seconds, of which there have been 27 since 1960, and is read as <c>%tc</c> with a note.
/// </remarks>
internal static class StataFormat
{
    /// <summary>The column as its format shows it.</summary>
    internal static FileColumn Shown(
        double[] values, string format, IReadOnlyDictionary<double, string> labels, IReadOnlyList<MissingCount> missing)
    {
        var name = format.TrimStart('%').TrimStart('-');
        var isTime = name.StartsWith("tc", StringComparison.OrdinalIgnoreCase);
        if (!isTime && !name.StartsWith("td", StringComparison.Ordinal) && !name.StartsWith('d'))
        {
            return new FileColumn.Numbers(values) { Missing = missing, Labels = labels };
        }

        var unit = isTime ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromDays(1);
        return FileDates.Of(values, FileDates.Sixties, unit, hasTime: isTime) is { } dates
            ? new FileColumn.Texts(dates.Codes, dates.Levels)
            {
                Days = dates.Days,
                Missing = missing,
                Notes = name.StartsWith("tC", StringComparison.Ordinal)
                    ? ["its times count leap seconds and are up to 27 seconds later than the clock's"]
                    : [],
            }
            : new FileColumn.Numbers(values)
            {
                Missing = missing,
                Labels = labels,
                Notes = [$"its format {format} is for dates, but some of its numbers are none; all are left numbers"],
            };
    }
}
