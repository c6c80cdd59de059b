using System.Text;

namespace MarginalConditional.Data.Files.Sas;

/// <summary>The header records of SAS transport files: lines of 80 characters that say what follows.</summary>
/// <remarks>
/// Sources: SAS Institute, TS-140 (version 5) and TS-140-2, record layout of a data set in SAS transport (version 8, 9) format.
/// </remarks>
internal static class XptHeader
{
    /// <summary>The length of every record.</summary>
    internal const int Record = 80;

    private const int NameStart = 20;
    private const int DigitsStart = 48;

    /// <summary>Whether bytes begin a transport file.</summary>
    internal static bool Begins(ReadOnlySpan<byte> bytes) =>
        Name(bytes) is "LIBRARY" or "LIBV8";

    /// <summary>The name in a header record; null if the bytes do not begin one.</summary>
    internal static string? Name(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Record && bytes.StartsWith("HEADER RECORD*******"u8) && bytes[28..].StartsWith("HEADER RECORD!!!!!!!"u8)
            ? Encoding.ASCII.GetString(bytes.Slice(NameStart, 8)).TrimEnd()
            : null;

    /// <summary>The number in the digits of a header record, from one place to another; −1 if it is none.</summary>
    internal static long Number(ReadOnlySpan<byte> record, int from, int to)
    {
        var digits = record[(DigitsStart + from)..(DigitsStart + to)].Trim((byte)' ');
        var value = 0L;
        foreach (var digit in digits)
        {
            if ((uint)(digit - '0') > 9)
            {
                return -1;
            }

            value = (10 * value) + digit - '0';
        }

        return digits.Length == 0 ? -1 : value;
    }

    /// <summary>The place of the next head of a member, at or after a place on the grid of records; the file's end without one.</summary>
    internal static int NextMember(ReadOnlySpan<byte> bytes, int start)
    {
        for (var place = start; place + Record <= bytes.Length; place += Record)
        {
            if (Name(bytes[place..]) is "MEMBER" or "MEMBV8")
            {
                return place;
            }
        }

        return bytes.Length;
    }
}
