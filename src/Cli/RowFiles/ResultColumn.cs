using System.Globalization;

namespace MarginalConditional.Cli.RowFiles;

/// <summary>A column of results: numbers while nothing else came, then texts.</summary>
/// <param name="name">Its name as this program has it.</param>
internal sealed class ResultColumn(string name)
{
    private readonly List<double> numbers = [];
    private List<string?>? texts;

    /// <summary>Its name as this program has it.</summary>
    public string Name => name;

    /// <summary>Whether it holds numbers, or nothing at all.</summary>
    public bool IsNumeric => texts is null;

    /// <summary>Whether every number in it is a whole one of 32 bits that was written as one.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Adds a field.</summary>
    public void Add(object? value)
    {
        switch (value)
        {
            case null:
                AddNumber(double.NaN);
                break;
            case double number:
                IsWhole = IsWhole && !double.IsFinite(number);
                AddNumber(double.IsFinite(number) ? number : double.NaN);
                break;
            case int whole:
                AddNumber(whole);
                break;
            case long or ulong or uint or short or byte or decimal or float:
                IsWhole = false;
                AddNumber(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case IFormattable other:
                AddText(other.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                AddText(value.ToString() ?? string.Empty);
                break;
        }
    }

    /// <summary>A number; NaN where it is missing.</summary>
    public double Number(int row) => numbers[row];

    /// <summary>A field as text; null where it is missing.</summary>
    public string? Text(int row) => texts is not null ? texts[row] : Written(numbers[row]);

    /// <summary>Its dates, where every text is one as 2024-02-29 has it; null for another column.</summary>
    public DateOnly?[]? Dates()
    {
        if (texts is null)
        {
            return null;
        }

        var dates = new DateOnly?[texts.Count];
        for (var i = 0; i < dates.Length; i++)
        {
            if (texts[i] is { } text)
            {
                if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                {
                    return null;
                }

                dates[i] = date;
            }
        }

        return dates;
    }

    /// <summary>
    /// The column as files with types have it: texts are numbers where each is spelled as a number is written, which is how CSV is read.
    /// </summary>
    public ResultColumn Typed()
    {
        if (texts is null)
        {
            return this;
        }

        var typed = new ResultColumn(name);
        foreach (var text in texts)
        {
            var number = double.NaN;
            if (text is not null
                && (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) || Written(number) != text))
            {
                return this;
            }

            typed.Add(number == (int)number && text != "-0" ? (int)number : number);
        }

        return typed;
    }

    /// <summary>A number that reads back to the same bits; null for none.</summary>
    private static string? Written(double number) =>
        double.IsNaN(number) ? null : number.ToString("R", CultureInfo.InvariantCulture);

    private void AddNumber(double number)
    {
        if (texts is null)
        {
            numbers.Add(number);
        }
        else
        {
            texts.Add(Written(number));
        }
    }

    private void AddText(string text)
    {
        texts ??= numbers.ConvertAll(Written);
        texts.Add(text);
    }
}
