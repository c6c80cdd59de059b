namespace MarginalConditional.Data.Tables;

/// <summary>A table read from a file: named columns of equal length, in file order.</summary>
public sealed class Dataset
{
    private readonly Dictionary<string, Column> byName;

    /// <summary>Collects columns of equal length and distinct names.</summary>
    /// <param name="source">The file as the user named it, for messages.</param>
    /// <param name="columns">The columns in file order.</param>
    public Dataset(string source, IReadOnlyList<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Source = source;
        Columns = columns;
        Header = [.. columns.Select(column => column.Name)];
        byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
    }

    /// <summary>The file as the user named it.</summary>
    public string Source { get; }

    /// <summary>The columns in file order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>All names in the file's header, also those of columns that were not kept.</summary>
    public IReadOnlyList<string> Header { get; init; }

    /// <summary>Sets the file's line of each row without a copy; empty when rows were not read from a file.</summary>
    public int[] LinesArray { private get; init; } = [];

    /// <summary>The line in the file, counted from 1, where a row (counted from 0) starts; null when unknown.</summary>
    public int? LineOf(int row) => LinesArray.Length == 0 ? null : LinesArray[row];

    /// <summary>The number of rows.</summary>
    public int Rows => Columns.Count == 0 ? 0 : Columns[0].Length;

    /// <summary>The column of that name, or null.</summary>
    public Column? Find(string name) => byName.GetValueOrDefault(name);
}
