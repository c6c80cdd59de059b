using System.Buffers.Binary;

namespace MarginalConditional.Cli.RowFiles;

/// <summary>Takes the clock out of a zip file, so that the same result is the same bytes.</summary>
/// <remarks>Source: PKWARE, APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16.</remarks>
internal static class ZipTimes
{
    /// <summary>Midnight of 1 January 1980, where the count of these files begins: time 0, date 0x21.</summary>
    private const uint Origin = 0x0021_0000;
    private const uint Entry = 0x02014B50;
    private const uint End = 0x06054B50;
    private const int EndLength = 22;

    /// <summary>Gives every entry of a zip file without a comment the same time.</summary>
    public static void Fix(Span<byte> zip)
    {
        var end = zip[^EndLength..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != End)
        {
            return;
        }

        var place = (int)BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        while (BinaryPrimitives.ReadUInt32LittleEndian(zip[place..]) == Entry)
        {
            var entry = zip[place..];
            BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], Origin);
            BinaryPrimitives.WriteUInt32LittleEndian(zip[((int)BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]) + 10)..], Origin);
            place += 46 + BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[30..])
                + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        }
    }
}
