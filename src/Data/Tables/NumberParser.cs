using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MarginalConditional.Data.Tables;

/// <summary>Reads decimal numbers from UTF-8 fields.</summary>
internal static class NumberParser
{
    /// <summary>The largest whole number up to which every one is a double.</summary>
    private const ulong LargestExact = 1UL << 53;

    /// <summary>Powers of ten that a double holds exactly.</summary>
    private static ReadOnlySpan<double> ExactPowers =>
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
    /// Reads a field as a number if it is written as most are: perhaps a minus, digits without a leading zero, and perhaps a point with
    /// more of them, sixteen in all, or one before the point and up to sixteen behind.
    /// </summary>
    /// <param name="lines">The bytes in which the field stands; those before it are looked at, and do not matter.</param>
    /// <param name="start">The field's first byte.</param>
    /// <param name="end">The byte after its last.</param>
    /// <param name="point">The decimal point, or comma.</param>
    /// <param name="value">The number nearest to the text.</param>
    /// <param name="hasOthers">Whether the number may be spelled otherwise as well, as 1.1 and 1.10.</param>
    /// <returns>Whether the field is such a number; if not, it may be another, as −0 is, whose sign a whole number loses.</returns>
    /// <remarks>A column goes on as it began, so that each shape has a short way of its own.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryReadPlain(ReadOnlySpan<byte> lines, int start, int end, byte point, out double value, out bool hasOthers)
    {
        if (end - start == 1)
        {
            var digit = lines[start] - '0';
            (value, hasOthers) = (digit, false);
            return (uint)digit <= 9;
        }

        if (end - start < 1 || end <= Vector128<byte>.Count)
        {
            (value, hasOthers) = (0, false);
            return false;
        }

        // Signs come as they like: a jump on them would be guessed wrong half of the time.
        var minus = lines[start] == '-' ? 1 : 0;
        var first = start + minus;
        var isPlain = end - first > 2 && lines[first + 1] == point
            ? TryReadDigitAndFraction(lines, first, end, out var mantissa, out var fraction)
            : TryReadDigits(lines, first, end, point, out mantissa, out fraction);
        value = (((long)mantissa ^ -minus) + minus) / ExactPowers[fraction];
        hasOthers = fraction > 0;
        return isPlain & mantissa - (ulong)minus <= LargestExact - (ulong)minus;
    }

    /// <summary>Reads a digit, a point, and one to sixteen digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadDigitAndFraction(ReadOnlySpan<byte> lines, int start, int end, out ulong mantissa, out int fraction)
    {
        var whole = (uint)(lines[start] - '0');
        fraction = end - start - 2;
        if (whole > 9 || fraction > Vector128<byte>.Count)
        {
            (mantissa, fraction) = (0, 0);
            return false;
        }

        var digits = DigitsBefore(lines, end) & Vector128.Create(LastBytes[fraction..]);
        mantissa = (Powers[fraction] * whole) + Number(digits);
        return !Vector128.GreaterThanAny(digits, Vector128.Create((byte)9));
    }

    /// <summary>Reads one to sixteen bytes that are digits but perhaps for a point between them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadDigits(ReadOnlySpan<byte> lines, int start, int end, byte point, out ulong mantissa, out int fraction)
    {
        (mantissa, fraction) = (0, 0);
        var length = end - start;
        if (length is < 1 or > 16 || (length > 1 && lines[start] == '0'))
        {
            return false;
        }

        var digits = DigitsBefore(lines, end) & Vector128.Create(LastBytes[length..]);
        var others = Vector128.GreaterThan(digits, Vector128.Create((byte)9)).ExtractMostSignificantBits();
        if (others != 0)
        {
            // A point at its place in the last sixteen bytes, which those before it take by moving up.
            var place = BitOperations.TrailingZeroCount(others);
            fraction = Vector128<byte>.Count - 1 - place;
            if ((others & (others - 1)) != 0 || lines[end - fraction - 1] != point || fraction == 0 || fraction == length - 1)
            {
                return false;
            }

            var moved = DigitsBefore(lines, end - 1) & Vector128.Create(LastBytes[(length - 1)..]);
            digits = Vector128.ConditionalSelect(Vector128.Create(LastBytes[fraction..]), digits, moved);
        }

        mantissa = Number(digits);
        return true;
    }

    /// <summary>What the sixteen bytes before a place are as digits; those that are none are above nine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> DigitsBefore(ReadOnlySpan<byte> lines, int end) =>
        Vector128.Create(lines[(end - Vector128<byte>.Count)..]) - Vector128.Create((byte)'0');

    /// <summary>The number that sixteen digits are.</summary>
    /// <remarks>Neighbours are joined to pairs, the pairs to fours, the fours to eights, and these to one (Lemire 2021).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Number(Vector128<byte> digits)
    {
        if (!Sse41.IsSupported)
        {
            return PortableNumber(digits);
        }

        var pairs = Ssse3.MultiplyAddAdjacent(digits, Vector128.Create((short)(10 + (1 << 8))).AsSByte());
        var fours = Sse2.MultiplyAddAdjacent(pairs, Vector128.Create(100 + (1 << 16)).AsInt16());
        var eights = Sse2.MultiplyAddAdjacent(
            Sse41.PackUnsignedSaturate(fours, fours).AsInt16(),
            Vector128.Create(10_000 + (1 << 16)).AsInt16()).AsUInt64()[0];
        return (100_000_000 * (eights & uint.MaxValue)) + (eights >> 32);
    }

    /// <summary>The same without the instructions of one family of processors.</summary>
    internal static ulong PortableNumber(Vector128<byte> digits)
    {
        var pairs = (digits.AsUInt16() * 10) + (digits.AsUInt16() >> 8) & Vector128.Create((ushort)0xFF);
        var fours = ((pairs.AsUInt32() & Vector128.Create(0xFFFFu)) * 100) + (pairs.AsUInt32() >> 16);
        var (first, second) = (fours.AsUInt64()[0], fours.AsUInt64()[1]);
        return (100_000_000 * ((10_000 * (first & uint.MaxValue)) + (first >> 32))) + (10_000 * (second & uint.MaxValue)) + (second >> 32);
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
        digits <= 19 && mantissa <= LargestExact && fraction <= 22;

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
