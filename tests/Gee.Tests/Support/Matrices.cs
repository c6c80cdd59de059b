namespace MarginalConditional.Gee.Tests.Support;

/// <summary>Plain matrix arithmetic for checking: nothing here is fast.</summary>
internal static class Matrices
{
    public static double[,] Multiply(double[,] a, double[,] b)
    {
        var c = new double[a.GetLength(0), b.GetLength(1)];
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < b.GetLength(1); j++)
            {
                for (var k = 0; k < a.GetLength(1); k++)
                {
                    c[i, j] += a[i, k] * b[k, j];
                }
            }
        }

        return c;
    }

    public static double[,] Transpose(double[,] a)
    {
        var c = new double[a.GetLength(1), a.GetLength(0)];
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < a.GetLength(1); j++)
            {
                c[j, i] = a[i, j];
            }
        }

        return c;
    }

    public static double[,] Add(double[,] a, double[,] b, double factor = 1)
    {
        var c = (double[,])a.Clone();
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < a.GetLength(1); j++)
            {
                c[i, j] += factor * b[i, j];
            }
        }

        return c;
    }

    public static double[,] Identity(int n)
    {
        var c = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            c[i, i] = 1;
        }

        return c;
    }

    /// <summary>Gauss-Jordan with row exchanges.</summary>
    public static double[,] Inverse(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        var inverse = Identity(n);
        for (var column = 0; column < n; column++)
        {
            var pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(a[row, column]));
            for (var j = 0; j < n; j++)
            {
                (a[column, j], a[pivot, j]) = (a[pivot, j], a[column, j]);
                (inverse[column, j], inverse[pivot, j]) = (inverse[pivot, j], inverse[column, j]);
            }

            var scale = a[column, column];
            for (var j = 0; j < n; j++)
            {
                a[column, j] /= scale;
                inverse[column, j] /= scale;
            }

            for (var row = 0; row < n; row++)
            {
                var factor = a[row, column];
                if (row == column || factor == 0)
                {
                    continue;
                }

                for (var j = 0; j < n; j++)
                {
                    a[row, j] -= factor * a[column, j];
                    inverse[row, j] -= factor * inverse[column, j];
                }
            }
        }

        return inverse;
    }

    public static double[,] FromRows(ReadOnlySpan<double> values, int columns)
    {
        var matrix = new double[values.Length / columns, columns];
        for (var i = 0; i < values.Length; i++)
        {
            matrix[i / columns, i % columns] = values[i];
        }

        return matrix;
    }

    /// <summary>The largest absolute difference, relative to the largest entry expected (at least 1e-300).</summary>
    public static double Distance(double[,] expected, double[,] actual)
    {
        double largest = 1e-300, difference = 0;
        for (var i = 0; i < expected.GetLength(0); i++)
        {
            for (var j = 0; j < expected.GetLength(1); j++)
            {
                largest = Math.Max(largest, Math.Abs(expected[i, j]));
                difference = Math.Max(difference, Math.Abs(expected[i, j] - actual[i, j]));
            }
        }

        return double.IsNaN(difference) ? double.PositiveInfinity : difference / largest;
    }
}
