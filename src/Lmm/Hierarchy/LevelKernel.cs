using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>The elimination of one group's random effects from its moments, and the reverse of that step for derivatives.</summary>
/// <remarks>
/// The moments S of the columns [z, r] of a group (own effects, then everything coarser, the fixed effects and the response) become
/// S' = S_rr − S_rz H S_zr with H = Λ(ΛᵀS_zzΛ + I)⁻¹Λᵀ: the moments of r in the metric of the marginal covariance. A group needs the
/// first q columns of S alone; S_rr goes to its parent as it is. Of symmetric matrices the lower triangles are stored. The reverse step
/// follows from dH = (I − HS)dΨ(I − SH) − H dS H, Ψ = ΛΛᵀ.
/// </remarks>
internal static class LevelKernel
{
    /// <summary>Splits moments that were summed up: the first q columns are the group's own, the others its parent's.</summary>
    /// <param name="moments">S, (q+r)×(q+r), lower triangle.</param>
    /// <param name="q">The number of own effects.</param>
    /// <param name="r">The number of the other columns.</param>
    /// <param name="plain">What is to be added to the first q columns, (q+r)×q, or nothing.</param>
    /// <param name="columns">Receives the first q columns, (q+r)×q, lower triangle.</param>
    /// <param name="parent">r×r, lower triangle; S_rr is added to it.</param>
    public static void Split(
        ReadOnlySpan<double> moments,
        int q,
        int r,
        ReadOnlySpan<double> plain,
        Span<double> columns,
        Span<double> parent)
    {
        var d = q + r;
        columns.Clear();
        plain.CopyTo(columns);
        for (var i = 0; i < d; i++)
        {
            Dense.AddScaled(1, moments.Slice(i * d, Math.Min(i + 1, q)), columns[(i * q)..]);
        }

        for (var i = 0; i < r; i++)
        {
            Dense.AddScaled(1, moments.Slice(((q + i) * d) + q, i + 1), parent[(i * r)..]);
        }
    }

    /// <summary>Eliminates a group's effects, and takes S_rz H S_zr from its parent's moments.</summary>
    /// <param name="columns">The first q columns of S, (q+r)×q, lower triangle.</param>
    /// <param name="q">The number of own effects.</param>
    /// <param name="r">The number of the other columns.</param>
    /// <param name="lambda">Λ, q×q.</param>
    /// <param name="inner">Receives H, q×q, full.</param>
    /// <param name="gain">Receives T = S_rz H, r×q.</param>
    /// <param name="parent">r×r, lower triangle, taken from.</param>
    /// <param name="scratch">2q² numbers.</param>
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

        var logDeterminant = Inner(columns, q, lambda, inner, scratch);
        Dense.Multiply(columns[(q * q)..], inner, r, q, q, gain);
        for (var i = 0; i < r; i++)
        {
            var row = columns.Slice((q + i) * q, q);
            var target = parent.Slice(i * r, i + 1);
            for (var j = 0; j < target.Length; j++)
            {
                target[j] -= Dense.Dot(row, gain[(j * q)..]);
            }
        }

        return logDeterminant;
    }

    /// <summary>Adds a group's share of the derivative by Ψ, given the derivative by its parent's moments.</summary>
    /// <param name="columns">The first q columns of S, (q+r)×q, lower triangle.</param>
    /// <param name="q">The number of own effects.</param>
    /// <param name="r">The number of the other columns.</param>
    /// <param name="inner">H of the elimination.</param>
    /// <param name="gain">T of the elimination.</param>
    /// <param name="adjoint">The derivative by S', r×r, full and symmetric.</param>
    /// <param name="derivative">q×q, full, added to: S_zz − S_zzHS_zz − UᵀĀU with U = S_rz − TS_zz.</param>
    /// <param name="scratch">2q² + 2rq numbers.</param>
    public static void AddDerivative(
        ReadOnlySpan<double> columns,
        int q,
        int r,
        ReadOnlySpan<double> inner,
        ReadOnlySpan<double> gain,
        ReadOnlySpan<double> adjoint,
        Span<double> derivative,
        Span<double> scratch)
    {
        if (q == 1)
        {
            SingleKernel.AddDerivative(columns, r, inner, gain, adjoint, derivative, scratch);
            return;
        }

        if (q == 2)
        {
            PairKernel.AddDerivative(columns, r, inner, gain, adjoint, derivative);
            return;
        }

        var zz = scratch[..(q * q)];
        var half = scratch.Slice(q * q, q * q);
        var u = scratch.Slice(2 * q * q, r * q);
        var au = scratch.Slice((2 * q * q) + (r * q), r * q);
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                zz[(a * q) + b] = columns[(a * q) + b];
                zz[(b * q) + a] = columns[(a * q) + b];
            }
        }

        Dense.Multiply(gain, zz, r, q, q, u);
        SpanMath.Subtract(columns.Slice(q * q, u.Length), u, u);
        Dense.Multiply(adjoint, u, r, r, q, au);
        Dense.Multiply(inner, zz, q, q, q, half);
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var sum = zz[(a * q) + b];
                for (var j = 0; j < r; j++)
                {
                    sum -= u[(j * q) + a] * au[(j * q) + b];
                }

                for (var c = 0; c < q; c++)
                {
                    sum -= zz[(a * q) + c] * half[(c * q) + b];
                }

                derivative[(a * q) + b] += sum;
                if (a != b)
                {
                    derivative[(b * q) + a] += sum;
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

    private static double Inner(
        ReadOnlySpan<double> columns,
        int q,
        ReadOnlySpan<double> lambda,
        Span<double> inner,
        Span<double> scratch)
    {
        var product = scratch[..(q * q)];
        var k = scratch.Slice(q * q, q * q);
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b < q; b++)
            {
                var sum = 0.0;
                for (var c = b; c < q; c++)
                {
                    sum += (c <= a ? columns[(a * q) + c] : columns[(c * q) + a]) * lambda[(c * q) + b];
                }

                product[(a * q) + b] = sum;
            }
        }

        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var sum = a == b ? 1.0 : 0.0;
                for (var c = a; c < q; c++)
                {
                    sum += lambda[(c * q) + a] * product[(c * q) + b];
                }

                k[(a * q) + b] = sum;
            }
        }

        if (!Cholesky.TryFactor(k, q, out _, Cholesky.Definite))
        {
            inner.Clear();
            return double.NaN;
        }

        var logDeterminant = Cholesky.LogDeterminant(k, q);

        // W = L⁻¹Λᵀ by forward substitution, column by column; H = WᵀW.
        var w = product;
        for (var b = 0; b < q; b++)
        {
            for (var a = 0; a < q; a++)
            {
                var sum = lambda[(b * q) + a];
                for (var c = 0; c < a; c++)
                {
                    sum -= k[(a * q) + c] * w[(c * q) + b];
                }

                w[(a * q) + b] = sum / k[(a * q) + a];
            }
        }

        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var sum = 0.0;
                for (var c = 0; c < q; c++)
                {
                    sum += w[(c * q) + a] * w[(c * q) + b];
                }

                inner[(a * q) + b] = sum;
                inner[(b * q) + a] = sum;
            }
        }

        return logDeterminant;
    }
}
