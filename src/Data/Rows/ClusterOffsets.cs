using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Rows;

/// <summary>Finds where clusters start in sorted rows.</summary>
internal static class ClusterOffsets
{
    /// <summary>The first row of each cluster, and n: a cluster ends where one of the columns changes.</summary>
    internal static int[] Find(IReadOnlyList<Column> columns, int rows)
    {
        var starts = new bool[rows];
        var count = 0;
        foreach (var column in columns)
        {
            count += column switch
            {
                NumericColumn numeric => Mark<double>(numeric.Values, starts),
                FactorColumn factor => Mark(factor.Codes, starts),
                _ => 0,
            };
        }

        var offsets = new int[count + 2];
        var next = 1;
        for (var i = 1; i < rows; i++)
        {
            if (starts[i])
            {
                offsets[next++] = i;
            }
        }

        offsets[next] = rows;
        return offsets;
    }

    private static int Mark<T>(ReadOnlySpan<T> values, bool[] starts)
        where T : struct, IEquatable<T>
    {
        var added = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (!values[i].Equals(values[i - 1]) && !starts[i])
            {
                starts[i] = true;
                added++;
            }
        }

        return added;
    }
}
