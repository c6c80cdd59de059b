using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Rows;

/// <summary>Finds the rows on which no column used is missing.</summary>
internal static class CompleteCases
{
    /// <summary>The complete rows in ascending order.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="names">The columns that may not be missing.</param>
    /// <param name="leftOut">Rows that are not to be used; empty for none.</param>
    /// <exception cref="InputException">There is none.</exception>
    internal static int[] Rows(Dataset data, IReadOnlyList<string> names, ReadOnlySpan<bool> leftOut = default)
    {
        var missing = new bool[data.Rows];
        leftOut.CopyTo(missing);
        var dropped = leftOut.Count(true);
        var counts = new int[names.Count];
        for (var c = 0; c < names.Count; c++)
        {
            CancellationScope.Check();
            counts[c] = data.Find(names[c]) switch
            {
                NumericColumn numeric => Mark(numeric.Values, missing, ref dropped),
                FactorColumn factor => Mark(factor.Codes, missing, ref dropped),
                _ => 0,
            };
        }

        if (dropped == missing.Length)
        {
            var worst = Array.IndexOf(counts, counts.Max());
            var where = counts[worst] == missing.Length
                ? "every row"
                : FormattableString.Invariant($"{counts[worst]} of {missing.Length} rows");
            throw new InputException("No row is complete in the columns used.")
            {
                File = data.Source,
                Hint = $"{names[worst]} is missing in {where}. Columns used: {string.Join(", ", names)}.",
            };
        }

        var rows = new int[missing.Length - dropped];
        var next = 0;
        for (var i = 0; i < missing.Length; i++)
        {
            if (!missing[i])
            {
                rows[next++] = i;
            }
        }

        return rows;
    }

    /// <summary>The rows whose weight is not 0; all of them when no row has another weight, which is for later to refuse.</summary>
    internal static int[] Weighted(Dataset data, string? weights, int[] rows)
    {
        if (weights is null || data.Find(weights) is not NumericColumn column || !rows.Any(row => column.Values[row] == 0))
        {
            return rows;
        }

        int[] kept = [.. rows.Where(row => column.Values[row] != 0)];
        return kept.Length == 0 ? rows : kept;
    }

    private static int Mark(ReadOnlySpan<double> values, bool[] missing, ref int dropped)
    {
        var count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                count++;
                dropped += missing[i] ? 0 : 1;
                missing[i] = true;
            }
        }

        return count;
    }

    private static int Mark(ReadOnlySpan<int> codes, bool[] missing, ref int dropped)
    {
        var count = 0;
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] < 0)
            {
                count++;
                dropped += missing[i] ? 0 : 1;
                missing[i] = true;
            }
        }

        return count;
    }
}
