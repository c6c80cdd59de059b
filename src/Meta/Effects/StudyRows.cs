using System.Globalization;
using MarginalConditional.Data;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Meta.Effects;

/// <summary>
/// The rows of a data set that are complete in the columns a meta-analysis reads, with the means to complain about one of them.
/// </summary>
internal sealed class StudyRows
{
    /// <summary>Numbers from its inverse to this are read: their squares, and the squares of those, are numbers too.</summary>
    private const double Largest = 1e60;

    private readonly Dataset data;
    private readonly IReadOnlyList<string> columns;
    private readonly NumericColumn[] values;
    private readonly int[] rows;

    private StudyRows(Dataset data, IReadOnlyList<string> columns, NumericColumn[] values, int[] rows, string[] labels)
    {
        this.data = data;
        this.columns = columns;
        this.values = values;
        this.rows = rows;
        Labels = labels;
    }

    /// <summary>The number of complete rows.</summary>
    public int Count => rows.Length;

    /// <summary>The number of rows left out because a field was missing.</summary>
    public int Dropped => data.Rows - rows.Length;

    /// <summary>The label of each complete row.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>What was read otherwise than it stands in the file, such as the points of SAS.</summary>
    public IReadOnlyList<string> Notes => data.Notes(columns);

    /// <summary>Finds the columns and the complete rows.</summary>
    public static StudyRows Of(Dataset data, IReadOnlyList<string> columns, IReadOnlyList<string> labelColumns)
    {
        var numbers = columns.Select(name => Numeric(data, name)).ToArray();
        var labels = labelColumns.Select(name => data.Find(name) ?? throw data.NoColumn(name)).ToArray();
        var complete = Enumerable.Range(0, data.Rows).Where(row => !numbers.Any(column => column.IsMissing(row))).ToArray();
        var rows = new StudyRows(data, columns, numbers, complete, [.. complete.Select(row => Label(labels, row))]);
        rows.RefuseExtremes();
        return rows;
    }

    /// <summary>The row of the table, from 0, of each complete row.</summary>
    public IReadOnlyList<int> Rows => rows;

    /// <summary>The value of a study (counted among the complete rows) in the column at a position of the list given.</summary>
    public double Value(int study, int column) => values[column].Values[rows[study]];

    /// <summary>Refuses a study: the message gets file, line and column.</summary>
    /// <param name="study">Counted among the complete rows.</param>
    /// <param name="column">The position in the list of columns; null when the study as a whole is meant.</param>
    /// <param name="message">A full sentence.</param>
    /// <param name="hint">What to do.</param>
    public InputException Refuse(int study, int? column, string message, string? hint) => new(message)
    {
        File = data.Source,
        Line = data.LineOf(rows[study]),
        Row = data.RowOf(rows[study]),
        Column = column is { } position ? columns[position] : null,
        Hint = hint,
    };

    private void RefuseExtremes()
    {
        for (var column = 0; column < columns.Count; column++)
        {
            for (var study = 0; study < Count; study++)
            {
                var size = Math.Abs(Value(study, column));
                if (double.IsFinite(size) && (size > Largest || (size > 0 && size < 1 / Largest)))
                {
                    throw Refuse(
                        study,
                        column,
                        FormattableString.Invariant(
                            $"The number {Value(study, column):g3} is too {(size > 1 ? "large" : "small")} to compute with."),
                        FormattableString.Invariant(
                            $"Give the column in another unit: sizes from {1 / Largest:g3} to {Largest:g3} are read."));
                }
            }
        }
    }

    private static NumericColumn Numeric(Dataset data, string name) => data.Find(name) switch
    {
        NumericColumn numeric => numeric,
        null => throw data.NoColumn(name),
        FactorColumn text => throw Text(data, text),
        var other => throw new InputException("The column does not hold numbers.") { File = data.Source, Column = other.Name },
    };

    private static InputException Text(Dataset data, FactorColumn column)
    {
        // What overflows or is infinite reads as a number, and is none.
        var row = Enumerable.Range(0, column.Length).FirstOrDefault(i => !column.IsMissing(i)
            && !(double.TryParse(column.Levels[column.Codes[i]], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)));
        if (column.IsMissing(row))
        {
            return new InputException("The column does not hold numbers.") { File = data.Source, Column = column.Name };
        }

        return new InputException($"\"{column.Levels[column.Codes[row]]}\" is not a number.")
        {
            File = data.Source,
            Line = data.LineOf(row),
            Row = data.RowOf(row),
            Column = column.Name,
            Hint = "A meta-analysis needs numbers in this column.",
        };
    }

    private static string Label(Column[] labels, int row) => labels.Length == 0
        ? (row + 1).ToString(CultureInfo.InvariantCulture)
        : string.Join(' ', labels.Select(column => Cell(column, row)));

    private static string Cell(Column column, int row) => column.IsMissing(row) ? "?" : column switch
    {
        FactorColumn factor => factor.Levels[factor.Codes[row]],
        NumericColumn numeric => numeric.Values[row].ToString("R", CultureInfo.InvariantCulture),
        _ => "?",
    };
}
