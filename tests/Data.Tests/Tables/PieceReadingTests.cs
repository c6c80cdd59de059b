using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

/// <summary>Files cut into pieces, against the same files read row by row.</summary>
public sealed class PieceReadingTests
{
    private static readonly string[] Fields =
        [
            "1", "2.5", "-3e4", "007", "NA", "", ".", " 4 ", "a", "b c", "\"q,\n\"\"r\"\"\"", "0.12345678901234567", "9007199254740993",
            "1.10", "1.1", "é",
        ];

    private static readonly string[] Ends = ["\n", "\r\n", "\r", "\n\n"];

    [Fact]
    public void Tables_are_the_same_for_any_pieces_and_threads() => Prop.ForAll(
        Arb.From(
            from columns in Gen.Choose(1, 3)
            from end in Gen.Elements(Ends)
            from rows in Gen.Elements(Fields).ArrayOf(columns).ListOf()
            from last in Gen.Elements("", end)
            from length in Gen.Elements(1, 3, 10, 40, 1 << 21)
            from threads in Gen.Elements(0, 1, 2, 5)
            select (Text: Header(columns) + end + string.Join(end, rows.Select(row => string.Join(',', row))) + last, length, threads)),
        at => Assert.Equal(RowByRow(at.Text), Described(at.Text, at.length, at.threads)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000).WithEndSize(25));

    [Theory]
    [InlineData("a,b\n1,2\n3\n4,5\n", "The line has 1 field")]
    [InlineData("a,b\n1,2\n3,4\n5,\"6\n7,8\n", "A double quote is not closed")]
    [InlineData("a,b\n1,2\n3,4\n5,6\"6\"\n7,8\n", "")]
    [InlineData("a;b\n1;2\n3;4\n5;6\n", "")]
    [InlineData("\uFEFFa,b\n1,2\n3,4\n5,6\n", "")]
    public void What_is_wrong_is_said_as_by_reading_row_by_row(string text, string said)
    {
        var expected = RowByRow(text);
        Assert.Contains(said, expected, StringComparison.Ordinal);
        Assert.Equal(expected, Described(text, 4, 2));
        Assert.Equal(expected, Described(text, 4, 1));
    }

    [Fact]
    public void Wide_characters_are_read_row_by_row()
    {
        var bytes = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("a,b\n1,x\n2,y\n3,z\n")).ToArray();
        var expected = Described(bytes, new DatasetReaderOptions { RowByRow = true });
        Assert.Equal(expected, Described(bytes, new DatasetReaderOptions { PieceLength = 6, Threads = 2 }));
    }

    [Fact]
    public void A_file_on_the_disk_has_the_same_bits_for_any_number_of_threads()
    {
        var path = Path.Combine(Path.GetTempPath(), $"pieces-{Environment.ProcessId}.csv");
        try
        {
            File.WriteAllText(
                path,
                "id,x,g\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i / 7},{i / 3.0},{"abc"[i % 3]}\n")));
            var one = DatasetReader.Read(path, new DatasetReaderOptions { RowByRow = true });
            foreach (var threads in new[] { 0, 1, 2, 3 })
            {
                var several = DatasetReader.Read(path, new DatasetReaderOptions { Threads = threads, PieceLength = 10_000 });
                Assert.Equal(Text(one), Text(several));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Header(int columns) => string.Join(',', Enumerable.Range(1, columns).Select(i => $"c{i}"));

    private static string RowByRow(string text) =>
        Described(Encoding.UTF8.GetBytes(text), new DatasetReaderOptions { RowByRow = true });

    private static string Described(string text, int pieceLength, int threads) =>
        Described(Encoding.UTF8.GetBytes(text), new DatasetReaderOptions { PieceLength = pieceLength, Threads = threads });

    private static string Described(byte[] bytes, DatasetReaderOptions options)
    {
        try
        {
            return Text(DatasetReader.Read("t.csv", bytes, options));
        }
        catch (InputException exception)
        {
            return $"{exception.Message} {exception.Line} {exception.Column}";
        }
    }

    private static string Text(Dataset table) => string.Join("\n", table.Columns.Select(column => column switch
    {
        NumericColumn numbers =>
            $"{column.Name} {numbers.HasOtherSpellings} {numbers.Dots}: "
                + $"{string.Join(' ', numbers.Values.ToArray().Select(BitConverter.DoubleToInt64Bits))}",
        FactorColumn factor =>
            $"{column.Name} {factor.FirstText} {factor.TextCount} {factor.Dots}: {string.Join('|', factor.Levels)}: "
                + $"{string.Join(' ', factor.Codes.ToArray())}",
        _ => column.Name,
    }));
}
