using System.Runtime.CompilerServices;

namespace MarginalConditional.Data.Tables;

/// <summary>How a number is spelled: a grouping compares the texts, and 1.1 and 1.10 are one number but two names.</summary>
internal static class NumberSpelling
{
    /// <summary>From 2^53 on, neighbouring whole numbers share a double.</summary>
    private const double FirstIndistinct = 1L << 53;

    /// <summary>
    /// Whether no other text of its kind is the same number: a whole number below 2^53 without plus, point, exponent or leading zero.
    /// </summary>
    /// <param name="text">A field that is a number.</param>
    /// <param name="value">The number.</param>
    internal static bool IsOnly(ReadOnlySpan<byte> text, double value)
    {
        var digits = text[0] == '-' ? text[1..] : text;
        if (Math.Abs(value) >= FirstIndistinct || (digits[0] == '0' && text.Length > 1))
        {
            return false;
        }

        foreach (var character in digits)
        {
            if ((uint)(character - '0') > 9)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a number starts with a zero that another digit follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool HasLeadingZero(ReadOnlySpan<byte> text)
    {
        var digits = text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        return digits is [(byte)'0', >= (byte)'0' and <= (byte)'9', ..];
    }
}
