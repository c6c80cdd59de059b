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
        StataType.Double => Floating(bits, DoubleMissing, DoubleStep, BitConverter.UInt64BitsToDouble(bits), missing),
        StataType.Float => Floating(bits & uint.MaxValue, FloatMissing, FloatStep, BitConverter.UInt32BitsToSingle((uint)bits), missing),
        StataType.Long => Whole((int)(uint)bits, LongMissing, missing),
        StataType.Int => Whole((short)(ushort)bits, IntMissing, missing),
        _ => Whole((sbyte)(byte)bits, ByteMissing, missing),
    };

    /// <summary>
    /// A value at or above the first missing one is missing, and the bits above it tell the letter; what is no number is missing too.
    /// Negative numbers have no such bound: they reach twice as far (Gould, Statalist, 9 January 2008, on the table of "help dta").
    /// </summary>
    private static double Floating(ulong bits, ulong first, int step, double value, MissingCodes missing)
    {
        if (double.IsFinite(value) && (double.IsNegative(value) || bits < first))
        {
            return value;
        }

        var code = double.IsNegative(value) ? 0 : (bits - first) >> step;
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
