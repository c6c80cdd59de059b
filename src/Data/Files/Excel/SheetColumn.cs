using System.Globalization;

namespace MarginalConditional.Data.Files.Excel;

/// <summary>The type of a sheet's column, which is that of its cells: numbers, truth values or dates if all are, else text.</summary>
internal static class SheetColumn
{
    /// <summary>The column of some cells.</summary>
    /// <param name="cells">One a row: text, number, truth value, date, time, or null for an empty cell.</param>
    /// <param name="lines">The rows of the sheet in which they stand, from 1.</param>
    internal static FileColumn Of(object?[] cells, IReadOnlyList<int> lines)
    {
        object[] values = [.. cells.OfType<object>().Where(value => !IsBlank(value))];
        if (Array.TrueForAll(values, IsNumber))
        {
            return new FileColumn.Numbers(Array.ConvertAll(
                cells, cell => cell is null || IsBlank(cell) ? double.NaN : Convert.ToDouble(cell, CultureInfo.InvariantCulture)));
        }

        if (Array.TrueForAll(values, value => value is DateTime))
        {
            return FileDates.Of(
                Array.ConvertAll(cells, cell => cell as DateTime?),
                hasTime: values.Any(value => ((DateTime)value).TimeOfDay != TimeSpan.Zero));
        }

        var texts = new TextLevels();
        foreach (var cell in cells)
        {
            if (cell is null || IsBlank(cell))
            {
                texts.AddMissing();
            }
            else
            {
                texts.Add(Text(cell));
            }
        }

        var column = texts.Finish();
        return new FileColumn.Texts(column.Codes, column.Levels) { Notes = MixedNotes(cells, lines) };
    }

    private static string[] MixedNotes(object?[] cells, IReadOnlyList<int> lines)
    {
        var text = Array.FindIndex(cells, cell => cell is string && !IsBlank(cell));
        var other = Array.FindIndex(cells, cell => cell is not null and not string);
        return text < 0 || other < 0 ? [] :
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"its cells are of several types, such as \"{Suggestion.Short(Text(cells[text]!))}\" (row {lines[text]}) and "
                    + $"{Suggestion.Short(Text(cells[other]!))} (row {lines[other]}), and all are read as text"),
        ];
    }

    private static bool IsBlank(object cell) => cell is string text && string.IsNullOrWhiteSpace(text);

    private static bool IsNumber(object cell) => cell is double or float or int or long or short or byte or decimal;

    private static string Text(object cell) => cell switch
    {
        string text => text,
        bool truth => truth ? "TRUE" : "FALSE",
        DateTime date when date.TimeOfDay == TimeSpan.Zero => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime date => date.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? string.Empty,
    };
}
