using System.Buffers.Binary;

namespace MarginalConditional.Data.Files.Parquets;

/// <summary>Looks through a Parquet file's description and the heads of its pages before the library believes their sizes.</summary>
/// <remarks>Source: Apache Parquet, format specification: file metadata, page header.</remarks>
internal static class ParquetPages
{
    /// <summary>More bytes a byte than codecs pack, but for pages of nothing.</summary>
    private const long MostUnpacked = 1000;
    private const int SmallPage = 1 << 20;
    private const int Tail = 8;

    /// <summary>Passes over the description at the end of the file.</summary>
    /// <exception cref="InputException">It is not there, or damaged.</exception>
    internal static void CheckFooter(FileBytes file)
    {
        var tail = file.At(file.Length - Tail, Tail, "its description of itself");
        if (!tail[4..].SequenceEqual("PAR1"u8))
        {
            throw file.Broken("it does not end as it should");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        var walk = new ThriftWalk(file, file.At(file.Length - Tail - (long)length, length, "its description of itself"));
        walk.Pass(ParquetShapes.File);
    }

    /// <summary>Passes over the pages of a column in a group of rows.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">The place of the first page.</param>
    /// <param name="values">The number of values that its pages have to hold.</param>
    /// <param name="rows">The rows of the group.</param>
    /// <exception cref="InputException">The head of a page is damaged.</exception>
    internal static void Check(FileBytes file, long start, long values, long rows)
    {
        if (values != rows)
        {
            throw file.Broken("a column has another number of values than rows");
        }

        while (values > 0)
        {
            var walk = new ThriftWalk(file, file.At(start, file.Length - start, "the head of a page"));
            walk.Pass(ParquetShapes.Page);
            var packed = walk.Number(3) ?? -1;
            var unpacked = walk.Number(2) ?? -1;
            file.At(start + walk.Place, packed, "a page");
            if (unpacked < 0 || unpacked > SmallPage + (MostUnpacked * packed))
            {
                throw file.Broken(FormattableString.Invariant($"a page of {packed} bytes says that it has {unpacked} unpacked"));
            }

            var held = walk.Number(5, 1) ?? walk.Number(8, 1) ?? 0;
            var names = walk.Number(7, 1) ?? 0;
            if (held < 0 || held > values || names < 0 || names > unpacked + 1)
            {
                throw file.Broken("a page says that it has more values than its column");
            }

            values -= held;
            start += walk.Place + packed;
        }
    }
}
