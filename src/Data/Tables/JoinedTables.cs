namespace MarginalConditional.Data.Tables;

/// <summary>Two tables side by side, matched by keys: each row of the first gets the columns of one row of the second.</summary>
/// <remarks>Keys are compared as text, so that a number in one file and the same digits in the other match.</remarks>
/// <example>
/// <code>
/// using MarginalConditional.Data.Tables;
///
/// var visits = DatasetReader.Read("visits.csv");
/// var persons = DatasetReader.Read("persons.csv");
/// Console.WriteLine(JoinedTables.Of(visits, persons, ["USUBJID"]));
/// </code>
/// </example>
public static class JoinedTables
{
    private const char Between = '\u001F';

    /// <summary>Joins a table to another.</summary>
    /// <param name="first">The table whose rows are kept, all of them and in their order.</param>
    /// <param name="second">The table with one row a key. Of columns in both, those of the first table count.</param>
    /// <param name="keys">The columns that match, which both tables have.</param>
    /// <exception cref="InputException">A key is not there or occurs twice in the second table, or no row matches.</exception>
    public static Dataset Of(Dataset first, Dataset second, IReadOnlyList<string> keys)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(keys);
        var rows = Matches(first, second, keys);
        var matched = rows.Count(row => row >= 0);
        if (matched == 0)
        {
            throw new InputException($"No row has its {string.Join(", ", keys)} among those of {second.Source}.")
            {
                File = first.Source,
                Hint = "Look at how both files write it: blanks, leading zeros, capitals.",
            };
        }

        string[] own = [.. first.Header];
        return new Dataset(
            first.Source,
            [
                .. first.Columns,
                .. second.Columns.Where(column => first.Find(column.Name) is null).Select(column => Spread(column, rows)),
            ])
        {
            Header = [.. own.Union(second.Header, StringComparer.Ordinal)],
            LineLocator = first.LineOf,
            RowLocator = first.RowOf,
            TextReader = name => first.Find(name) is not null
                ? first.TextReader?.Invoke(name) ?? (FactorColumn)first.Find(name)!
                : Spread(second.TextReader?.Invoke(name) ?? (FactorColumn)second.Find(name)!, rows),
            RowCount = first.Rows,
            FileNotes =
            [
                .. first.FileNotes,
                .. second.FileNotes,
                .. Notes(first.Rows - matched, second.Source, keys),
            ],
        };
    }

    /// <summary>The row of the second table for each row of the first, −1 without one.</summary>
    private static int[] Matches(Dataset first, Dataset second, IReadOnlyList<string> keys)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var (own, other) = (Columns(first, keys), Columns(second, keys));
        for (var row = 0; row < second.Rows; row++)
        {
            if (Key(other, row) is { } key && !places.TryAdd(key, row))
            {
                throw new InputException(
                    $"Two rows have {string.Join(", ", keys)} {key.Replace(Between.ToString(), ", ", StringComparison.Ordinal)}, but one "
                        + "row of this file is to be joined to each of the other's.")
                {
                    File = second.Source,
                    Line = second.LineOf(row),
                    Row = second.RowOf(row),
                    Hint = "Name more keys by --on, or join a file with one row a key.",
                };
            }
        }

        return
        [
            .. Enumerable.Range(0, first.Rows)
                .Select(row => Key(own, row) is { } key && places.TryGetValue(key, out var place) ? place : -1),
        ];
    }

    private static Column[] Columns(Dataset table, IReadOnlyList<string> keys) =>
        [.. keys.Select(key => table.FindGrouping(key) ?? throw table.NoColumn(key))];

    /// <summary>The key of a row; null if a part of it is missing.</summary>
    private static string? Key(Column[] columns, int row) => Array.Exists(columns, column => column.IsMissing(row))
        ? null
        : string.Join(Between, columns.Select(column => column is FactorColumn factor
            ? factor.Levels[factor.Codes[row]]
            : NumberLabel.Of(((NumericColumn)column).Values[row])));

    private static Column Spread(Column column, int[] rows) => column is FactorColumn factor ? Spread(factor, rows)
        : new NumericColumn(column.Name, Array.ConvertAll(rows, row => row < 0 ? double.NaN : ((NumericColumn)column).Values[row]))
        {
            Label = column.Label,
            ReadingNotes = column.ReadingNotes,
            HasOtherSpellings = ((NumericColumn)column).HasOtherSpellings,
        };

    private static FactorColumn Spread(FactorColumn column, int[] rows)
    {
        var codes = Array.ConvertAll(rows, row => row < 0 ? -1 : column.Codes[row]);
        return new FactorColumn(column.Name, codes, [.. column.Levels])
        {
            Label = column.Label,
            ReadingNotes = column.ReadingNotes,
            Numbers = column.Numbers,
            IsDate = column.IsDate,
            IsText = column.IsText,
            FirstText = column.FirstText < 0 ? -1 : Array.IndexOf(rows, column.FirstText),
            TextCount = column.TextCount == 0 ? 0 : column.TextCount == column.Values ? codes.Count(code => code >= 0) : column.TextCount,
        };
    }

    private static string[] Notes(int lost, string source, IReadOnlyList<string> keys) => lost switch
    {
        0 => [],
        1 => [$"One row has its {string.Join(", ", keys)} not in {source}: the columns from there are missing in it."],
        _ =>
        [
            FormattableString.Invariant(
                $"{lost} rows have their {string.Join(", ", keys)} not in {source}: the columns from there are missing in them."),
        ],
    };
}
