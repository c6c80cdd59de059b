namespace MarginalConditional.Statistics.Tests.Separation;

/// <summary>Maximizes cᵀx over Ax ≤ b, x ≥ 0 with b ≥ 0, by the simplex tableau with Bland's rule. Slow and plain.</summary>
internal static class LinearProgramme
{
    /// <summary>The largest cᵀx; the programme has to be bounded.</summary>
    public static double Maximum(double[][] a, double[] b, double[] c)
    {
        var (m, n) = (a.Length, c.Length);
        var tableau = new double[m + 1, n + m + 1];
        var basis = new int[m];
        for (var i = 0; i < m; i++)
        {
            basis[i] = n + i;
            tableau[i, n + i] = 1;
            tableau[i, n + m] = b[i];
            for (var j = 0; j < n; j++)
            {
                tableau[i, j] = a[i][j];
            }
        }

        for (var j = 0; j < n; j++)
        {
            tableau[m, j] = -c[j];
        }

        while (true)
        {
            var enters = Enumerable.Range(0, n + m).FirstOrDefault(j => tableau[m, j] < -1e-9, -1);
            if (enters < 0)
            {
                return tableau[m, n + m];
            }

            var rows = Enumerable.Range(0, m).Where(i => tableau[i, enters] > 1e-9).ToList();
            var least = rows.Min(i => tableau[i, n + m] / tableau[i, enters]);
            var leaves = rows.Where(i => tableau[i, n + m] / tableau[i, enters] <= least + 1e-12).MinBy(i => basis[i]);
            Pivot(tableau, leaves, enters);
            basis[leaves] = enters;
        }
    }

    private static void Pivot(double[,] tableau, int row, int column)
    {
        var (rows, columns) = (tableau.GetLength(0), tableau.GetLength(1));
        var pivot = tableau[row, column];
        for (var j = 0; j < columns; j++)
        {
            tableau[row, j] /= pivot;
        }

        for (var i = 0; i < rows; i++)
        {
            var factor = tableau[i, column];
            for (var j = 0; i != row && j < columns; j++)
            {
                tableau[i, j] -= factor * tableau[row, j];
            }
        }
    }
}
