using MarginalConditional.Data;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Cli.Options;

/// <summary>The file and how to read it.</summary>
internal sealed record DataArguments
{
    /// <summary>The file as the user named it; <c>standard input</c> for <c>-</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Separator, missing tokens, decimal comma.</summary>
    public required DatasetReaderOptions Reading { get; init; }

    /// <summary>What came through standard input, which can be read once only, or with the request; null for a file.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>The tables that came with the request; null for a line that was typed.</summary>
    public GivenTables? Tables { get; init; }

    /// <summary>The file whose columns are joined to the rows; null without one.</summary>
    public string? JoinPath { get; init; }

    /// <summary>The columns by which rows are joined.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Reads one of several imputed data sets, coded like the others; null for data as they stand in the file.</summary>
    public Func<DatasetReaderOptions, Dataset>? Imputed { get; init; }

    /// <summary>Reads the table.</summary>
    /// <param name="reading">How to read it: <see cref="Reading"/> with the columns wanted.</param>
    /// <exception cref="InputException">The file cannot be read as a table.</exception>
    public Dataset Read(DatasetReaderOptions reading) =>
        Imputed is not null ? Imputed(reading)
        : JoinPath is null ? ReadOwn(reading)
        : Joined(JoinPath, reading);

    /// <summary>The same options for another file of the same kind, such as another imputed data set.</summary>
    /// <param name="path">The name of a table that came with the request, or a file.</param>
    public DataArguments At(string path) => this with { Path = path, Content = Tables?.Find(path), Imputed = null };

    /// <summary>Reads another table, such as the rows to be predicted, to which nothing is joined.</summary>
    /// <param name="path">The name of a table that came with the request, or a file.</param>
    /// <param name="reading">How to read it; names of a data set and of a sheet are for the first file alone.</param>
    /// <exception cref="InputException">It cannot be read as a table.</exception>
    public Dataset ReadOther(string path, DatasetReaderOptions reading) =>
        At(path).ReadOwn(reading with { Member = null, Sheet = null });

    private Dataset ReadOwn(DatasetReaderOptions reading) =>
        Content is { } content ? DatasetReader.Read(Path, content, reading) : DatasetReader.Read(Path, reading);

    private Dataset Joined(string joined, DatasetReaderOptions reading)
    {
        var first = ReadOwn(With(reading, reading.Columns));
        var others = reading.Columns?.Where(name => first.Find(name) is null);
        var second = ReadOther(joined, With(reading, others));
        return JoinedTables.Of(first, second, Keys);
    }

    private DatasetReaderOptions With(DatasetReaderOptions reading, IEnumerable<string>? columns) =>
        reading with { Columns = columns is null ? null : [.. columns.Union(Keys, StringComparer.Ordinal)] };
}
