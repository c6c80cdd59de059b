using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Statistics.LinearAlgebra;

/// <summary>Products of small dense matrices, row-major in spans, written for orders up to some dozens.</summary>
/// <remarks>Destinations come last and must not overlap the sources, unless said otherwise. Nothing is allocated.</remarks>
public static class Dense
{
    /// <summary>
    /// Shorter vectors are summed element by element: there is nothing to gain, and the order of the sum stays that of the indices.
    /// </summary>
    internal const int VectorLength = 8;

    /// <summary>Σ aᵢbᵢ over the first vector's length.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        b = b[..a.Length];
        var sum = 0.0;
        var i = 0;
        if (a.Length >= VectorLength)
        {
            var left = MemoryMarshal.Cast<double, Vector256<double>>(a);
            var right = MemoryMarshal.Cast<double, Vector256<double>>(b);
            var total = Vector256<double>.Zero;
            for (var k = 0; k < left.Length; k++)
            {
                total += left[k] * right[k];
            }

            sum = Vector256.Sum(total);
            i = left.Length * Vector256<double>.Count;
        }

        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>y ← y + c·x over the length of x; c = 0 leaves y alone, whatever x holds.</summary>
    public static void AddScaled(double c, ReadOnlySpan<double> x, Span<double> y)
    {
        y = y[..x.Length];
        if (c == 0)
        {
            return;
        }

        var i = 0;
        if (x.Length >= VectorLength)
        {
            var source = MemoryMarshal.Cast<double, Vector256<double>>(x);
            var target = MemoryMarshal.Cast<double, Vector256<double>>(y);
            for (var k = 0; k < target.Length; k++)
            {
                target[k] += source[k] * c;
            }

            i = target.Length * Vector256<double>.Count;
        }

        for (; i < y.Length; i++)
        {
            y[i] += c * x[i];
        }
    }

    /// <summary><see cref="AddScaled"/> over the length of y, without a call for short ones: small groups spend their time here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddToRow(double c, ReadOnlySpan<double> x, Span<double> y)
    {
        x = x[..y.Length];
        if (y.Length >= VectorLength)
        {
            AddScaled(c, x, y);
            return;
        }

        for (var i = 0; i < y.Length && c != 0; i++)
        {
            y[i] += c * x[i];
        }
    }

    /// <summary>
    /// A ← A + w·x·xᵀ in the lower triangle of a symmetric n×n matrix, n the length of x. Finish with <see cref="MirrorLower"/>.
    /// </summary>
    public static void RankOneUpdateLower(double weight, ReadOnlySpan<double> x, Span<double> matrix)
    {
        var n = x.Length;
        for (var i = 0; i < n; i++)
        {
            AddToRow(weight * x[i], x, matrix.Slice(i * n, i + 1));
        }
    }

    /// <summary>A ← A + w·x·yᵀ for an m×n matrix, m the length of x and n that of y.</summary>
    public static void RankOneUpdate(double weight, ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> matrix)
    {
        for (var i = 0; i < x.Length; i++)
        {
            AddToRow(weight * x[i], y, matrix.Slice(i * y.Length, y.Length));
        }
    }

    /// <summary>S ← S + BᵀB in the lower triangle of a symmetric d×d matrix, B m×d. Finish with <see cref="MirrorLower"/>.</summary>
    public static void AddCrossProduct(ReadOnlySpan<double> b, int m, int d, Span<double> matrix)
    {
        for (var k = 0; k < m; k++)
        {
            RankOneUpdateLower(1, b.Slice(k * d, d), matrix);
        }
    }

    /// <summary>Sets what is above the diagonal to zero.</summary>
    public static void ClearUpper(Span<double> matrix, int n)
    {
        for (var i = 0; i < n; i++)
        {
            matrix.Slice((i * n) + i + 1, n - i - 1).Clear();
        }
    }

    /// <summary>Copies the lower triangle into the upper one.</summary>
    public static void MirrorLower(Span<double> matrix, int n)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                matrix[(j * n) + i] = matrix[(i * n) + j];
            }
        }
    }

    /// <summary>Replaces A by (A + Aᵀ)/2.</summary>
    public static void Symmetrize(Span<double> matrix, int n)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var mean = 0.5 * (matrix[(i * n) + j] + matrix[(j * n) + i]);
                matrix[(i * n) + j] = mean;
                matrix[(j * n) + i] = mean;
            }
        }
    }

    /// <summary>y = A·x for an m×n matrix, n the length of x and m that of y.</summary>
    public static void Multiply(ReadOnlySpan<double> matrix, ReadOnlySpan<double> x, Span<double> y)
    {
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = Dot(x, matrix.Slice(i * x.Length, x.Length));
        }
    }

    /// <summary>y = Aᵀ·x for an m×n matrix, m the length of x and n that of y.</summary>
    public static void MultiplyTransposed(ReadOnlySpan<double> matrix, ReadOnlySpan<double> x, Span<double> y)
    {
        y.Clear();
        for (var i = 0; i < x.Length; i++)
        {
            AddScaled(x[i], matrix.Slice(i * y.Length, y.Length), y);
        }
    }

    /// <summary>C = A·B with A m×k and B k×n.</summary>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int m, int k, int n, Span<double> c)
    {
        c[..(m * n)].Clear();
        for (var i = 0; i < m; i++)
        {
            CancellationScope.CheckLong(k);
            var row = c.Slice(i * n, n);
            for (var l = 0; l < k; l++)
            {
                AddScaled(a[(i * k) + l], b.Slice(l * n, n), row);
            }
        }
    }

    /// <summary>C = A·Bᵀ with A m×k and B n×k.</summary>
    public static void MultiplyTranspose(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int m, int k, int n, Span<double> c)
    {
        for (var i = 0; i < m; i++)
        {
            CancellationScope.CheckLong(k);
            var row = a.Slice(i * k, k);
            for (var j = 0; j < n; j++)
            {
                c[(i * n) + j] = Dot(row, b.Slice(j * k, k));
            }
        }
    }

    /// <summary>C = Aᵀ·B with A k×m and B k×n.</summary>
    public static void TransposeMultiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int k, int m, int n, Span<double> c)
    {
        c[..(m * n)].Clear();
        for (var l = 0; l < k; l++)
        {
            CancellationScope.CheckLong(n);
            RankOneUpdate(1, a.Slice(l * m, m), b.Slice(l * n, n), c);
        }
    }

    /// <summary>S = B·M·Bᵀ with B m×n and M symmetric n×n: the shape of every sandwich and delta method. S is exactly symmetric.</summary>
    /// <param name="b">B, m×n.</param>
    /// <param name="middle">M, n×n.</param>
    /// <param name="m">Rows of B.</param>
    /// <param name="n">Columns of B.</param>
    /// <param name="scratch">m·n numbers.</param>
    /// <param name="sandwich">Receives S, m×m.</param>
    public static void Sandwich(
        ReadOnlySpan<double> b, ReadOnlySpan<double> middle, int m, int n, Span<double> scratch, Span<double> sandwich)
    {
        Multiply(b, middle, m, n, n, scratch);
        MultiplyTranspose(scratch, b, m, n, m, sandwich);
        Symmetrize(sandwich, m);
    }

    /// <summary>xᵀAx for a symmetric matrix, both triangles given.</summary>
    public static double QuadraticForm(ReadOnlySpan<double> matrix, ReadOnlySpan<double> x) => BilinearForm(matrix, x, x);

    /// <summary>xᵀAy for an m×n matrix.</summary>
    public static double BilinearForm(ReadOnlySpan<double> matrix, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * Dot(y, matrix.Slice(i * y.Length, y.Length));
        }

        return sum;
    }
}
