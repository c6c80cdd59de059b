namespace MarginalConditional.Statistics.Tests.LinearAlgebra;

/// <summary>Plain three-loop twins of the kernels, on rectangular arrays.</summary>
internal static class NaiveMatrix
{
    public static double[,] From(ReadOnlySpan<double> values, int rows, int columns)
    {
        var a = new double[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                a[i, j] = values[(i * columns) + j];
            }
        }

        return a;
    }

    public static double[,] Multiply(double[,] a, double[,] b)
    {
        var c = new double[a.GetLength(0), b.GetLength(1)];
        for (var i = 0; i < c.GetLength(0); i++)
        {
            for (var j = 0; j < c.GetLength(1); j++)
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
        var t = new double[a.GetLength(1), a.GetLength(0)];
        for (var i = 0; i < t.GetLength(0); i++)
        {
            for (var j = 0; j < t.GetLength(1); j++)
            {
                t[i, j] = a[j, i];
            }
        }

        return t;
    }

    public static double Determinant(double[,] a)
    {
        var n = a.GetLength(0);
        if (n == 1)
        {
            return a[0, 0];
        }

        var sum = 0.0;
        for (var column = 0; column < n; column++)
        {
            var minor = new double[n - 1, n - 1];
            for (var i = 1; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    if (j != column)
                    {
                        minor[i - 1, j < column ? j : j - 1] = a[i, j];
                    }
                }
            }

            sum += (column % 2 == 0 ? 1 : -1) * a[0, column] * Determinant(minor);
        }

        return sum;
    }

    public static double[] Flatten(double[,] a) => [.. a.Cast<double>()];

    public static void AssertEqual(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }

    /// <summary>Reproducible numbers in (−1, 1) without any random generator of the project.</summary>
    public static double[] Numbers(int count, int seed)
    {
        var values = new double[count];
        var state = (uint)((seed * 2654435761L) | 1);
        for (var i = 0; i < count; i++)
        {
            state = (state * 1664525) + 1013904223;
            values[i] = ((state >> 8) / 8388608.0) - 1;
        }

        return values;
    }

    /// <summary>B·Bᵀ + n·I/4: positive definite.</summary>
    public static double[] PositiveDefinite(int n, int seed)
    {
        var b = From(Numbers(n * n, seed), n, n);
        var a = Multiply(b, Transpose(b));
        for (var i = 0; i < n; i++)
        {
            a[i, i] += n / 4.0;
        }

        return Flatten(a);
    }
}
