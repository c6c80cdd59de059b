using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Statistics.LinearAlgebra;

/// <summary>
/// Eigenvalues and eigenvectors of small symmetric matrices by Jacobi's rotations: accurate to the last bits, also for tiny eigenvalues.
/// </summary>
/// <remarks>
/// Cyclic sweeps (Golub and Van Loan 2013, section 8.5). The cost grows with n³ per sweep; meant for n up to some dozens.
/// </remarks>
public static class SymmetricEigen
{
    private const int MaximumSweeps = 60;

    /// <summary>Decomposes A = V·diag(λ)·Vᵀ.</summary>
    /// <param name="matrix">A, n×n row-major, both triangles; destroyed.</param>
    /// <param name="n">The order.</param>
    /// <param name="values">Receives the eigenvalues, ascending, n.</param>
    /// <param name="vectors">Receives the eigenvectors as rows, n×n: row k belongs to λ_k. Must not overlap the matrix.</param>
    public static void Decompose(Span<double> matrix, int n, Span<double> values, Span<double> vectors)
    {
        vectors = vectors[..(n * n)];
        vectors.Clear();
        for (var i = 0; i < n; i++)
        {
            vectors[(i * n) + i] = 1;
        }

        for (var sweep = 0; sweep < MaximumSweeps && Sweep(matrix, n, vectors); sweep++)
        {
            // Each sweep rotates every off-diagonal element away once.
        }

        for (var i = 0; i < n; i++)
        {
            values[i] = matrix[(i * n) + i];
        }

        Sort(values[..n], vectors, n);
    }

    /// <summary>Rebuilds V·diag(f(λ))·Vᵀ, for inverse square roots and the like.</summary>
    /// <param name="values">f(λ), n.</param>
    /// <param name="vectors">Eigenvectors as rows, n×n.</param>
    /// <param name="n">The order.</param>
    /// <param name="matrix">Receives the symmetric matrix; must not overlap the vectors.</param>
    public static void Compose(ReadOnlySpan<double> values, ReadOnlySpan<double> vectors, int n, Span<double> matrix)
    {
        matrix[..(n * n)].Clear();
        for (var k = 0; k < n; k++)
        {
            Dense.RankOneUpdateLower(values[k], vectors.Slice(k * n, n), matrix);
        }

        Dense.MirrorLower(matrix, n);
    }

    private static bool Sweep(Span<double> a, int n, Span<double> vectors)
    {
        var rotated = false;
        for (var p = 0; p < n - 1; p++)
        {
            CancellationScope.CheckLong(n);
            for (var q = p + 1; q < n; q++)
            {
                var off = a[(p * n) + q];
                var app = a[(p * n) + p];
                var aqq = a[(q * n) + q];
                if (off == 0 || Math.Abs(off) <= 1e-17 * Math.Sqrt(Math.Abs(app * aqq)) || !double.IsFinite(off))
                {
                    a[(p * n) + q] = 0;
                    a[(q * n) + p] = 0;
                    continue;
                }

                rotated = true;
                var theta = (aqq - app) / (2 * off);
                var t = double.IsFinite(theta * theta)
                    ? Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1))
                    : 0.5 / theta;
                Rotate(a, n, vectors, p, q, t);
            }
        }

        return rotated;
    }

    private static void Rotate(Span<double> a, int n, Span<double> vectors, int p, int q, double t)
    {
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        var off = a[(p * n) + q];
        a[(p * n) + p] -= t * off;
        a[(q * n) + q] += t * off;
        a[(p * n) + q] = 0;
        a[(q * n) + p] = 0;
        for (var k = 0; k < n; k++)
        {
            if (k != p && k != q)
            {
                var akp = a[(k * n) + p];
                var akq = a[(k * n) + q];
                var newP = (c * akp) - (s * akq);
                var newQ = (s * akp) + (c * akq);
                a[(k * n) + p] = newP;
                a[(p * n) + k] = newP;
                a[(k * n) + q] = newQ;
                a[(q * n) + k] = newQ;
            }

            var vp = vectors[(p * n) + k];
            var vq = vectors[(q * n) + k];
            vectors[(p * n) + k] = (c * vp) - (s * vq);
            vectors[(q * n) + k] = (s * vp) + (c * vq);
        }
    }

    private static void Sort(Span<double> values, Span<double> vectors, int n)
    {
        for (var i = 0; i < n - 1; i++)
        {
            var least = i;
            for (var j = i + 1; j < n; j++)
            {
                least = values[j] < values[least] ? j : least;
            }

            if (least == i)
            {
                continue;
            }

            (values[i], values[least]) = (values[least], values[i]);
            for (var k = 0; k < n; k++)
            {
                (vectors[(i * n) + k], vectors[(least * n) + k]) = (vectors[(least * n) + k], vectors[(i * n) + k]);
            }
        }
    }
}
