using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MarginalConditional.Data.Tables;

/// <summary>Reads decimal numbers from UTF-8 fields.</summary>
internal static class NumberParser
{
    /// <summary>Powers of ten that a double holds exactly.</summary>
    private static readonly double[] ExactPowers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>The first of them as whole numbers.</summary>
    private static ReadOnlySpan<ulong> Powers =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
    ];

    /// <summary>From one of the first 17 places on: sixteen bytes, of which as many as the place says are kept, the last ones.</summary>
    private static ReadOnlySpan<byte> LastBytes =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    ];

    /// <summary>Reads a whole field as a finite number.</summary>
    /// <param name="field">The field, without blanks around it.</param>
    /// <param name="point">The decimal point, or comma.</param>
    /// <param name="value">The number nearest to the text.</param>
    /// <returns>Whether the whole field is a finite number.</returns>
    internal static bool TryParse(ReadOnlySpan<byte> field, byte point, out double value)
    {
        var i = field.Length > 0 && field[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        var start = i;
        var mantissa = Digits(field, field.Length, ref i);
        var digits = i - start;
        var fraction = 0;
        if (i < field.Length && field[i] == point)
        {
            start = ++i;
            mantissa = Digits(field, field.Length, ref i, mantissa);
            fraction = i - start;
            digits += fraction;
        }

        if (i == field.Length && digits > 0 && IsExact(mantissa, digits, fraction))
        {
            value = Value(mantissa, fraction, field[0] == '-');
            return true;
        }

        return TrySlowly(field, point, digits, out value);
    }

    /// <summary>
    /// Reads a field as a number if it is written as most are: perhaps a minus, digits without a leading zero, and perhaps a point with one
    /// to sixteen digits, no more than 15 or 16 in all.
    /// </summary>
    /// <param name="lines">The bytes in which the field stands; those before it are looked at, and do not matter.</param>
    /// <param name="start">The field's first byte.</param>
    /// <param name="end">The byte after its last.</param>
    /// <param name="point">The decimal point, or comma.</param>
    /// <param name="value">The number nearest to the text.</param>
    /// <param name="hasOthers">Whether the number may be spelled otherwise as well, as 1.1 and 1.10, or 0 and −0.</param>
    /// <returns>Whether the field is such a number; if not, it may be another.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryReadPlain(ReadOnlySpan<byte> lines, int start, int end, byte point, out double value, out bool hasOthers)
    {
        if (start == end)
        {
            (value, hasOthers) = (0, false);
            return false;
        }

        var negative = lines[start] == '-';
        var first = start + (negative ? 1 : 0);
        var i = first;
        var mantissa = Digits(lines, end, ref i);
        var whole = i - first;
        var hasPoint = i < end;
        var fraction = hasPoint ? end - i - 1 : 0;
        var isPlain = whole is > 0 and <= 15 && (whole == 1 || lines[first] != '0')
            && (!hasPoint || (lines[i] == point && TryReadFraction(lines, end, fraction, ref mantissa)));
        value = isPlain ? Value(mantissa, fraction, negative) : 0;
        hasOthers = hasPoint | (negative & mantissa == 0);
        return isPlain && IsExact(mantissa, whole + fraction, fraction);
    }

    /// <summary>Puts the last bytes of a field behind the digits read before, if there are one to sixteen and all are digits.</summary>
    /// <remarks>
    /// Neighbours are joined to pairs, the pairs to fours, and these to one (Lemire 2021); bytes before the field count as zeros.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadFraction(ReadOnlySpan<byte> lines, int end, int length, ref ulong mantissa)
    {
        if (length is 0 or > 16 || end < 16)
        {
            return false;
        }

        var digits = (Vector128.Create(lines[(end - 16)..]) - Vector128.Create((byte)'0')) & Vector128.Create(LastBytes[length..]);
        var pairs = (digits.AsUInt16() * 10) + (digits.AsUInt16() >> 8) & Vector128.Create((ushort)0xFF);
        var fours = ((pairs.AsUInt32() & Vector128.Create(0xFFFFu)) * 100) + (pairs.AsUInt32() >> 16);
        var (first, second) = (fours.AsUInt64()[0], fours.AsUInt64()[1]);
        var number =
            (100_000_000 * ((10_000 * (first & uint.MaxValue)) + (first >> 32))) + (10_000 * (second & uint.MaxValue)) + (second >> 32);
        mantissa = (Powers[length] * mantissa) + number;
        return !Vector128.GreaterThanAny(digits, Vector128.Create((byte)9));
    }

    /// <summary>Reads digits, and puts them behind others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Digits(ReadOnlySpan<byte> text, int end, ref int at, ulong mantissa = 0)
    {
        for (; at < end && (uint)(text[at] - '0') <= 9; at++)
        {
            mantissa = (10 * mantissa) + (uint)(text[at] - '0');
        }

        return mantissa;
    }

    /// <summary>
    /// Whether one operation rounds a number correctly: its mantissa is below 2^53, and it is taken over an exact power of ten (Clinger
    /// 1990). That covers 15 digits, what R and most programs write; everything else goes to the framework's parser.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsExact(ulong mantissa, int digits, int fraction) =>
        digits <= 19 && mantissa <= 1UL << 53 && fraction <= 22;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Value(ulong mantissa, int fraction, bool negative)
    {
        var magnitude = fraction == 0 ? (double)(long)mantissa : (long)mantissa / ExactPowers[fraction];
        return BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(magnitude) | (negative ? 1UL << 63 : 0));
    }

    private static bool TrySlowly(ReadOnlySpan<byte> field, byte point, int digits, out double value)
    {
        value = double.NaN;
        if (digits == 0)
        {
            return false;
        }

        if (point != '.')
        {
            // A decimal comma may appear once; the framework reads points only.
            if (field.Contains((byte)'.'))
            {
                return false;
            }

            Span<byte> copy = field.Length <= 128 ? stackalloc byte[field.Length] : new byte[field.Length];
            field.CopyTo(copy);
            copy.Replace(point, (byte)'.');
            return TryFramework(copy, out value);
        }

        return TryFramework(field, out value);
    }

    private static bool TryFramework(ReadOnlySpan<byte> field, out double value)
    {
        // The parser wants no leading plus before some forms; a sign is handled by it except for "+".
        var text = field[0] == '+' ? field[1..] : field;
        if (Utf8Parser.TryParse(text, out value, out var consumed) && consumed == text.Length && double.IsFinite(value))
        {
            return true;
        }

        value = double.NaN;
        return false;
    }
}
