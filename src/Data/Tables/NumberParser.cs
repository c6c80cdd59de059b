using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace MarginalConditional.Data.Tables;

/// <summary>Reads decimal numbers from UTF-8 fields.</summary>
internal static class NumberParser
{
    /// <summary>Powers of ten that a double holds exactly.</summary>
    private static readonly double[] ExactPowers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>Reads a whole field as a finite number.</summary>
    /// <param name="field">The field, without blanks around it.</param>
    /// <param name="point">The decimal point, or comma.</param>
    /// <param name="value">The number nearest to the text.</param>
    /// <returns>Whether the whole field is a finite number.</returns>
    /// <remarks>
    /// A mantissa below 2^53 times or over an exact power of ten is correctly rounded by one operation (Clinger 1990);
    /// that covers 15 digits, what R and most programs write. Everything else goes to the framework's parser.
    /// </remarks>
    internal static bool TryParse(ReadOnlySpan<byte> field, byte point, out double value)
    {
        var i = 0;
        var negative = false;
        if (field.Length > 0 && field[0] is (byte)'-' or (byte)'+')
        {
            negative = field[0] == '-';
            i = 1;
        }

        ulong mantissa = 0;
        var start = i;
        for (; i < field.Length && (uint)(field[i] - '0') <= 9; i++)
        {
            mantissa = (10 * mantissa) + (uint)(field[i] - '0');
        }

        var digits = i - start;
        var fraction = 0;
        if (i < field.Length && field[i] == point)
        {
            start = ++i;
            for (; i + 8 <= field.Length && BinaryPrimitives.ReadUInt64LittleEndian(field[i..]) is var eight && AreDigits(eight); i += 8)
            {
                mantissa = (100_000_000 * mantissa) + Value(eight);
            }

            for (; i < field.Length && (uint)(field[i] - '0') <= 9; i++)
            {
                mantissa = (10 * mantissa) + (uint)(field[i] - '0');
            }

            fraction = i - start;
            digits += fraction;
        }

        if (i == field.Length && digits is > 0 and <= 19 && mantissa <= 1UL << 53 && fraction <= 22)
        {
            var magnitude = fraction == 0 ? mantissa : mantissa / ExactPowers[fraction];
            value = negative ? 0 - magnitude : magnitude;
            return true;
        }

        return TrySlowly(field, point, digits, out value);
    }

    /// <summary>Whether eight bytes are digits: the upper half of each is 3, and stays so when 6 is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreDigits(ulong eight) =>
        ((eight & 0xF0F0F0F0F0F0F0F0) | (((eight + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) == 0x3333333333333333;

    /// <summary>
    /// The number that eight digits are: neighbours are joined to pairs, the pairs to fours, and these to one (Lemire 2021).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Value(ulong eight)
    {
        var pairs = ((eight & 0x0F0F0F0F0F0F0F0F) * ((10 << 8) + 1)) >> 8;
        var fours = ((pairs & 0x00FF00FF00FF00FF) * ((100UL << 16) + 1)) >> 16;
        return ((fours & 0x0000FFFF0000FFFF) * ((10_000UL << 32) + 1)) >> 32;
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
