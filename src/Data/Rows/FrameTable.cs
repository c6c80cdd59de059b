using System.Runtime.CompilerServices;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Rows;

/// <summary>The columns of a data set on the rows of a frame, in the frame's order, gathered when first asked for.</summary>
internal sealed class FrameTable
{
    private readonly Dataset data;
    private readonly int[] rows;
    private readonly bool whole;
    private readonly Dictionary<string, Column> gathered = new(StringComparer.Ordinal);

    /// <summary>Takes rows of a data set in the order given.</summary>
    internal FrameTable(Dataset data, int[] rows)
    {
        this.data = data;
        this.rows = rows;
        whole = rows.Length == data.Rows && IsIdentity(rows);
    }

    private FrameTable(FrameTable other, Column replacement)
    {
        (data, rows, whole) = (other.data, other.rows, other.whole);
        gathered = new Dictionary<string, Column>(other.gathered, StringComparer.Ordinal) { [replacement.Name] = replacement };
    }

    /// <summary>The number of rows.</summary>
    internal int Rows => rows.Length;

    /// <summary>For each row its row in the data set.</summary>
    internal int[] RowOrder => rows;

    /// <summary>The data set the rows come from.</summary>
    internal Dataset Data => data;

    /// <summary>A column of the data set, in the frame's order. When the frame is the whole data set, its own arrays are shared.</summary>
    internal Column Column(string name)
    {
        if (!gathered.TryGetValue(name, out var column))
        {
            var source = data.Find(name) ?? throw new ArgumentException($"There is no column \"{name}\".", nameof(name));
            column = whole ? source : Gather(source);
            gathered.Add(name, column);
        }

        return column;
    }

    /// <summary>The values of a numeric column.</summary>
    internal double[] Numbers(string name) => ((NumericColumn)Column(name)).ValuesArray;

    /// <summary>The same rows with one column replaced.</summary>
    internal FrameTable With(Column replacement) => new(this, replacement);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Column Gather(Column source)
    {
        switch (source)
        {
            case NumericColumn numeric:
                var values = new double[rows.Length];
                var from = numeric.ValuesArray;
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = from[rows[i]];
                }

                return new NumericColumn(source.Name, values);
            case FactorColumn factor:
                var codes = new int[rows.Length];
                var codesFrom = factor.CodesArray;
                for (var i = 0; i < codes.Length; i++)
                {
                    codes[i] = codesFrom[rows[i]];
                }

                return new FactorColumn(source.Name, codes, [.. factor.Levels]);
            default:
                throw new ArgumentException($"Columns of type {source.GetType().Name} are not known.", nameof(source));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
