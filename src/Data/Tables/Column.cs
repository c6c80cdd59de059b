namespace MarginalConditional.Data.Tables;

/// <summary>One named column of a <see cref="Dataset"/>: numbers or categories, in file order.</summary>
public abstract class Column
{
    private protected Column(string name) => Name = name;

    /// <summary>The name in the header.</summary>
    public string Name { get; }

    /// <summary>What the column is, as its file says; null in files that do not, such as CSV.</summary>
    public string? Label { get; init; }

    /// <summary>What was read otherwise than it stands in the file, a sentence each.</summary>
    internal IReadOnlyList<string> ReadingNotes { get; init; } = [];

    /// <summary>The number of rows.</summary>
    public abstract int Length { get; }

    /// <summary>Whether the field of a row (counted from 0) is missing.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>The fields of some rows, in the order given.</summary>
    internal abstract Column Take(ReadOnlySpan<int> rows);
}
