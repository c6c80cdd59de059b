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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
        var digits = 0;
        var start = i;
        for (; i < field.Length && (uint)(field[i] - '0') <= 9; i++)
        {
            mantissa = (10 * mantissa) + (uint)(field[i] - '0');
        }

        digits = i - start;
        var fraction = 0;
        if (i < field.Length && field[i] == point)
        {
            start = ++i;
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
