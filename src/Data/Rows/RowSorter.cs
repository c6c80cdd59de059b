using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Rows;

/// <summary>Sorts rows by one key after another: each key orders only the rows that tie on all keys before it.</summary>
internal sealed class RowSorter
{
    /// <summary>Below this length insertion is faster than copying keys and sorting them; clusters are mostly this short.</summary>
    private const int InsertionLength = 24;

    /// <summary>Rows that are sorted in a few hundredths of a second.</summary>
    private const int LongestUnseenSort = 1 << 18;

    private readonly int[] order;
    private List<(int Start, int End)> ties = [];

    /// <summary>Starts from rows in ascending order, all tied. The array is sorted in place.</summary>
    internal RowSorter(int[] rows)
    {
        order = rows;
        if (rows.Length > 1)
        {
            ties.Add((0, rows.Length));
        }
    }

    /// <summary>Orders tied rows by a key; what is in order already is only looked at.</summary>
    /// <param name="keys">The key of every row of the data set, without missing values among the rows sorted.</param>
    internal void By(double[] keys)
    {
        var left = new List<(int Start, int End)>();
        foreach (var (start, end) in ties)
        {
            CancellationScope.Check();
            var rows = order.AsSpan(start, end - start);
            if (!IsSorted(rows, keys))
            {
                Sort(rows, keys);
            }

            AddTies(rows, keys, start, left);
        }

        ties = left;
    }

    /// <summary>Orders tied rows by a column: numbers by value, categories by level.</summary>
    internal void By(Column column)
    {
        switch (column)
        {
            case NumericColumn numeric:
                By(numeric.ValuesArray);
                break;
            case FactorColumn factor:
                By(Numbers(factor.CodesArray));
                break;
        }
    }

    private static double[] Numbers(int[] codes)
    {
        var numbers = new double[codes.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            numbers[i] = codes[i];
        }

        return numbers;
    }

    /// <summary>Brings the rows that still tie into the order of the file.</summary>
    internal void ByRow()
    {
        foreach (var (start, end) in ties)
        {
            order.AsSpan(start, end - start).Sort();
        }

        ties = [];
    }

    private static bool IsSorted(ReadOnlySpan<int> rows, double[] keys)
    {
        for (var i = 1; i < rows.Length; i++)
        {
            if (keys[rows[i]] < keys[rows[i - 1]])
            {
                return false;
            }
        }

        return true;
    }

    private static void Sort(Span<int> rows, double[] keys)
    {
        if (rows.Length > InsertionLength)
        {
            var copy = new double[rows.Length];
            for (var i = 0; i < copy.Length; i++)
            {
                copy[i] = keys[rows[i]];
            }

            Sort(copy, rows);
            return;
        }

        for (var i = 1; i < rows.Length; i++)
        {
            var row = rows[i];
            var j = i;
            for (; j > 0 && keys[row] < keys[rows[j - 1]]; j--)
            {
                rows[j] = rows[j - 1];
            }

            rows[j] = row;
        }
    }

    /// <summary>Sorts keys, and rows along with them, in parts that are merged: long sorts look at the token in between.</summary>
    private static void Sort(Span<double> keys, Span<int> rows)
    {
        if (keys.Length <= LongestUnseenSort)
        {
            CancellationScope.Check();
            keys.Sort(rows);
            return;
        }

        var middle = keys.Length / 2;
        Sort(keys[..middle], rows[..middle]);
        Sort(keys[middle..], rows[middle..]);
        if (keys[middle - 1] <= keys[middle])
        {
            return;
        }

        CancellationScope.Check();
        var (firstKeys, firstRows) = (keys[..middle].ToArray(), rows[..middle].ToArray());
        for (int to = 0, i = 0, j = middle; i < middle; to++)
        {
            var second = j < keys.Length && keys[j] < firstKeys[i];
            (keys[to], rows[to]) = second ? (keys[j], rows[j++]) : (firstKeys[i], firstRows[i++]);
        }
    }

    private static void AddTies(ReadOnlySpan<int> rows, double[] keys, int offset, List<(int Start, int End)> left)
    {
        var start = 0;
        for (var i = 1; i <= rows.Length; i++)
        {
            if (i == rows.Length || keys[rows[i]] != keys[rows[start]])
            {
                if (i - start > 1)
                {
                    left.Add((offset + start, offset + i));
                }

                start = i;
            }
        }
    }
}
