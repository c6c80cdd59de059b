using System.Data;
using System.Globalization;
using MarginalConditional.Data.Files;

namespace MarginalConditional.Data.Tables;

/// <summary>
/// Makes data sets of rows that a database, a <see cref="DataTable"/> or anything with an <see cref="IDataReader"/> hands out.
/// </summary>
/// <remarks>
/// Types are kept: numbers are numbers, texts and truth values categories (TRUE, FALSE), dates dates, and DBNull is missing. Text stays
/// text, so that 001 is a name and NA a level.
/// </remarks>
/// <example>
/// <code>
/// using System.Data;
/// using MarginalConditional.Data.Tables;
///
/// using var table = new DataTable("trial");
/// table.Columns.Add("id", typeof(string));
/// table.Columns.Add("y", typeof(double));
/// table.Rows.Add("001", 1.5);
/// table.Rows.Add("002", DBNull.Value);
/// using var reader = table.CreateDataReader();
/// var data = DataReaderTable.Read("trial", reader);
/// Console.WriteLine(data);
/// </code>
/// </example>
public static class DataReaderTable
{
    /// <summary>Reads all rows that the reader has yet to give.</summary>
    /// <param name="source">What messages call the table.</param>
    /// <param name="reader">The rows; it is read to its end and not closed.</param>
    /// <returns>The table.</returns>
    /// <exception cref="InputException">There is no row, a name stands twice, or a column is no number, text or date.</exception>
    public static Dataset Read(string source, IDataReader reader)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(reader);
        string[] names = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new InputException($"Two columns are called \"{twice.Key}\".") { File = source, Hint = "Give each its own name." };
        }

        var cells = names.Select(_ => new List<object?>()).ToArray();
        while (reader.Read())
        {
            for (var j = 0; j < cells.Length; j++)
            {
                cells[j].Add(reader.IsDBNull(j) ? null : reader.GetValue(j));
            }
        }

        if (cells.Length == 0 || cells[0].Count == 0)
        {
            throw new InputException("The table has no rows.") { File = source };
        }

        var missing = new MissingValues([]);
        return new Dataset(source,
        [
            .. names.Select((name, j) => TypedColumn.Of(
                name, label: null, ColumnOf(source, name, reader.GetFieldType(j), cells[j]), missing, isFactor: false, source)),
        ])
        {
            RowLocator = row => row + 1,
        };
    }

    private static FileColumn ColumnOf(string source, string name, Type type, List<object?> cells)
    {
        if (type == typeof(DateTime) || type == typeof(DateOnly) || type == typeof(DateTimeOffset))
        {
            DateTime?[] dates = [.. cells.Select(DateOf)];
            return FileDates.Of(dates, dates.Any(date => date is { } one && one.TimeOfDay != TimeSpan.Zero));
        }

        if (Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal && !type.IsEnum)
        {
            return new FileColumn.Numbers(
                [.. cells.Select(cell => cell is null ? double.NaN : Convert.ToDouble(cell, CultureInfo.InvariantCulture))]);
        }

        if (type != typeof(string) && type != typeof(bool) && type != typeof(char) && type != typeof(Guid) && !type.IsEnum)
        {
            throw new InputException($"The column is of the type {type.Name}, which is neither number, text nor date.")
            {
                File = source,
                Column = name,
                Hint = "Leave the column out, or make it text.",
            };
        }

        var texts = new TextLevels();
        foreach (var cell in cells)
        {
            if (cell is null)
            {
                texts.AddMissing();
            }
            else
            {
                texts.Add(cell is bool truth ? truth ? "TRUE" : "FALSE" : cell.ToString() ?? string.Empty);
            }
        }

        return texts.Finish();
    }

    private static DateTime? DateOf(object? cell) => cell switch
    {
        null => null,
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        DateTimeOffset moment => moment.DateTime,
        _ => (DateTime)cell,
    };
}
