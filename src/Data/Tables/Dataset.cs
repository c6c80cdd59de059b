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

    /// <summary>Sets the number of a row in a file without lines; null for one with lines, or for none.</summary>
    internal Func<int, int?>? RowLocator { private get; init; }

    /// <summary>What was read otherwise than it stands in the file as a whole, a sentence each.</summary>
    internal IReadOnlyList<string> FileNotes { get; init; } = [];

    /// <summary>Sets how a column's fields are read again as text; null when rows were not read from a file.</summary>
    internal Func<string, FactorColumn>? TextReader { get; init; }

    /// <summary>The line in the file, counted from 1, where a row (counted from 0) starts; null when unknown.</summary>
    /// <remarks>The file is read again to find it: meant for messages, not for every row.</remarks>
    public int? LineOf(int row) => LineLocator?.Invoke(row);

    /// <summary>
    /// The number of a row (counted from 0) in a file that has no lines: a sheet's own in Excel, else counted from 1; null for a text file.
    /// </summary>
    public int? RowOf(int row) => RowLocator?.Invoke(row);

    /// <summary>Where a row (counted from 0) stands, for use inside a sentence: <c>line 12</c>, <c>row 11</c>; null when unknown.</summary>
    internal string? PlaceOf(int row) => LineOf(row) is { } line ? FormattableString.Invariant($"line {line}")
        : RowOf(row) is { } number ? FormattableString.Invariant($"row {number}")
        : null;

    /// <summary>The number of rows.</summary>
    public int Rows => Columns.Count == 0 ? RowCount : Columns[0].Length;

    /// <summary>
    /// The larger table that this one is a part of, from which levels, knots and scales are learned, so that all parts are coded alike;
    /// null for a table that stands by itself.
    /// </summary>
    internal Dataset? CodedBy { get; init; }

    /// <summary>Sets the number of rows of a data set that keeps no column.</summary>
    internal int RowCount { private get; init; }

    /// <summary>The column of that name, or null.</summary>
    public Column? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>
    /// The column of that name as a grouping, which compares texts: "1.1" and "1.10" are one number but two groups.
    /// Numbers whose texts cannot differ stay numbers.
    /// </summary>
    /// <exception cref="InputException">The file cannot be read again.</exception>
    internal Column? FindGrouping(string name) =>
        Find(name) is NumericColumn { HasOtherSpellings: true } && TextReader is not null ? TextReader(name) : Find(name);

    /// <summary>The same table with a column added, or replaced if there is one of that name.</summary>
    public Dataset With(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        var isNew = Find(column.Name) is null;
        return new Dataset(
            Source,
            isNew ? [.. Columns, column] : [.. Columns.Select(old => old.Name == column.Name ? column : old)])
        {
            Header = isNew && !Header.Contains(column.Name, StringComparer.Ordinal) ? [.. Header, column.Name] : Header,
            LineLocator = LineLocator,
            RowLocator = RowLocator,
            TextReader = TextReader,
            RowCount = RowCount,
            CodedBy = CodedBy,
            FileNotes = FileNotes,
        };
    }

    /// <summary>Some rows of the table as a table of their own.</summary>
    /// <param name="rows">The rows wanted, counted from 0, in the order wanted.</param>
    /// <param name="codedBy">
    /// The table from which levels, knots and scales are learned, of the same columns; null for the part itself.
    /// </param>
    /// <param name="source">What messages call it; null for this table's name.</param>
    public Dataset Part(IReadOnlyList<int> rows, Dataset? codedBy = null, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int[] taken = [.. rows];
        return new Dataset(
            source ?? Source, [.. Columns.Select(column => column is FactorColumn factor ? factor.Part(taken) : Taken(column))])
        {
            Header = Header,
            LineLocator = LineLocator is null ? null : row => LineLocator(taken[row]),
            RowLocator = RowLocator is null ? null : row => RowLocator(taken[row]),
            TextReader = TextReader is null ? null : name => TextReader(name).Part(taken),
            RowCount = taken.Length,
            CodedBy = codedBy,
            FileNotes = FileNotes,
        };

        Column Taken(Column column) => column is NumericColumn { HasOtherSpellings: true } numeric
            ? new NumericColumn(numeric.Name, numeric.Take(taken).ValuesArray) { HasOtherSpellings = true, Label = numeric.Label }
            : column.Take(taken);
    }

    /// <summary>What was read otherwise than it stands in the file, in some columns, a sentence each.</summary>
    public IReadOnlyList<string> Notes(IEnumerable<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var notes = new List<string>(FileNotes);
        foreach (var name in columns.Distinct(StringComparer.Ordinal))
        {
            notes.AddRange(Find(name)?.ReadingNotes ?? []);
            var dots = Find(name) switch { NumericColumn numeric => numeric.Dots, FactorColumn factor => factor.Dots, _ => 0 };
            if (dots > 0)
            {
                notes.Add(FormattableString.Invariant(
                    $"{name}: {(dots == 1 ? "one field is" : $"{dots} fields are")} \".\" and read as missing."));
            }
        }

        return notes;
    }

    /// <summary>
    /// The refusal of a name that is not in the header, with the nearest name, what is to be done where columns are its visits beside each
    /// other, and the list of all.
    /// </summary>
    public InputException NoColumn(string name) => new(
        $"There is no column \"{Suggestion.Short(name)}\" in {Source}.{Suggestion.Sentence(name, Header)}")
    {
        Hint = $"{(VisitColumns.SentenceFor(name, Header) is { } visits ? visits + " " : string.Empty)}Columns: {Suggestion.List(Header)}.",
    };

    /// <summary>The file and its size: <c>toenail.csv: 1908 rows, 6 columns</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Source}: {Rows} rows, {Columns.Count} columns");
}
