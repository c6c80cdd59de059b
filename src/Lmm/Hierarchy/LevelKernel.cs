using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>The elimination of one group's random effects from its moments, and the reverse of that step for derivatives.</summary>
/// <remarks>
/// The moments S of the columns [z, r] of a group (own effects, then everything coarser, the fixed effects and the response) become
/// S' = S_rr − S_rz H S_zr with H = Λ(ΛᵀS_zzΛ + I)⁻¹Λᵀ: the moments of r in the metric of the marginal covariance. In terms of
/// <see cref="OwnColumns"/> that is S_rr − YYᵀ, which the parent has already, plus YK⁻¹Yᵀ with K = I + BBᵀ and B = LᵀΛ: nothing large is
/// taken from anything large, however much more the effects vary than the residuals. The reverse step follows from
/// dH = (I − HS)dΨ(I − SH) − H dS H, Ψ = ΛΛᵀ.
/// </remarks>
internal static class LevelKernel
{
    /// <summary>Eliminates a group's effects, and adds what is left of what they explain to its parent's moments.</summary>
    /// <param name="columns">L above Y, (q+r)×q.</param>
    /// <param name="q">The number of own effects.</param>
    /// <param name="r">The number of the other columns.</param>
    /// <param name="lambda">Λ, q×q.</param>
    /// <param name="inner">Receives H, q×q, full.</param>
    /// <param name="gain">Receives T = S_rz H, r×q.</param>
    /// <param name="parent">r×r, lower triangle; YK⁻¹Yᵀ is added to it.</param>
    /// <param name="scratch">4q² + rq numbers.</param>
    /// <returns>log|ΛᵀS_zzΛ + I|.</returns>
    public static double Eliminate(
        ReadOnlySpan<double> columns,
        int q,
        int r,
        ReadOnlySpan<double> lambda,
        Span<double> inner,
        Span<double> gain,
        Span<double> parent,
        Span<double> scratch)
    {
        if (q == 1)
        {
            return SingleKernel.Eliminate(columns, r, lambda, inner, gain, parent);
        }

        if (q == 2)
        {
            return PairKernel.Eliminate(columns, r, lambda, inner, gain, parent);
        }

        var b = scratch[..(q * q)];
        var c = scratch.Slice(q * q, q * q);
        var turned = scratch.Slice(2 * q * q, q * q);
        var v = scratch.Slice(4 * q * q, r * q);
        var logDeterminant = Whiten(columns, q, lambda, b, c, v);
        if (double.IsNaN(logDeterminant) || !TryInner(b, q, lambda, inner, scratch.Slice(2 * q * q, 2 * q * q)))
        {
            inner.Clear();
            return double.NaN;
        }

        // T = YK⁻¹BΛᵀ = V(C⁻¹B)Λᵀ.
        SolveForward(c, q, b);
        Dense.MultiplyTranspose(b, lambda, q, q, q, turned);
        Dense.Multiply(v, turned, r, q, q, gain);
        for (var i = 0; i < r; i++)
        {
            var row = v.Slice(i * q, q);
            var target = parent.Slice(i * r, i + 1);
            for (var j = 0; j < target.Length; j++)
            {
                target[j] += Dense.Dot(row, v.Slice(j * q, q));
            }
        }

        return logDeterminant;
    }

    /// <summary>Adds a group's share of the derivative by Ψ, given the derivative by its parent's moments.</summary>
    /// <param name="columns">L above Y, (q+r)×q.</param>
    /// <param name="q">The number of own effects.</param>
    /// <param name="r">The number of the other columns.</param>
    /// <param name="lambda">Λ, q×q, as in the elimination.</param>
    /// <param name="adjoint">The derivative by S', r×r, full and symmetric.</param>
    /// <param name="derivative">q×q, full, added to: LK⁻¹Lᵀ − UᵀĀU with U = YK⁻¹Lᵀ.</param>
    /// <param name="scratch">4q² + 3rq numbers.</param>
    public static void AddDerivative(
        ReadOnlySpan<double> columns,
        int q,
        int r,
        ReadOnlySpan<double> lambda,
        ReadOnlySpan<double> adjoint,
        Span<double> derivative,
        Span<double> scratch)
    {
        if (q == 1)
        {
            SingleKernel.AddDerivative(columns, r, lambda, adjoint, derivative);
            return;
        }

        if (q == 2)
        {
            PairKernel.AddDerivative(columns, r, lambda, adjoint, derivative);
            return;
        }

        var j = scratch[..(q * q)];
        var c = scratch.Slice(q * q, q * q);
        var v = scratch.Slice(4 * q * q, r * q);
        var u = scratch.Slice((4 * q * q) + (r * q), r * q);
        var au = scratch.Slice((4 * q * q) + (2 * r * q), r * q);
        Whiten(columns, q, lambda, j, c, v);

        // J = C⁻¹Lᵀ, so that LK⁻¹Lᵀ = JᵀJ and U = VJ.
        for (var a = 0; a < q; a++)
        {
            for (var k = 0; k < q; k++)
            {
                j[(a * q) + k] = k < a ? 0 : columns[(k * q) + a];
            }
        }

        SolveForward(c, q, j);
        Dense.Multiply(v, j, r, q, q, u);
        Dense.Multiply(adjoint, u, r, r, q, au);
        for (var a = 0; a < q; a++)
        {
            for (var k = 0; k <= a; k++)
            {
                var sum = 0.0;
                for (var i = 0; i < q; i++)
                {
                    sum += j[(i * q) + a] * j[(i * q) + k];
                }

                for (var i = 0; i < r; i++)
                {
                    sum -= u[(i * q) + a] * au[(i * q) + k];
                }

                derivative[(a * q) + k] += sum;
                if (a != k)
                {
                    derivative[(k * q) + a] += sum;
                }
            }
        }
    }

    /// <summary>The derivative by a group's own moments S from that by its parent's: [TᵀĀT + H, −TᵀĀ; −ĀT, Ā].</summary>
    /// <param name="q">The number of own effects.</param>
    /// <param name="r">The number of the other columns.</param>
    /// <param name="inner">H of the elimination.</param>
    /// <param name="gain">T of the elimination.</param>
    /// <param name="adjoint">The derivative by S', r×r, full.</param>
    /// <param name="result">(q+r)×(q+r), full.</param>
    /// <param name="scratch">rq numbers.</param>
    public static void Descend(
        int q,
        int r,
        ReadOnlySpan<double> inner,
        ReadOnlySpan<double> gain,
        ReadOnlySpan<double> adjoint,
        Span<double> result,
        Span<double> scratch)
    {
        if (q == 1)
        {
            SingleKernel.Descend(r, inner, gain, adjoint, result);
            return;
        }

        var d = q + r;
        var at = scratch[..(r * q)];
        Dense.Multiply(adjoint, gain, r, r, q, at);
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b < q; b++)
            {
                var sum = inner[(a * q) + b];
                for (var j = 0; j < r; j++)
                {
                    sum += gain[(j * q) + a] * at[(j * q) + b];
                }

                result[(a * d) + b] = sum;
            }
        }

        for (var i = 0; i < r; i++)
        {
            for (var a = 0; a < q; a++)
            {
                result[((q + i) * d) + a] = -at[(i * q) + a];
                result[(a * d) + q + i] = -at[(i * q) + a];
            }

            adjoint.Slice(i * r, r).CopyTo(result.Slice(((q + i) * d) + q, r));
        }
    }

    /// <summary>B, the Cholesky factor C of K = I + BBᵀ, and V = YC⁻ᵀ.</summary>
    /// <returns>log|K|; not a number where K is not positive definite.</returns>
    private static double Whiten(
        ReadOnlySpan<double> columns,
        int q,
        ReadOnlySpan<double> lambda,
        Span<double> b,
        Span<double> c,
        Span<double> v)
    {
        for (var a = 0; a < q; a++)
        {
            for (var k = 0; k < q; k++)
            {
                var sum = 0.0;
                for (var i = Math.Max(a, k); i < q; i++)
                {
                    sum += columns[(i * q) + a] * lambda[(i * q) + k];
                }

                b[(a * q) + k] = sum;
            }
        }

        for (var a = 0; a < q; a++)
        {
            for (var k = 0; k <= a; k++)
            {
                c[(a * q) + k] = Dense.Dot(b.Slice(a * q, q), b.Slice(k * q, q)) + (a == k ? 1 : 0);
            }
        }

        if (!Cholesky.TryFactor(c, q, out _, Cholesky.Definite))
        {
            return double.NaN;
        }

        for (var i = 0; i < v.Length; i += q)
        {
            var own = columns.Slice((q * q) + i, q);
            var target = v.Slice(i, q);
            for (var a = 0; a < q; a++)
            {
                target[a] = (own[a] - Dense.Dot(target[..a], c.Slice(a * q, a))) / c[(a * q) + a];
            }
        }

        return Cholesky.LogDeterminant(c, q);
    }

    /// <summary>H = Λ(I + BᵀB)⁻¹Λᵀ.</summary>
    private static bool TryInner(ReadOnlySpan<double> b, int q, ReadOnlySpan<double> lambda, Span<double> inner, Span<double> scratch)
    {
        var e = scratch[..(q * q)];
        var w = scratch.Slice(q * q, q * q);
        Dense.TransposeMultiply(b, b, q, q, q, e);
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

    /// <summary>C⁻¹M for a lower triangle C and a square M, in place.</summary>
    private static void SolveForward(ReadOnlySpan<double> c, int q, Span<double> matrix)
    {
        for (var a = 0; a < q; a++)
        {
            var row = matrix.Slice(a * q, q);
            for (var k = 0; k < a; k++)
            {
                Dense.AddScaled(-c[(a * q) + k], matrix.Slice(k * q, q), row);
            }

            SpanMath.Multiply(row, 1 / c[(a * q) + a], row);
        }
    }
}
