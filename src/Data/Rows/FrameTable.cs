using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Rows;

/// <summary>The columns of a data set on the rows of a frame, in the frame's order.</summary>
internal sealed class FrameTable
{
    private readonly Dataset data;
    private readonly int[] rows;
    private readonly Column[] columns;
    private readonly Column[] groupings;

    /// <summary>
    /// Takes columns of a data set on rows in the order given. When these are
    /// all rows in the file's order, the data set's own arrays are shared.
    /// </summary>
    /// <param name="data">The data set.</param>
    /// <param name="rows">Rows of the data set, counted from 0.</param>
    /// <param name="names">The columns wanted, each once.</param>
    /// <param name="groups">The groupings as text; null when there are none.</param>
    internal FrameTable(Dataset data, int[] rows, IReadOnlyList<string> names, GroupColumns? groups = null)
    {
        this.data = data;
        this.rows = rows;
        var whole = rows.Length == data.Rows && IsIdentity(rows);
        columns = new Column[names.Count];
        for (var j = 0; j < columns.Length; j++)
        {
            CancellationScope.Check();
            var source = data.Find(names[j]) ?? throw new ArgumentException($"There is no column \"{names[j]}\".", nameof(names));
            columns[j] = whole ? source : source.Take(rows);
        }

        groupings =
        [
            .. (groups?.All ?? []).Where(column => column != data.Find(column.Name)).Select(column => whole ? column : column.Take(rows)),
        ];
    }

    private FrameTable(FrameTable other, Column replacement)
    {
        (data, rows) = (other.data, other.rows);
        groupings = other.groupings;
        columns = [.. other.columns.Select(column => column.Name == replacement.Name ? replacement : column)];
    }

    /// <summary>The number of rows.</summary>
    internal int Rows => rows.Length;

    /// <summary>For each row its row in the data set.</summary>
    internal int[] RowOrder => rows;

    /// <summary>The data set the rows come from.</summary>
    internal Dataset Data => data;

    /// <summary>One of the columns, in the frame's order.</summary>
    internal Column Column(string name) =>
        Array.Find(columns, column => column.Name == name) ?? throw new ArgumentException($"There is no column \"{name}\".", nameof(name));

    /// <summary>One of the columns as a grouping, which compares texts.</summary>
    internal Column GroupColumn(string name) => Array.Find(groupings, column => column.Name == name) ?? Column(name);

    /// <summary>The values of a numeric column.</summary>
    internal double[] Numbers(string name) => ((NumericColumn)Column(name)).ValuesArray;

    /// <summary>The same rows with one column replaced.</summary>
    internal FrameTable With(Column replacement) => new(this, replacement);

    private static bool IsIdentity(int[] rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] != i)
            {
                return false;
            }
        }

        return true;
    }
}
