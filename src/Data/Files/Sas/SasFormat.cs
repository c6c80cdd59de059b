using System.Collections.Frozen;

namespace MarginalConditional.Data.Files.Sas;

/// <summary>Which numbers SAS shows as dates, told by the names of formats.</summary>
/// <remarks>Source: SAS Institute, SAS 9.4 formats and informats: reference, date and time formats by category.</remarks>
internal static class SasFormat
{
    private static readonly FrozenSet<string> Dates = new[]
    {
        "DATE", "DAY", "DDMMYY", "DDMMYYB", "DDMMYYC", "DDMMYYD", "DDMMYYN", "DDMMYYP", "DDMMYYS", "DOWNAME", "E8601DA", "IS8601DA",
        "B8601DA",
        "EURDFDD", "EURDFDE", "EURDFDN", "EURDFDWN", "EURDFMN", "EURDFMY", "EURDFWDX", "EURDFWKX", "JULDAY", "JULIAN", "MINGUO", "MMDDYY",
        "MMDDYYB", "MMDDYYC", "MMDDYYD", "MMDDYYN", "MMDDYYP", "MMDDYYS", "MMYY", "MMYYC", "MMYYD", "MMYYN", "MMYYP", "MMYYS", "MONNAME",
        "MONTH", "MONYY", "NENGO", "NLDATE", "NLDATEL", "NLDATEM", "NLDATES", "NLDATEW", "PDJULG", "PDJULI", "QTR", "QTRR", "WEEKDATE",
        "WEEKDATX", "WEEKDAY", "WEEKU", "WEEKV", "WEEKW", "WORDDATE", "WORDDATX", "YEAR", "YYMM", "YYMMC", "YYMMD", "YYMMN", "YYMMP",
        "YYMMS", "YYMMDD", "YYMMDDB", "YYMMDDC", "YYMMDDD", "YYMMDDN", "YYMMDDP", "YYMMDDS", "YYMON", "YYQ", "YYQC", "YYQD", "YYQN", "YYQP",
        "YYQR", "YYQS", "YYQZ",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Times = new[]
    {
        "B8601DN", "B8601DT", "B8601DX", "B8601DZ", "B8601LX", "DATEAMPM", "DATETIME", "DTDATE", "DTMONYY", "DTWKDATX", "DTYEAR", "DTYYQC",
        "E8601DN", "E8601DT", "E8601DX", "E8601DZ", "E8601LX", "IS8601DN", "IS8601DT", "IS8601DZ", "MDYAMPM", "NLDATM", "NLDATML",
        "NLDATMM",
        "NLDATMS", "NLDATMW",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Plain = new[]
    {
        "", "BEST", "BESTD", "BINARY", "COMMA", "COMMAX", "D", "DOLLAR", "DOLLARX", "E", "EURO", "EUROX", "F", "FLOAT", "FRACT", "HEX",
        "HHMM",
        "HOUR", "IB", "IEEE", "MMSS", "NEGPAREN", "NUMX", "OCTAL", "PCPIB", "PD", "PERCENT", "PERCENTN", "PIB", "PK", "PVALUE", "RB",
        "ROMAN", "SIZEK", "SSN", "TIME", "TIMEAMPM", "TOD", "B8601TM", "E8601TM", "IS8601TM", "WORDF", "WORDS", "YEN", "Z", "ZD",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The column as its format shows it: dates as text, all other numbers as they are.</summary>
    /// <param name="values">The numbers, NaN where missing.</param>
    /// <param name="format">The format's name, with or without width.</param>
    /// <param name="missing">How many fields hold which code for missing.</param>
    internal static FileColumn Shown(double[] values, string format, IReadOnlyList<MissingCount> missing)
    {
        var name = format.TrimEnd('.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var (isDate, isTime) = (Dates.Contains(name), Times.Contains(name));
        if (!isDate && !isTime)
        {
            return new FileColumn.Numbers(values)
            {
                Missing = missing,
                Notes = Plain.Contains(name) ? [] : [$"its format {name} is not in a transport file, so that its codes have no names"],
            };
        }

        var unit = isDate ? TimeSpan.FromDays(1) : TimeSpan.FromSeconds(1);
        return FileDates.Of(values, FileDates.Sixties, unit, hasTime: isTime) is { } dates
            ? new FileColumn.Texts(dates.Codes, dates.Levels) { Days = dates.Days, Missing = missing }
            : new FileColumn.Numbers(values)
            {
                Missing = missing,
                Notes = [$"its format {name} is for dates, but some of its numbers are none; all are left numbers"],
            };
    }
}
