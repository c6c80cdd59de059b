using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MarginalConditional.Data.Files.Cdisc;

/// <summary>Gathers one column of a Dataset-JSON file, row by row.</summary>
internal sealed class DatasetJsonColumn(FileBytes file, DatasetJsonItem item)
{
    private static readonly string[] Dates =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    private readonly GrowingArray<double> numbers = new();
    private readonly TextLevels texts = new();
    private int rows;

    /// <summary>Takes the value at which a reader stands.</summary>
    /// <exception cref="InputException">The value is not of the column's type.</exception>
    internal void Add(ref Utf8JsonReader reader)
    {
        rows++;
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                AddMissing();
                break;
            case JsonTokenType.Number when item.IsNumber && reader.TryGetDouble(out var number):
                numbers.Add(number);
                break;
            case JsonTokenType.String when item.IsNumber:
                AddNumber(reader.GetString()!);
                break;
            case JsonTokenType.True or JsonTokenType.False when !item.IsNumber:
                texts.Add(reader.TokenType == JsonTokenType.True ? "TRUE"u8 : "FALSE"u8);
                break;
            case JsonTokenType.String when reader.ValueIsEscaped:
                texts.Add(reader.GetString()!);
                break;
            case JsonTokenType.String or JsonTokenType.Number when !item.IsNumber:
                texts.Add(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
                break;
            default:
                throw Odd("a value that is neither text nor a number");
        }
    }

    /// <summary>Takes a row that does not name the column.</summary>
    internal void AddAbsent()
    {
        rows++;
        AddMissing();
    }

    /// <summary>The column.</summary>
    internal FileColumn Finish()
    {
        if (item.IsNumber)
        {
            return new FileColumn.Numbers(numbers.ToArray());
        }

        var column = texts.Finish();
        if (!item.IsDate)
        {
            return column;
        }

        var days = Array.ConvertAll(column.Levels, Day);
        var partial = Array.FindIndex(days, double.IsNaN);
        return partial < 0
            ? new FileColumn.Texts(column.Codes, column.Levels) { Days = days }
            : new FileColumn.Texts(column.Codes, column.Levels)
            {
                Notes = [$"\"{Suggestion.Short(column.Levels[partial])}\" is no whole date, so that all its dates are text"],
            };
    }

    private void AddMissing()
    {
        if (item.IsNumber)
        {
            numbers.Add(double.NaN);
        }
        else
        {
            texts.AddMissing();
        }
    }

    private void AddNumber(string text)
    {
        if (text.AsSpan().IsWhiteSpace())
        {
            AddMissing();
            return;
        }

        numbers.Add(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Odd($"the text \"{Suggestion.Short(text)}\""));
    }

    private static double Day(string text) =>
        DateTime.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var date)
            ? (DateTime.SpecifyKind(date, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalDays
            : double.NaN;

    private InputException Odd(string found) => file.Broken(
        FormattableString.Invariant($"row {rows} of column {Suggestion.Short(item.Name)}, which is of type {item.Type}, holds {found}"));
}
