using MarginalConditional.Meta.Pooling;

namespace MarginalConditional.Meta.Tests;

/// <summary>Generalized least squares by whole matrices and Gauss–Jordan elimination: slow, and by definition.</summary>
internal sealed class Dense
{
    private readonly double[,] x;
    private readonly double[] y;

    public Dense(ScaledStudies studies, double[] design, IReadOnlyList<(int[] Groups, double Variance)> components)
    {
        var (k, p) = (studies.Count, design.Length / studies.Count);
        (x, y, Covariance) = (new double[k, p], studies.Estimates.ToArray(), new double[k, k]);
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < p; j++)
            {
                x[i, j] = design[(j * k) + studies.Order[i]];
            }

            for (var j = 0; j < k; j++)
            {
                Covariance[i, j] = (i == j ? studies.Variances[i] : 0)
                    + components.Sum(one => one.Groups[i] == one.Groups[j] ? one.Variance : 0);
            }
        }

        Precision = Inverse(Covariance);
        Information = Times(Transposed(x), Times(Precision, x));
        Bread = Inverse(Information);
        Projection = Minus(Precision, Times(Times(Precision, x), Times(Bread, Times(Transposed(x), Precision))));
        Rest = Minus(Covariance, Times(x, Times(Bread, Transposed(x))));
        var fitted = Times(x, Times(Bread, Times(Transposed(x), Times(Precision, Column(y)))));
        Residuals = [.. y.Select((value, i) => value - fitted[i, 0])];
    }

    public double[,] Covariance { get; }

    public double[,] Precision { get; }

    public double[,] Information { get; }

    public double[,] Bread { get; }

    public double[,] Projection { get; }

    /// <summary>The covariance of the residuals when V is right.</summary>
    public double[,] Rest { get; }

    public double[] Residuals { get; }

    /// <summary>rᵀMr of the residuals, or yᵀMy where M is made of projections.</summary>
    public double Quadratic(double[,] matrix)
    {
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
        {
            for (var j = 0; j < y.Length; j++)
            {
                sum += Residuals[i] * matrix[i, j] * Residuals[j];
            }
        }

        return sum;
    }

    /// <summary>What the residuals of a cluster are multiplied by in a coefficient's robust variance: a row of MXᵀV⁻¹A.</summary>
    public double[] Influence(IReadOnlyList<int> rows, int coefficient)
    {
        var v = Part(Covariance, rows, rows);
        var root = Cholesky(v);
        var inner = Times(Transposed(root), Times(Part(Rest, rows, rows), root));
        var adjustment = Times(root, Times(InverseRoot(inner), Transposed(root)));
        var own = Part(x, rows, [.. Enumerable.Range(0, x.GetLength(1))]);
        var all = Times(Bread, Times(Transposed(own), Times(Inverse(v), adjustment)));
        return [.. Enumerable.Range(0, rows.Count).Select(i => all[coefficient, i])];
    }

    public static double Trace(double[,] a) => Enumerable.Range(0, a.GetLength(0)).Sum(i => a[i, i]);

    public static double LogDeterminant(double[,] a)
    {
        var root = Cholesky(a);
        return Enumerable.Range(0, a.GetLength(0)).Sum(i => 2 * Math.Log(root[i, i]));
    }

    public static double[,] Times(double[,] a, double[,] b)
    {
        var c = new double[a.GetLength(0), b.GetLength(1)];
        for (var i = 0; i < c.GetLength(0); i++)
        {
            for (var j = 0; j < c.GetLength(1); j++)
            {
                for (var m = 0; m < b.GetLength(0); m++)
                {
                    c[i, j] += a[i, m] * b[m, j];
                }
            }
        }

        return c;
    }

    private static double[,] Minus(double[,] a, double[,] b)
    {
        var c = (double[,])a.Clone();
        for (var i = 0; i < c.GetLength(0); i++)
        {
            for (var j = 0; j < c.GetLength(1); j++)
            {
                c[i, j] -= b[i, j];
            }
        }

        return c;
    }

    private static double[,] Transposed(double[,] a)
    {
        var c = new double[a.GetLength(1), a.GetLength(0)];
        for (var i = 0; i < c.GetLength(0); i++)
        {
            for (var j = 0; j < c.GetLength(1); j++)
            {
                c[i, j] = a[j, i];
            }
        }

        return c;
    }

    private static double[,] Column(double[] values)
    {
        var c = new double[values.Length, 1];
        for (var i = 0; i < values.Length; i++)
        {
            c[i, 0] = values[i];
        }

        return c;
    }

    private static double[,] Part(double[,] a, IReadOnlyList<int> rows, IReadOnlyList<int> columns)
    {
        var c = new double[rows.Count, columns.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            for (var j = 0; j < columns.Count; j++)
            {
                c[i, j] = a[rows[i], columns[j]];
            }
        }

        return c;
    }

    private static double[,] Inverse(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var (a, inverse) = ((double[,])matrix.Clone(), new double[n, n]);
        for (var i = 0; i < n; i++)
        {
            inverse[i, i] = 1;
        }

        for (var pivot = 0; pivot < n; pivot++)
        {
            var value = a[pivot, pivot];
            for (var j = 0; j < n; j++)
            {
                a[pivot, j] /= value;
                inverse[pivot, j] /= value;
            }

            for (var i = 0; i < n; i++)
            {
                var factor = a[i, pivot];
                for (var j = 0; j < n && i != pivot; j++)
                {
                    a[i, j] -= factor * a[pivot, j];
                    inverse[i, j] -= factor * inverse[pivot, j];
                }
            }
        }

        return inverse;
    }

    private static double[,] Cholesky(double[,] a)
    {
        var n = a.GetLength(0);
        var root = new double[n, n];
        for (var j = 0; j < n; j++)
        {
            for (var i = j; i < n; i++)
            {
                var rest = a[i, j] - Enumerable.Range(0, j).Sum(m => root[i, m] * root[j, m]);
                root[i, j] = i == j ? Math.Sqrt(rest) : rest / root[j, j];
            }
        }

        return root;
    }

    /// <summary>A^(−½) by Denman and Beavers' iteration.</summary>
    private static double[,] InverseRoot(double[,] a)
    {
        var n = a.GetLength(0);
        var (root, inverse) = ((double[,])a.Clone(), new double[n, n]);
        for (var i = 0; i < n; i++)
        {
            inverse[i, i] = 1;
        }

        for (var turn = 0; turn < 60; turn++)
        {
            var (r, s) = (Inverse(root), Inverse(inverse));
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    (root[i, j], inverse[i, j]) = ((root[i, j] + s[i, j]) / 2, (inverse[i, j] + r[i, j]) / 2);
                }
            }
        }

        return inverse;
    }
}
