using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Hierarchy;

/// <content>The factors of a group of three effects and more, of those that its rows determine.</content>
internal static partial class LevelKernel
{
    /// <summary>Lists the columns of L that are not zero: k of them, fewer than q where the group has few rows.</summary>
    private static int Determined(ReadOnlySpan<double> columns, int q, Span<int> active)
    {
        var k = 0;
        for (var a = 0; a < q; a++)
        {
            if (columns[a * (q + 1)] > 0)
            {
                active[k++] = a;
            }
        }

        return k;
    }

    /// <summary>Of the effects that the group determines B (k×q), the Cholesky factor C of K = I + BBᵀ (k×k), and V = YC⁻ᵀ (r×k).</summary>
    /// <returns>log|K|; not a number where K is not positive definite.</returns>
    private static double Whiten(
        ReadOnlySpan<double> columns,
        int q,
        ReadOnlySpan<double> lambda,
        ReadOnlySpan<int> active,
        Span<double> b,
        Span<double> c,
        Span<double> v)
    {
        var k = active.Length;
        b.Clear();
        for (var s = 0; s < k; s++)
        {
            CancellationScope.CheckLong(q);
            var row = b.Slice(s * q, q);
            for (var i = active[s]; i < q; i++)
            {
                Dense.AddScaled(columns[(i * q) + active[s]], lambda.Slice(i * q, i + 1), row);
            }

            for (var other = 0; other <= s; other++)
            {
                c[(s * k) + other] = Dense.Dot(row, b.Slice(other * q, q)) + (s == other ? 1 : 0);
            }
        }

        if (!Cholesky.TryFactor(c, k, out _, Cholesky.Definite))
        {
            return double.NaN;
        }

        for (var (own, at) = (q * q, 0); at < v.Length; own += q, at += k)
        {
            CancellationScope.CheckLong(k);
            var target = v.Slice(at, k);
            for (var s = 0; s < k; s++)
            {
                target[s] = (columns[own + active[s]] - Dense.Dot(target[..s], c.Slice(s * k, s))) / c[(s * k) + s];
            }
        }

        return Cholesky.LogDeterminant(c, k);
    }

    /// <summary>H = Λ(I + BᵀB)⁻¹Λᵀ.</summary>
    private static bool TryInner(ReadOnlySpan<double> b, int q, ReadOnlySpan<double> lambda, Span<double> inner, Span<double> scratch)
    {
        var e = scratch[..(q * q)];
        var w = scratch.Slice(q * q, q * q);
        Dense.TransposeMultiply(b, b, b.Length / q, q, q, e);
        for (var a = 0; a < q; a++)
        {
            e[(a * q) + a] += 1;
            for (var k = 0; k < q; k++)
            {
                w[(a * q) + k] = lambda[(k * q) + a];
            }
        }

        if (!Cholesky.TryFactor(e, q, out _, Cholesky.Definite))
        {
            return false;
        }

        SolveForward(e, q, w);
        Dense.TransposeMultiply(w, w, q, q, q, inner);
        return true;
    }

    /// <summary>C⁻¹M for a lower triangle C, k×k, and M of k rows, in place.</summary>
    private static void SolveForward(ReadOnlySpan<double> c, int k, Span<double> matrix)
    {
        var width = k == 0 ? 0 : matrix.Length / k;
        for (var a = 0; a < k; a++)
        {
            var row = matrix.Slice(a * width, width);
            for (var other = 0; other < a; other++)
            {
                Dense.AddScaled(-c[(a * k) + other], matrix.Slice(other * width, width), row);
            }

            SpanMath.Multiply(row, 1 / c[(a * k) + a], row);
        }
    }
}
