using System.Text;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

/// <summary>One table in the many forms that programs write it in: the same names, numbers, categories and gaps in each.</summary>
public sealed class TextFormsTests
{
    private const string Plain = "id,arm,y,note\n1,b,2.5,first\n2,a,NA,\n3,b,-1200,two words\n10,a,0.001,first\n";

    private static readonly Dataset Expected = Read(Encoding.UTF8.GetBytes(Plain));

    public static TheoryData<string, string> Forms => new()
    {
        { "semicolons", Plain.Replace(',', ';') },
        { "tabs", Plain.Replace(',', '\t') },
        { "bars", Plain.Replace(',', '|') },
        { "Windows", Plain.Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "no end of the last line", Plain.TrimEnd('\n') },
        { "quotes around all", string.Join('\n', Plain.TrimEnd('\n').Split('\n').Select(Quoted)) },
        { "quotes around texts", Plain.Replace("two words", "\"two words\"", StringComparison.Ordinal) },
        { "blanks around fields", Plain.Replace(",", " , ", StringComparison.Ordinal).Replace(" , \n", ",\n", StringComparison.Ordinal) },
        { "a mark of UTF-8", "\uFEFF" + Plain },
        { "exponents", Plain.Replace("-1200", "-1.2E+3", StringComparison.Ordinal).Replace("0.001", "1e-3", StringComparison.Ordinal) },
        { "zeros behind", Plain.Replace("2.5", "2.50000", StringComparison.Ordinal).Replace("-1200", "-1200.0", StringComparison.Ordinal) },
        { "no zero before", Plain.Replace("0.001", ".001", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_table_is_what_it_is_however_it_is_written(string form, string text)
    {
        Assert.NotEmpty(form);
        Same(Read(Encoding.UTF8.GetBytes(text), new DatasetReaderOptions { Separator = null }));
    }

    [Fact]
    public void Numbers_with_a_comma_are_read_where_they_are_announced() => Same(Read(
        Encoding.UTF8.GetBytes(Plain.Replace(',', ';').Replace('.', ',')),
        new DatasetReaderOptions { DecimalComma = true, Separator = ';' }));

    [Fact]
    public void Words_for_missing_are_read_where_they_are_announced()
    {
        var text = Plain.Replace("NA", "n/a", StringComparison.Ordinal).Replace(",\n", ",unknown\n", StringComparison.Ordinal);
        Same(Read(Encoding.UTF8.GetBytes(text), new DatasetReaderOptions { MissingTokens = ["n/a", "unknown"] }));
        var unannounced = Read(Encoding.UTF8.GetBytes(text));
        Assert.IsType<FactorColumn>(unannounced.Find("y"));
        Assert.Contains("unknown", ((FactorColumn)unannounced.Find("note")!).Levels);
    }

    [Fact]
    public void A_separator_can_be_told() => Same(Read(
        Encoding.UTF8.GetBytes(Plain.Replace(',', '~')), new DatasetReaderOptions { Separator = '~' }));

    /// <summary>Only what was asked for is kept; the header is known in full.</summary>
    [Fact]
    public void Some_columns_are_read_alone()
    {
        var some = Read(Encoding.UTF8.GetBytes(Plain), new DatasetReaderOptions { Columns = ["y", "arm"] });
        Assert.Equal(["arm", "y"], some.Columns.Select(column => column.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["id", "arm", "y", "note"], some.Header);
        Assert.Equal(((NumericColumn)Expected.Find("y")!).Values.ToArray(), ((NumericColumn)some.Find("y")!).Values.ToArray());
    }

    [Fact]
    public void Numbers_that_are_names_are_categories_in_the_order_of_their_size()
    {
        var id = Assert.IsType<FactorColumn>(Read(Encoding.UTF8.GetBytes(Plain), new DatasetReaderOptions { Factors = ["id"] }).Find("id"));
        Assert.Equal(["1", "2", "3", "10"], id.Levels);
        Assert.Equal([0, 1, 2, 3], id.Codes.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Threads_change_nothing(int threads)
    {
        var rows = string.Concat(Enumerable.Range(0, 4000).Select(k => FormattableString.Invariant(
            $"{k},{"ab"[k % 2]},{(k % 9 == 0 ? "NA" : $"{k * 0.37:0.###}")},word {k % 13}\n")));
        var table = Read(Encoding.UTF8.GetBytes("id,arm,y,note\n" + rows), new DatasetReaderOptions { Threads = threads });
        Assert.Equal(4000, table.Rows);
        var y = ((NumericColumn)table.Find("y")!).Values;
        var note = (FactorColumn)table.Find("note")!;
        for (var k = 0; k < 4000; k += 7)
        {
            Assert.Equal(k % 9 == 0 ? double.NaN : Math.Round(k * 0.37, 3), y[k], 1e-9);
            Assert.Equal($"word {k % 13}", note.Levels[note.Codes[k]]);
            Assert.Equal(k + 2, table.LineOf(k));
        }
    }

    private static void Same(Dataset table)
    {
        Assert.Equal(Expected.Header, table.Header);
        Assert.Equal(Expected.Rows, table.Rows);
        foreach (var column in Expected.Columns)
        {
            var own = table.Find(column.Name)!;
            Assert.Equal(column.GetType(), own.GetType());
            Assert.Equal(
                Enumerable.Range(0, 4).Select(row => Formats.Samples.Field(column, row)),
                Enumerable.Range(0, 4).Select(row => Formats.Samples.Field(own, row)));
        }
    }

    private static string Quoted(string line) => $"\"{line.Replace(",", "\",\"", StringComparison.Ordinal)}\"";

    private static Dataset Read(byte[] content, DatasetReaderOptions? options = null) => DatasetReader.Read("trial.csv", content, options);
}
