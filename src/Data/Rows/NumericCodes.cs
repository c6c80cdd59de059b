using System.Runtime.CompilerServices;

namespace MarginalConditional.Data.Rows;

/// <summary>Recognizes numbers that stand for categories.</summary>
internal static class NumericCodes
{
    /// <summary>The largest number of codes recognized; longer scales are mostly measured.</summary>
    internal const int Most = 4;

    /// <summary>k, if the distinct values are exactly 1, 2, …, k with 2 ≤ k ≤ 4; else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Count(ReadOnlySpan<double> values)
    {
        var seen = 0;
        foreach (var value in values)
        {
            if (double.IsNaN(value))
            {
                continue;
            }

            if (value is not (1 or 2 or 3 or 4))
            {
                return 0;
            }

            seen |= 1 << (int)value;
        }

        return seen switch
        {
            0b00110 => 2,
            0b01110 => 3,
            0b11110 => Most,
            _ => 0,
        };
    }
}
