using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Frames;

/// <summary>The rows of a frame partitioned by one or several columns; groups are numbered in the columns' order.</summary>
internal sealed class Grouping
{
    private readonly IReadOnlyList<Column> columns;
    private readonly int[] firstRows;

    private Grouping(string name, IReadOnlyList<Column> columns, int[] groups, int[] firstRows)
    {
        Name = name;
        this.columns = columns;
        Groups = groups;
        this.firstRows = firstRows;
    }

    /// <summary>The columns' names joined by colons.</summary>
    internal string Name { get; }

    /// <summary>For each row its group.</summary>
    internal int[] Groups { get; }

    /// <summary>The number of groups.</summary>
    internal int Count => firstRows.Length;

    /// <summary>Numbers the groups.</summary>
    /// <param name="table">The rows of the frame.</param>
    /// <param name="names">The columns, in the order in which a group is labelled.</param>
    /// <remarks>Groups are numbered in ascending order of the columns from the last to the first, since nested groupings are named from the innermost.</remarks>
    internal static Grouping Create(FrameTable table, IReadOnlyList<string> names)
    {
        var parts = names.Select(table.Column).ToArray();
        var order = new int[table.Rows];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        var sorter = new RowSorter(order);
        foreach (var column in parts.Reverse())
        {
            sorter.By(column);
        }

        var groups = new int[order.Length];
        var firsts = new List<int>();
        for (var i = 0; i < order.Length; i++)
        {
            if (i == 0 || !Same(parts, order[i - 1], order[i]))
            {
                firsts.Add(order[i]);
            }

            groups[order[i]] = firsts.Count - 1;
        }

        return new Grouping(string.Join(":", names), parts, groups, [.. firsts]);
    }

    /// <summary>A group's label: its values joined by colons.</summary>
    internal string Label(int group) => string.Join(":", columns.Select(column => LabelOf(column, firstRows[group])));

    /// <summary>A field as text.</summary>
    internal static string LabelOf(Column column, int row) => column switch
    {
        NumericColumn numeric => Labels.Of(numeric.Values[row]),
        FactorColumn factor => factor.Levels[factor.Codes[row]],
        _ => string.Empty,
    };

    private static bool Same(Column[] parts, int a, int b)
    {
        foreach (var column in parts)
        {
            var same = column switch
            {
                NumericColumn numeric => numeric.ValuesArray[a] == numeric.ValuesArray[b],
                FactorColumn factor => factor.CodesArray[a] == factor.CodesArray[b],
                _ => true,
            };
            if (!same)
            {
                return false;
            }
        }

        return true;
    }
}
