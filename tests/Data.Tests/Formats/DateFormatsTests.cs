using MarginalConditional.Data.Files;
using MarginalConditional.Data.Files.Sas;
using MarginalConditional.Data.Files.Stata;

namespace MarginalConditional.Data.Tests.Formats;

/// <summary>
/// <see cref="FileDates"/>, <see cref="SasFormat"/> and <see cref="StataFormat"/> by the calendar, <see cref="StataNumber"/> by its limits.
/// </summary>
public sealed class DateFormatsTests
{
    /// <summary>Day 0 of both programs is 1 January 1960; 21,915 days later 60 years are over, 15 of them leap years.</summary>
    [Theory]
    [InlineData("DATE9.")]
    [InlineData("yymmdd10.")]
    [InlineData("E8601DA")]
    public void Numbers_with_a_date_format_of_SAS_are_dates(string format)
    {
        var dates = Assert.IsType<FileColumn.Texts>(SasFormat.Shown([0, 21915, double.NaN, -1, 0], format, []));
        Assert.Equal(["1960-01-01", "2020-01-01", "1959-12-31"], dates.Levels);
        Assert.Equal([0, 1, -1, 2, 0], dates.Codes);
        Assert.Equal([-3653, 18262, -3654], dates.Days);
    }

    [Fact]
    public void Times_of_SAS_are_seconds_and_those_of_Stata_milliseconds()
    {
        var seconds = Assert.IsType<FileColumn.Texts>(SasFormat.Shown([0, 90061, 0.5], "DATETIME20.", []));
        Assert.Equal(["1960-01-01T00:00:00", "1960-01-02T01:01:01", "1960-01-01T00:00:00.5"], seconds.Levels);
        var milliseconds = Assert.IsType<FileColumn.Texts>(Stata([0, 90_061_000], "%tc"));
        Assert.Equal(["1960-01-01T00:00:00", "1960-01-02T01:01:01"], milliseconds.Levels);
        Assert.Empty(milliseconds.Notes);
        Assert.Contains("leap seconds", Assert.Single(Stata([0], "%tC").Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%td", true)]
    [InlineData("%-tdD_m_Y", true)]
    [InlineData("%d", true)]
    [InlineData("%tm", false)]
    [InlineData("%tq", false)]
    [InlineData("%9.0g", false)]
    public void Days_of_Stata_are_dates_and_months_and_quarters_stay_numbers(string format, bool isDate)
    {
        var column = Stata([366, double.NaN], format);
        if (isDate)
        {
            Assert.Equal(["1961-01-01"], Assert.IsType<FileColumn.Texts>(column).Levels);
        }
        else
        {
            Assert.Equal([366, double.NaN], Assert.IsType<FileColumn.Numbers>(column).Values);
        }
    }

    [Fact]
    public void Numbers_beyond_the_calendar_leave_the_column_numbers_with_a_note()
    {
        double[] values = [0, 1e9];
        foreach (var column in (FileColumn[])[SasFormat.Shown(values, "DATE9.", []), Stata(values, "%td")])
        {
            Assert.Equal(values, Assert.IsType<FileColumn.Numbers>(column).Values);
            Assert.Contains("for dates", Assert.Single(column.Notes), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("BEST12.", 0)]
    [InlineData("8.2", 0)]
    [InlineData("", 0)]
    [InlineData("SEXFMT.", 1)]
    public void A_format_of_ones_own_leaves_codes_without_names_and_says_so(string format, int notes)
    {
        var column = Assert.IsType<FileColumn.Numbers>(SasFormat.Shown([1, 2], format, []));
        Assert.Equal([1, 2], column.Values);
        Assert.Equal(notes, column.Notes.Count);
    }

    /// <summary>Source: Stata's description of dta files: the largest values, and from which on they mean missing.</summary>
    [Fact]
    public void The_largest_numbers_of_Stata_are_numbers_and_those_above_are_missing()
    {
        Assert.Equal(100, Read(StataType.Byte, 100));
        Assert.Equal(-127, Read(StataType.Byte, 0x81));
        Assert.Equal(32740, Read(StataType.Int, 32740));
        Assert.Equal(-32767, Read(StataType.Int, 0x8001));
        Assert.Equal(2147483620, Read(StataType.Long, 2147483620));
        Assert.Equal(1.5, Read(StataType.Float, BitConverter.SingleToUInt32Bits(1.5f)));
        Assert.Equal(Math.BitDecrement(Math.Pow(2, 1023)), Read(StataType.Double, 0x7FDF_FFFF_FFFF_FFFF));
        Assert.Equal(-0.1, Read(StataType.Double, BitConverter.DoubleToUInt64Bits(-0.1)));
        Assert.Equal(double.MinValue, Read(StataType.Double, 0xFFEF_FFFF_FFFF_FFFF));
        Assert.Equal(-Math.Pow(2, 1023), Read(StataType.Double, 0xFFE0_0000_0000_0000));
        Assert.All(
            ((int Type, ulong Bits)[])
            [
                (StataType.Byte, 101), (StataType.Byte, 127), (StataType.Int, 32741), (StataType.Int, 32767), (StataType.Long, 2147483621),
                (StataType.Float, 0x7F00_0000), (StataType.Float, 0x7F00_D000), (StataType.Double, 0x7FE0_0000_0000_0000),
                (StataType.Double, 0x7FE0_1A00_0000_0000), (StataType.Double, 0x7FF0_0000_0000_0000), (StataType.Double, ulong.MaxValue),
                (StataType.Double, 0xFFF0_0000_0000_0000), (StataType.Float, 0xFFFF_FFFF),
            ],
            field => Assert.Equal(double.NaN, Read(field.Type, field.Bits)));
    }

    private static double Read(int type, ulong bits) => StataNumber.Read(type, bits, new MissingCodes());

    private static FileColumn Stata(double[] values, string format) =>
        StataFormat.Shown(values, format, new Dictionary<double, string>(), []);
}
