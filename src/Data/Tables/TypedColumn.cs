using System.Globalization;
using MarginalConditional.Data.Files;

namespace MarginalConditional.Data.Tables;

/// <summary>Makes a column of what a file with types holds.</summary>
/// <remarks>
/// Text is categories in ordinal order; numbers with names are categories in the order of the numbers, if at least half of those that
/// occur have one; dates are categories in the order of time, with the days as their numbers.
/// </remarks>
internal static class TypedColumn
{
    /// <summary>The column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="label">What it is; null when the file does not say.</param>
    /// <param name="column">The fields.</param>
    /// <param name="missing">What the user reads as missing.</param>
    /// <param name="isFactor">Whether numbers are wanted as categories.</param>
    /// <param name="path">The file as the user named it.</param>
    /// <exception cref="InputException">A number is infinite.</exception>
    internal static Column Of(string name, string? label, FileColumn column, MissingValues missing, bool isFactor, string path)
    {
        var notes = Notes(name, column);
        switch (column)
        {
            case FileColumn.Numbers numbers:
                var values = Finite(name, numbers.Values, missing, path);
                var labels = Labels(values, numbers.Labels);
                if (labels.Count == 0 && numbers.Labels.Count > 0)
                {
                    notes.Add($"{name}: most of its values have no label, so that it is read as numbers.");
                }

                return labels.Count > 0 || isFactor
                    ? OfCodes(name, values, labels, isLabelled: labels.Count > 0, label, notes)
                    : new NumericColumn(name, values) { Label = label, ReadingNotes = notes };
            case FileColumn.Texts texts:
                return OfTexts(name, texts, missing, label, notes);
            default:
                throw new ArgumentException("A column is numbers or texts.", nameof(column));
        }
    }

    private static List<string> Notes(string name, FileColumn column)
    {
        List<string> notes = [.. column.Notes.Select(note => $"{name}: {note}.")];
        if (column.Missing.Any(one => one.Code != "."))
        {
            var codes = string.Join(
                ", ", column.Missing.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Code} {one.Count}")));
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {column.Missing.Sum(one => one.Count)} missing ({codes})."));
        }

        return notes;
    }

    private static double[] Finite(string name, double[] values, MissingValues missing, string path)
    {
        for (var row = 0; row < values.Length; row++)
        {
            if (double.IsInfinity(values[row]))
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"Row {row + 1} holds an infinite number."))
                {
                    File = path,
                    Column = name,
                    Hint = "Write a missing value as missing.",
                };
            }

            if (missing.Contains(values[row]))
            {
                values[row] = double.NaN;
            }
        }

        return values;
    }

    /// <summary>The names of the numbers that occur; none if fewer than half of those have one.</summary>
    private static IReadOnlyDictionary<double, string> Labels(double[] values, IReadOnlyDictionary<double, string> labels)
    {
        if (labels.Count == 0)
        {
            return labels;
        }

        double[] distinct = [.. values.Where(double.IsFinite).Distinct()];
        return distinct.Length > 0 && 2 * distinct.Count(labels.ContainsKey) >= distinct.Length ? labels : new Dictionary<double, string>();
    }

    private static FactorColumn OfCodes(
        string name, double[] values, IReadOnlyDictionary<double, string> labels, bool isLabelled, string? label, List<string> notes)
    {
        double[] numbers = [.. values.Where(double.IsFinite).Distinct().Order()];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string[] levels = [.. numbers.Select(Level)];
        var codes = new int[values.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            codes[row] = double.IsNaN(values[row]) ? -1 : Array.BinarySearch(numbers, values[row]);
        }

        return new FactorColumn(name, codes, levels)
        {
            Label = label,
            ReadingNotes = notes,
            Numbers = isLabelled ? numbers : [],
        };

        // Two codes of one name stay two levels.
        string Level(double number)
        {
            var text = labels.TryGetValue(number, out var named) && !string.IsNullOrWhiteSpace(named) ? named : NumberLabel.Of(number);
            while (!seen.Add(text))
            {
                text = $"{text} ({NumberLabel.Of(number)})";
            }

            return text;
        }
    }

    private static FactorColumn OfTexts(string name, FileColumn.Texts texts, MissingValues missing, string? label, List<string> notes)
    {
        int[] order = [.. Enumerable.Range(0, texts.Levels.Length).Where(level => !missing.Contains(texts.Levels[level]))];
        Array.Sort(order, (a, b) => texts.Days.Length > 0 && texts.Days[a] != texts.Days[b]
            ? texts.Days[a].CompareTo(texts.Days[b])
            : string.CompareOrdinal(texts.Levels[a], texts.Levels[b]));
        var rank = new int[texts.Levels.Length];
        rank.AsSpan().Fill(-1);
        for (var i = 0; i < order.Length; i++)
        {
            rank[order[i]] = i;
        }

        var codes = Array.ConvertAll(texts.Codes, code => code < 0 ? -1 : rank[code]);
        return new FactorColumn(name, codes, [.. order.Select(level => texts.Levels[level])])
        {
            Label = label,
            ReadingNotes = notes,
            IsText = texts.Days.Length == 0,
            IsDate = texts.Days.Length > 0,
            Numbers = texts.Days.Length > 0 ? [.. order.Select(level => texts.Days[level])] : [],
        };
    }
}
