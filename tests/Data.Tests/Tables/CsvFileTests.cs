using System.Text;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

public sealed class CsvFileTests
{
    // The slow twin knows no buffers: it joins what was put between the separators.
    [Fact]
    public void Fields_and_lines_are_those_that_were_written()
    {
        const int Rows = 5_000;
        var text = new StringBuilder("a,b,c\n");
        var written = new List<string>();
        var lines = new List<int>();
        var line = 2;
        for (var row = 0; row < Rows; row++)
        {
            lines.Add(line);
            var broken = row % 7 == 3;
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $" {row} ,\"x,{row}{(broken ? "\n" : string.Empty)}y\",\n");
            written.Add($"{row}|x,{row}{(broken ? "\n" : string.Empty)}y|");
            line += broken ? 2 : 1;
        }

        var file = new CsvFile("memory.csv", new DatasetReaderOptions(), Encoding.UTF8.GetBytes(text.ToString()));
        Assert.Equal(["a", "b", "c"], file.Header());
        var columns = Enumerable.Range(0, 3).Select(place => new Recorder(place)).ToArray();
        Assert.Equal(Rows, file.Read([.. columns]));
        Assert.Equal(written, Enumerable.Range(0, Rows).Select(row => string.Join('|', columns.Select(column => column.Fields[row]))));
        foreach (var row in new[] { 0, 3, 4, 700, Rows - 1 })
        {
            Assert.Equal(lines[row], file.LineOf(row));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    public void A_file_that_is_made_shorter_than_its_header_has_no_rows(int left)
    {
        var path = Path.Combine(Path.GetTempPath(), $"shorter-{Environment.ProcessId}-{left}.csv");
        try
        {
            File.WriteAllText(path, "a,b,c\n1,2,3\n4,5,6\n");
            var file = new CsvFile(path, new DatasetReaderOptions());
            Assert.Equal(["a", "b", "c"], file.Header());
            File.WriteAllText(path, "a,b,c\n"[..left]);
            Assert.Equal(0, file.Read([.. Enumerable.Range(0, 3).Select(place => new Recorder(place))]));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class Recorder(int place) : ColumnReader($"column {place}", place)
    {
        public List<string> Fields { get; } = [];

        internal override void Add(ReadOnlySpan<byte> text) => Fields.Add(Encoding.UTF8.GetString(text));

        internal override ColumnReader Part(int from, int rows) => new Recorder(Place);

        internal override void Append(ColumnReader part) => Fields.AddRange(((Recorder)part).Fields);

        internal override Column Finish(Func<int, int?> lineOf) => throw new NotSupportedException();
    }
}
