using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Rows;

/// <summary>The rows of a frame partitioned by one or several columns; groups are numbered as they first appear.</summary>
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
    /// <remarks>
    /// Rows of a frame are sorted by the groupings, coarsest first, so that the numbers of a nested grouping never decrease along the rows.
    /// </remarks>
    internal static Grouping Create(FrameTable table, IReadOnlyList<string> names)
    {
        var parts = names.Select(table.GroupColumn).ToArray();
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
        var count = 0;
        for (var i = 0; i < order.Length; i++)
        {
            CancellationScope.Check(i);
            count += i == 0 || !Same(parts, order[i - 1], order[i]) ? 1 : 0;
            groups[order[i]] = count - 1;
        }

        return new Grouping(string.Join(":", names), parts, groups, NumberByAppearance(groups, count));
    }

    /// <summary>The grouping as a column of text, one level a group.</summary>
    internal FactorColumn AsColumn(string name) => new(name, Groups, [.. Enumerable.Range(0, Count).Select(Label)]);

    /// <summary>Renumbers groups in the order in which they first appear; gives the first row of each.</summary>
    private static int[] NumberByAppearance(int[] groups, int count)
    {
        var numbers = new int[count];
        numbers.AsSpan().Fill(-1);
        var firsts = new int[count];
        var next = 0;
        for (var row = 0; row < groups.Length; row++)
        {
            if (numbers[groups[row]] < 0)
            {
                firsts[next] = row;
                numbers[groups[row]] = next++;
            }

            groups[row] = numbers[groups[row]];
        }

        return firsts;
    }

    /// <summary>A group's label: its values joined by colons.</summary>
    internal string Label(int group) => string.Join(":", columns.Select(column => LabelOf(column, firstRows[group])));

    /// <summary>A field as text.</summary>
    internal static string LabelOf(Column column, int row) => column switch
    {
        NumericColumn numeric => NumberLabel.Of(numeric.Values[row]),
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
