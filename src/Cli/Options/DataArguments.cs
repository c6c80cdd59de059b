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

    /// <summary>Reads one of several imputed data sets, coded like the others; null for data as they stand in the file.</summary>
    public Func<DatasetReaderOptions, Dataset>? Imputed { get; init; }

    /// <summary>Reads the table.</summary>
    /// <param name="reading">How to read it: <see cref="Reading"/> with the columns wanted.</param>
    /// <exception cref="InputException">The file cannot be read as a table.</exception>
    public Dataset Read(DatasetReaderOptions reading) =>
        Imputed is not null ? Imputed(reading)
        : Content is { } content ? DatasetReader.Read(Path, content, reading) : DatasetReader.Read(Path, reading);

    /// <summary>Reads another table, such as the rows to be predicted.</summary>
    /// <param name="path">The name of a table that came with the request, or a file.</param>
    /// <param name="reading">How to read it.</param>
    /// <exception cref="InputException">It cannot be read as a table.</exception>
    public Dataset ReadOther(string path, DatasetReaderOptions reading) =>
        Tables?.Find(path) is { } content ? DatasetReader.Read(path, content, reading) : DatasetReader.Read(path, reading);
}
