namespace MarginalConditional.Glmm.Model;

/// <summary>Rows in another order.</summary>
internal static class SortedRows
{
    /// <summary>Copies the rows of a matrix.</summary>
    /// <param name="values">By row.</param>
    /// <param name="width">Numbers a row.</param>
    /// <param name="order">The row that comes at each place.</param>
    public static double[] Of(ReadOnlySpan<double> values, int width, ReadOnlySpan<int> order)
    {
        var sorted = new double[order.Length * width];
        for (var i = 0; i < order.Length; i++)
        {
            values.Slice(order[i] * width, width).CopyTo(sorted.AsSpan(i * width));
        }

        return sorted;
    }
}
