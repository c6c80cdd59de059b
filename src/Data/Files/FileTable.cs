namespace MarginalConditional.Data.Files;

/// <summary>A table in a file of some format: what its columns are called, and each column's fields when they are asked for.</summary>
internal abstract class FileTable
{
    /// <summary>The columns in file order.</summary>
    internal abstract IReadOnlyList<FileField> Fields { get; }

    /// <summary>The number of rows.</summary>
    internal abstract int Rows { get; }

    /// <summary>What the reader of a result should know of the file as a whole, a sentence each.</summary>
    internal virtual IReadOnlyList<string> Notes => [];

    /// <summary>Reads columns.</summary>
    /// <param name="fields">Their places in <see cref="Fields"/>.</param>
    /// <exception cref="InputException">The file is damaged, or holds what cannot be read.</exception>
    internal virtual FileColumn[] Read(IReadOnlyList<int> fields) => [.. fields.Select(Read)];

    /// <summary>Reads one column, in formats that need not be read from the front.</summary>
    private protected virtual FileColumn Read(int field) => throw new NotSupportedException();

    /// <summary>The number of a row, as whoever looks into the file finds it: a sheet's own in Excel, else counted from 1.</summary>
    internal virtual int RowOf(int row) => row + 1;

    /// <summary>Refuses names that no formula could name: empty, twice, or with control characters.</summary>
    private protected static void CheckNames(FileBytes file, IReadOnlyList<FileField> fields)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _) in fields)
        {
            if (name.Length == 0 || name.Any(char.IsControl))
            {
                throw file.Broken("the name of a column is empty or no text");
            }

            if (!seen.Add(name))
            {
                throw file.Broken($"two columns are called \"{Suggestion.Short(name)}\"");
            }
        }
    }
}
