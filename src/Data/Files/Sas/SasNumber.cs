using System.Buffers.Binary;

namespace MarginalConditional.Data.Files.Sas;

/// <summary>Numbers of SAS transport files, which are those of IBM's mainframes: a sign, an exponent of 16, 56 bits of fraction.</summary>
/// <remarks>Source: SAS Institute, TS-140, record layout of a SAS version 5 or 6 data set in SAS transport format.</remarks>
internal static class SasNumber
{
    /// <summary>Bytes of the longest number; shorter ones are cut from the right.</summary>
    internal const int Longest = 8;

    /// <summary>The value; NaN for a missing one, which is counted.</summary>
    /// <param name="field">2 to 8 bytes.</param>
    /// <param name="missing">Counts the codes for missing values.</param>
    internal static double Read(ReadOnlySpan<byte> field, MissingCodes missing)
    {
        Span<byte> full = stackalloc byte[Longest];
        full.Clear();
        field.CopyTo(full);
        var bits = BinaryPrimitives.ReadUInt64BigEndian(full);
        var fraction = bits & 0x00FF_FFFF_FFFF_FFFF;
        if (fraction == 0)
        {
            switch (full[0])
            {
                case (byte)'.':
                    missing.Add(0);
                    return double.NaN;
                case (byte)'_':
                    missing.AddUnderscore();
                    return double.NaN;
                case >= (byte)'A' and <= (byte)'Z':
                    missing.Add(full[0] - 'A' + 1);
                    return double.NaN;
                default:
                    return 0;
            }
        }

        // The conversion to double rounds the last three of 56 bits to even.
        var size = Math.ScaleB(fraction, (4 * ((full[0] & 0x7F) - 64)) - 56);
        return (full[0] & 0x80) == 0 ? size : -size;
    }
}
