namespace MarginalConditional.Data.Tables;

/// <summary>Gathers one column's fields as they are read.</summary>
internal abstract class ColumnReader(string name, int place)
{
    /// <summary>The name in the header.</summary>
    internal string Name => name;

    /// <summary>The place of the column in the file, from 0.</summary>
    internal int Place => place;

    /// <summary>Makes room for as many rows as there will be; there may be more or fewer. Called before the first, if at all.</summary>
    internal virtual void Expect(int rows)
    {
    }

    /// <summary>Takes the next row's field as it stands between its separators, without the blanks around it.</summary>
    internal void AddField(ReadOnlySpan<byte> field) =>
        Add(field.Length > 0 && (field[0] <= ' ' || field[^1] <= ' ') ? field.Trim(" \t"u8) : field);

    /// <summary>Takes the column's fields of some rows.</summary>
    /// <param name="lines">The rows, in which nothing is quoted.</param>
    /// <param name="places">Where the fields of all columns stand, row by row.</param>
    /// <param name="fields">How many fields a row has.</param>
    internal virtual void AddFields(ReadOnlySpan<byte> lines, ReadOnlySpan<FieldPlace> places, int fields)
    {
        for (var i = Place; i < places.Length; i += fields)
        {
            AddField(lines[places[i].Start..places[i].End]);
        }
    }

    /// <summary>Takes the next row's field, without blanks around it.</summary>
    internal abstract void Add(ReadOnlySpan<byte> text);

    /// <summary>A reader without rows for a later part of the same column, of the kind that this one has found it to be.</summary>
    /// <param name="from">The row, from 0, with which the part begins.</param>
    /// <param name="rows">How many rows it has; there may be more or fewer.</param>
    internal abstract ColumnReader Part(int from, int rows);

    /// <summary>Takes the rows of a <see cref="Part"/>, which is not used afterwards.</summary>
    internal abstract void Append(ColumnReader part);

    /// <summary>The column read.</summary>
    /// <param name="lineOf">The line of a row (from 0), for a message about it.</param>
    /// <exception cref="InputException">A field is not text in UTF-8.</exception>
    internal abstract Column Finish(Func<int, int?> lineOf);
}
