namespace MarginalConditional.Data.Tables;

/// <summary>Gathers one column's fields as they are read.</summary>
internal abstract class ColumnReader(string name, int place)
{
    /// <summary>The name in the header.</summary>
    internal string Name => name;

    /// <summary>The place of the column in the file, from 0.</summary>
    internal int Place => place;

    /// <summary>Takes the next row's field, without blanks around it.</summary>
    internal abstract void Add(ReadOnlySpan<byte> text);

    /// <summary>A reader without rows for a later part of the same column, of the kind that this one has found it to be.</summary>
    internal abstract ColumnReader Part();

    /// <summary>Takes the rows of a <see cref="Part"/>, which is not used afterwards.</summary>
    internal abstract void Append(ColumnReader part);

    /// <summary>The column read.</summary>
    /// <param name="lineOf">The line of a row (from 0), for a message about it.</param>
    /// <exception cref="InputException">A field is not text in UTF-8.</exception>
    internal abstract Column Finish(Func<int, int?> lineOf);
}
