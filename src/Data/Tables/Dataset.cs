using System.Collections.Frozen;

namespace MarginalConditional.Data.Tables;

/// <summary>A table read from a file: named columns of equal length, in file order.</summary>
public sealed class Dataset
{
    private readonly FrozenDictionary<string, Column> byName;

    /// <summary>Collects columns of equal length and distinct names.</summary>
    /// <param name="source">The file as the user named it, for messages.</param>
    /// <param name="columns">The columns in file order.</param>
    public Dataset(string source, IReadOnlyList<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        Source = source;
        Columns = columns;
        Header = [.. columns.Select(column => column.Name)];
        byName = columns.ToFrozenDictionary(column => column.Name, StringComparer.Ordinal);
    }

    /// <summary>The file as the user named it.</summary>
    public string Source { get; }

    /// <summary>The columns in file order.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>All names in the file's header, also those of columns that were not kept.</summary>
    public IReadOnlyList<string> Header { get; init; }

    /// <summary>Sets how a row's line is found; null when rows were not read from a file.</summary>
    public Func<int, int?>? LineLocator { private get; init; }

    /// <summary>The line in the file, counted from 1, where a row (counted from 0) starts; null when unknown.</summary>
    /// <remarks>The file is read again to find it: meant for messages, not for every row.</remarks>
    public int? LineOf(int row) => LineLocator?.Invoke(row);

    /// <summary>The number of rows.</summary>
    public int Rows => Columns.Count == 0 ? RowCount : Columns[0].Length;

    /// <summary>Sets the number of rows of a data set that keeps no column.</summary>
    internal int RowCount { private get; init; }

    /// <summary>The column of that name, or null.</summary>
    public Column? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The refusal of a name that is not in the header, with the nearest name and the list of all.</summary>
    public InputException NoColumn(string name) => new(
        $"There is no column \"{Suggestion.Short(name)}\" in {Source}.{Suggestion.Sentence(name, Header)}")
    {
        Hint = $"Columns: {Suggestion.List(Header)}.",
    };
}
