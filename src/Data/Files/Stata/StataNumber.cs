namespace MarginalConditional.Data.Files.Stata;

/// <summary>Numbers of Stata files, whose largest values mean missing: a point, or a point and a letter.</summary>
internal static class StataNumber
{
    private const int Codes = 27;
    private const ulong DoubleMissing = 0x7FE0_0000_0000_0000;
    private const int DoubleStep = 40;
    private const ulong FloatMissing = 0x7F00_0000;
    private const int FloatStep = 11;
    private const int LongMissing = 2147483621;
    private const int IntMissing = 32741;
    private const int ByteMissing = 101;

    /// <summary>The value; NaN for a missing one, which is counted.</summary>
    /// <param name="type">One of <see cref="StataType"/>'s numbers.</param>
    /// <param name="bits">The field's bits.</param>
    /// <param name="missing">Counts the codes for missing values.</param>
    internal static double Read(int type, ulong bits, MissingCodes missing) => type switch
    {
        StataType.Double => Floating(bits, ~(1UL << 63), DoubleMissing, DoubleStep, BitConverter.UInt64BitsToDouble(bits), missing),
        StataType.Float => Floating(bits, 0x7FFF_FFFF, FloatMissing, FloatStep, BitConverter.UInt32BitsToSingle((uint)bits), missing),
        StataType.Long => Whole((int)(uint)bits, LongMissing, missing),
        StataType.Int => Whole((short)(ushort)bits, IntMissing, missing),
        _ => Whole((sbyte)(byte)bits, ByteMissing, missing),
    };

    /// <summary>A value at or above the first missing one, sign apart, is missing; the bits above it tell the letter.</summary>
    private static double Floating(ulong bits, ulong unsigned, ulong first, int step, double value, MissingCodes missing)
    {
        var size = bits & unsigned;
        if (size < first)
        {
            return value;
        }

        var code = (size - first) >> step;
        missing.Add(code < Codes ? (int)code : 0);
        return double.NaN;
    }

    private static double Whole(int value, int first, MissingCodes missing)
    {
        if (value < first)
        {
            return value;
        }

        missing.Add(value - first < Codes ? value - first : 0);
        return double.NaN;
    }
}
