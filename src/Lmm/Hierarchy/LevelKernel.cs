using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Hierarchy;

/// <summary>The elimination of one group's random effects from its moments, and the reverse of that step for derivatives.</summary>
/// <remarks>
/// The moments S of the columns [z, r] of a group (own effects, then everything coarser, the fixed effects and the response) become
/// S' = S_rr − S_rz H S_zr with H = Λ(ΛᵀS_zzΛ + I)⁻¹Λᵀ: the moments of r in the metric of the marginal covariance. In terms of
/// <see cref="OwnColumns"/> that is S_rr − YYᵀ, which the parent is given apart, plus YK⁻¹Yᵀ with K = I + BBᵀ and B = LᵀΛ: this step takes
/// nothing large from anything large, however much more the effects vary than the residuals. The reverse step follows from
/// dH = (I − HS)dΨ(I − SH) − H dS H, Ψ = ΛΛᵀ.
/// </remarks>
internal static partial class LevelKernel
{
    /// <summary>So many effects a group are listed on the stack.</summary>
    private const int LargestOnStack = 256;

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

        var active = q <= LargestOnStack ? stackalloc int[q] : new int[q];
        active = active[..Determined(columns, q, active)];
        var k = active.Length;
        var b = scratch[..(k * q)];
        var c = scratch.Slice(q * q, k * k);
        var v = scratch.Slice(4 * q * q, r * k);
        var logDeterminant = Whiten(columns, q, lambda, active, b, c, v);
        if (double.IsNaN(logDeterminant) || !TryInner(b, q, lambda, inner, scratch.Slice(2 * q * q, 2 * q * q)))
        {
            inner.Clear();
            return double.NaN;
        }

        // T = YK⁻¹BΛᵀ = V(C⁻¹B)Λᵀ.
        var turned = scratch.Slice(2 * q * q, k * q);
        SolveForward(c, k, b);
        Dense.MultiplyTranspose(b, lambda, k, q, q, turned);
        Dense.Multiply(v, turned, r, k, q, gain);
        for (var i = 0; i < r; i++)
        {
            var row = v.Slice(i * k, k);
            var target = parent.Slice(i * r, i + 1);
            for (var j = 0; j < target.Length; j++)
            {
                target[j] += Dense.Dot(row, v.Slice(j * k, k));
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
    /// <param name="scratch">4q² + 2rq numbers.</param>
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

        var active = q <= LargestOnStack ? stackalloc int[q] : new int[q];
        active = active[..Determined(columns, q, active)];
        var k = active.Length;
        var j = scratch[..(k * q)];
        var c = scratch.Slice(q * q, k * k);
        var left = scratch.Slice(2 * q * q, k * k);
        var half = scratch.Slice(3 * q * q, k * q);
        var v = scratch.Slice(4 * q * q, r * k);
        var av = scratch.Slice((4 * q * q) + (r * q), r * k);
        Whiten(columns, q, lambda, active, j, c, v);

        // J = C⁻¹Lᵀ, so that LK⁻¹Lᵀ = JᵀJ and U = VJ: the derivative is Jᵀ(I − VᵀĀV)J.
        for (var s = 0; s < k; s++)
        {
            for (var a = 0; a < q; a++)
            {
                j[(s * q) + a] = a < active[s] ? 0 : columns[(a * q) + active[s]];
            }
        }

        SolveForward(c, k, j);
        Dense.Multiply(adjoint, v, r, r, k, av);
        Dense.TransposeMultiply(v, av, r, k, k, left);
        for (var s = 0; s < left.Length; s++)
        {
            left[s] = (s % (k + 1) == 0 ? 1 : 0) - left[s];
        }

        Dense.Multiply(left, j, k, k, q, half);
        for (var a = 0; a < q; a++)
        {
            for (var other = 0; other <= a; other++)
            {
                var sum = 0.0;
                for (var at = 0; at < j.Length; at += q)
                {
                    sum += j[at + a] * half[at + other];
                }

                derivative[(a * q) + other] += sum;
                if (a != other)
                {
                    derivative[(other * q) + a] += sum;
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
}
