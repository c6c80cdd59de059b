using System.Globalization;
using System.Text;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Rows;

/// <summary>The columns that group rows, compared as text: a site's subjects 1.1 and 1.10 are two, and so are 1 and 01.</summary>
internal sealed class GroupColumns
{
    private readonly Dictionary<string, Column> columns;

    private GroupColumns(Dictionary<string, Column> columns) => this.columns = columns;

    /// <summary>Finds the groupings of a data set; those whose numbers may be spelled in several ways are read again as text.</summary>
    internal static GroupColumns Of(Dataset data, IEnumerable<string> names) =>
        new(names.ToDictionary(name => name, name => data.FindGrouping(name)!, StringComparer.Ordinal));

    /// <summary>A grouping in the rows of the data set.</summary>
    internal Column this[string name] => columns[name];

    /// <summary>The groupings as columns.</summary>
    internal IEnumerable<Column> All => columns.Values;

    /// <summary>One sentence for each grouping where two spellings give one number.</summary>
    internal IReadOnlyList<string> Notes => [.. columns.Values.OfType<FactorColumn>().Select(Note).OfType<string>()];

    private static string? Note(FactorColumn column)
    {
        var first = new Dictionary<double, string>();
        var (count, example) = (0, (One: string.Empty, Other: string.Empty));
        foreach (var level in column.Levels)
        {
            if (Number(level) is { } value && !first.TryAdd(value, level))
            {
                example = count++ == 0 ? (first[value], level) : example;
            }
        }

        return count == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{column.Name} groups by text: \"{example.One}\" and \"{example.Other}\" are one number but two groups"
                + $"{count switch { 1 => string.Empty, 2 => ", and so is one more", _ => $", and so are {count - 1} more" }}.");
    }

    private static double? Number(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return NumberParser.TryParse(bytes, (byte)'.', out var value) || NumberParser.TryParse(bytes, (byte)',', out value) ? value : null;
    }
}
