using System.Text;

namespace MarginalConditional.Data.Tables;

/// <summary>Several tables of the same columns under each other, as one: a column is numbers or categories in all of them.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Data.Tables;
///
/// var both = StackedTables.Of([DatasetReader.Read("one.csv"), DatasetReader.Read("two.csv")]);
/// Console.WriteLine(both.Rows);
/// </code>
/// </example>
public static class StackedTables
{
    /// <summary>Stacks tables.</summary>
    /// <param name="tables">The tables, one or more, with the same columns in any order.</param>
    /// <exception cref="InputException">A column is missing in one of them, or is numbers in one and text in another.</exception>
    public static Dataset Of(IReadOnlyList<Dataset> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var first = tables[0];
        foreach (var table in tables)
        {
            if (first.Header.FirstOrDefault(name => first.Find(name) is not null && table.Find(name) is null) is { } missing)
            {
                throw new InputException($"There is no column \"{missing}\", which {first.Source} has.") { File = table.Source };
            }
        }

        var starts = new int[tables.Count];
        for (var t = 1; t < starts.Length; t++)
        {
            starts[t] = starts[t - 1] + tables[t - 1].Rows;
        }

        return new Dataset(
            string.Join(", ", tables.Select(table => table.Source)),
            [.. first.Columns.Select(column => Stack([.. tables.Select(table => (table.Source, table.Find(column.Name)!))]))])
        {
            Header = first.Header,
            LineLocator = row => tables[TableOf(row)].LineOf(row - starts[TableOf(row)]),
            RowLocator = row => tables[TableOf(row)].RowOf(row - starts[TableOf(row)]),
            TextReader = tables.Any(table => table.TextReader is null)
                ? null
                : name => Texts(name, [.. tables.Select(table => table.TextReader!(name))]),
            RowCount = starts[^1] + tables[^1].Rows,
        };

        int TableOf(int row)
        {
            var place = Array.BinarySearch(starts, row);
            return place >= 0 ? place : ~place - 1;
        }
    }

    private static Column Stack((string Source, Column Column)[] parts)
    {
        var name = parts[0].Column.Name;
        if (parts.All(part => part.Column is NumericColumn))
        {
            return new NumericColumn(name, [.. parts.SelectMany(part => ((NumericColumn)part.Column).ValuesArray)])
            {
                HasOtherSpellings = parts.Any(part => ((NumericColumn)part.Column).HasOtherSpellings),
            };
        }

        // A column without any value is read as numbers, whatever it would hold.
        var text = Array.Find(parts, part => part.Column is FactorColumn);
        parts = [.. parts.Select(part => part.Column is NumericColumn numbers && !numbers.ValuesArray.Any(double.IsFinite)
            ? (part.Source, new FactorColumn(name, [.. Enumerable.Repeat(-1, numbers.Length)], []))
            : part)];
        return Array.Find(parts, part => part.Column is NumericColumn) is { Column: not null } number
            ? throw new InputException($"Column {name} is numbers in {number.Source} and text in {text.Source}.")
            {
                Hint = $"Say --factor {name} to read it as categories everywhere, or correct the text.",
            }
            : Texts(name, [.. parts.Select(part => (FactorColumn)part.Column)]);
    }

    /// <summary>Levels in ordinal order; by value where all are numbers, as when one table is read as categories.</summary>
    private static FactorColumn Texts(string name, FactorColumn[] parts)
    {
        string[] levels = [.. parts.SelectMany(part => part.Levels).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var numbers = Numbers(parts);
        if (numbers.Count > 0)
        {
            levels = [.. levels.OrderBy(level => numbers[level])];
        }
        else if (levels.All(level => Number(level) is not null))
        {
            levels = [.. levels.OrderBy(Number)];
        }

        var rank = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var level in levels)
        {
            rank.Add(level, rank.Count);
        }

        var codes = new List<int>(parts.Sum(part => part.Length));
        var (first, count) = (-1, 0);
        foreach (var part in parts)
        {
            int[] moved = [.. part.Levels.Select(level => rank[level])];
            first = first < 0 && part.FirstText >= 0 ? codes.Count + part.FirstText : first;
            count += part.TextCount;
            foreach (var code in part.Codes)
            {
                codes.Add(code < 0 ? -1 : moved[code]);
            }
        }

        return new FactorColumn(name, [.. codes], levels)
        {
            FirstText = first,
            TextCount = count,
            Label = parts[0].Label,
            Numbers = numbers.Count > 0 ? [.. levels.Select(level => numbers[level])] : [],
            IsDate = numbers.Count > 0 && parts[0].IsDate,
            IsText = parts.All(part => part.IsText),
        };
    }

    /// <summary>The number behind each level, where every part has one and they agree; else none.</summary>
    private static Dictionary<string, double> Numbers(FactorColumn[] parts)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            for (var code = 0; code < part.Levels.Count; code++)
            {
                if (part.Numbers.Count == 0 || (!numbers.TryAdd(part.Levels[code], part.Numbers[code])
                    && numbers[part.Levels[code]] != part.Numbers[code]))
                {
                    return [];
                }
            }
        }

        return numbers;
    }

    private static double? Number(string level) =>
        NumberParser.TryParse(Encoding.UTF8.GetBytes(level), (byte)'.', out var value) ? value : null;
}
