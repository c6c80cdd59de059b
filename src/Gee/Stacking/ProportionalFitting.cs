namespace MarginalConditional.Gee.Stacking;

/// <summary>Iterative proportional fitting: a table of given margins with the odds ratios of another (Deming and Stephan 1940).</summary>
internal static class ProportionalFitting
{
    /// <summary>How far a row sum may be off, as a share of the total.</summary>
    private const double Accuracy = 1e-14;

    private const int MostRounds = 2000;

    private const int MostOnStack = 64;

    /// <summary>Fills the table, in the form u_x a_xy v_y: the rounds change the factors alone.</summary>
    /// <param name="association">The table a whose odds ratios are wanted, K×K by rows, positive.</param>
    /// <param name="rows">The row sums, K values of 0 or more.</param>
    /// <param name="columns">The column sums, with the same total.</param>
    /// <param name="table">Receives K×K values; a row or column with sum 0 is 0.</param>
    public static void Fit(
        ReadOnlySpan<double> association, ReadOnlySpan<double> rows, ReadOnlySpan<double> columns, Span<double> table)
    {
        var k = rows.Length;
        Span<double> byRow = k <= MostOnStack ? stackalloc double[k] : new double[k];
        Span<double> byColumn = k <= MostOnStack ? stackalloc double[k] : new double[k];
        Span<double> sums = k <= MostOnStack ? stackalloc double[k] : new double[k];
        var total = 0.0;
        for (var y = 0; y < k; y++)
        {
            total += rows[y];
            byColumn[y] = columns[y] > 0 ? 1 : 0;
        }

        byRow.Clear();
        for (var round = 0; round < MostRounds; round++)
        {
            var off = 0.0;
            sums.Clear();
            for (var x = 0; x < k; x++)
            {
                var row = association.Slice(x * k, k);
                var sum = 0.0;
                for (var y = 0; y < row.Length; y++)
                {
                    sum += row[y] * byColumn[y];
                }

                off = Math.Max(off, Math.Abs((sum * byRow[x]) - rows[x]));
                byRow[x] = sum > 0 ? rows[x] / sum : 0;
                for (var y = 0; y < row.Length; y++)
                {
                    sums[y] += row[y] * byRow[x];
                }
            }

            if (off <= Accuracy * total)
            {
                break;
            }

            for (var y = 0; y < k; y++)
            {
                byColumn[y] = sums[y] > 0 ? columns[y] / sums[y] : 0;
            }
        }

        for (var cell = 0; cell < table.Length; cell++)
        {
            table[cell] = association[cell] * byRow[cell / k] * byColumn[cell % k];
        }
    }
}
