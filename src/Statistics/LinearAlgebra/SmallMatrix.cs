using System.Numerics;
using System.Runtime.InteropServices;

namespace MarginalConditional.Statistics.LinearAlgebra;

/// <summary>Kernels on small row-major matrices in spans. Symmetric results fill the lower triangle unless said otherwise.</summary>
public static class SmallMatrix
{
    /// <summary>Factors a symmetric matrix (lower triangle read) in place as LLᵀ; the strict upper triangle becomes zero.</summary>
    /// <returns>False when the matrix is not positive definite.</returns>
    public static bool Cholesky(Span<double> a, int n)
    {
        for (var j = 0; j < n; j++)
        {
            var rowJ = a.Slice(j * n, n);
            for (var i = 0; i < j; i++)
            {
                a[i * n + j] = 0;
            }

            var pivot = rowJ[j] - Dot(rowJ[..j], rowJ[..j]);
            if (!(pivot > 0) || double.IsInfinity(pivot))
            {
                return false;
            }

            pivot = Math.Sqrt(pivot);
            rowJ[j] = pivot;
            for (var i = j + 1; i < n; i++)
            {
                a[i * n + j] = (a[i * n + j] - Dot(a.Slice(i * n, j), rowJ[..j])) / pivot;
            }
        }

        return true;
    }

    /// <summary>2 Σ log Lᵢᵢ, the log-determinant of LLᵀ.</summary>
    public static double LogDeterminant(ReadOnlySpan<double> l, int n)
    {
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            sum += Math.Log(l[i * n + i]);
        }

        return 2 * sum;
    }

    /// <summary>The inverse of a lower triangular matrix, lower triangular. The spans must differ.</summary>
    public static void InvertLower(ReadOnlySpan<double> l, int n, Span<double> inverse)
    {
        inverse[..(n * n)].Clear();
        for (var j = 0; j < n; j++)
        {
            inverse[j * n + j] = 1 / l[j * n + j];
            for (var i = j + 1; i < n; i++)
            {
                var sum = 0.0;
                for (var k = j; k < i; k++)
                {
                    sum += l[i * n + k] * inverse[k * n + j];
                }

                inverse[i * n + j] = -sum / l[i * n + i];
            }
        }
    }

    /// <summary>(LLᵀ)⁻¹ = L⁻ᵀL⁻¹ in full from L⁻¹. The spans must differ.</summary>
    public static void InverseFromInvertedFactor(ReadOnlySpan<double> inverted, int n, Span<double> inverse)
    {
        inverse[..(n * n)].Clear();
        for (var k = 0; k < n; k++)
        {
            var row = inverted.Slice(k * n, k + 1);
            for (var i = 0; i <= k; i++)
            {
                AddScaled(inverse.Slice(i * n, k + 1), row[i], row);
            }
        }
    }

    /// <summary>Solves LLᵀx = b in place.</summary>
    public static void Solve(ReadOnlySpan<double> l, int n, Span<double> b)
    {
        for (var i = 0; i < n; i++)
        {
            b[i] = (b[i] - Dot(l.Slice(i * n, i), b[..i])) / l[i * n + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            var sum = b[i];
            for (var k = i + 1; k < n; k++)
            {
                sum -= l[k * n + i] * b[k];
            }

            b[i] = sum / l[i * n + i];
        }
    }

    /// <summary>C = AB for A (m×k) and B (k×n), all row-major. C must be neither.</summary>
    public static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int m, int k, int n, Span<double> c)
    {
        for (var i = 0; i < m; i++)
        {
            var row = c.Slice(i * n, n);
            row.Clear();
            for (var j = 0; j < k; j++)
            {
                AddScaled(row, a[i * k + j], b.Slice(j * n, n));
            }
        }
    }

    /// <summary>C = AᵀB for A (k×m) and B (k×n), all row-major. C must be neither.</summary>
    public static void MultiplyTransposedLeft(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int k, int m, int n, Span<double> c)
    {
        c[..(m * n)].Clear();
        for (var j = 0; j < k; j++)
        {
            for (var i = 0; i < m; i++)
            {
                AddScaled(c.Slice(i * n, n), a[j * m + i], b.Slice(j * n, n));
            }
        }
    }

    /// <summary>C = ABᵀ for A (m×k) and B (n×k), all row-major. C must be neither.</summary>
    public static void MultiplyTransposedRight(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int m, int k, int n, Span<double> c)
    {
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                c[i * n + j] = Dot(a.Slice(i * k, k), b.Slice(j * k, k));
            }
        }
    }

    /// <summary>Copies the lower triangle into the upper.</summary>
    public static void MirrorLower(Span<double> a, int n)
    {
        for (var i = 1; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                a[j * n + i] = a[i * n + j];
            }
        }
    }

    /// <summary>Adds the rank-one matrices of the rows of B (m×d) to the lower triangle of S (d×d): S += BᵀB.</summary>
    public static void AddCrossProduct(ReadOnlySpan<double> b, int m, int d, Span<double> s)
    {
        for (var r = 0; r < m; r++)
        {
            var row = b.Slice(r * d, d);
            for (var i = 0; i < d; i++)
            {
                AddScaled(s.Slice(i * d, i + 1), row[i], row[..(i + 1)]);
            }
        }
    }

    /// <summary>The scalar product.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        var i = 0;
        if (a.Length >= 8)
        {
            var va = MemoryMarshal.Cast<double, Vector<double>>(a);
            var vb = MemoryMarshal.Cast<double, Vector<double>>(b[..a.Length]);
            var total = Vector<double>.Zero;
            for (var k = 0; k < va.Length; k++)
            {
                total += va[k] * vb[k];
            }

            sum = Vector.Sum(total);
            i = va.Length * Vector<double>.Count;
        }

        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>y += αx.</summary>
    public static void AddScaled(Span<double> y, double alpha, ReadOnlySpan<double> x)
    {
        var i = 0;
        if (alpha == 0)
        {
            return;
        }

        if (y.Length >= 8)
        {
            var vy = MemoryMarshal.Cast<double, Vector<double>>(y);
            var vx = MemoryMarshal.Cast<double, Vector<double>>(x[..y.Length]);
            for (var k = 0; k < vy.Length; k++)
            {
                vy[k] += vx[k] * alpha;
            }

            i = vy.Length * Vector<double>.Count;
        }

        for (; i < y.Length; i++)
        {
            y[i] += alpha * x[i];
        }
    }
}
