using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>How adaptive nodes û + Tz move with the curvature that scales them.</summary>
/// <remarks>docs/derivations/adaptive-quadrature.md, equations 10 and 11.</remarks>
internal static class NodeMovement
{
    /// <summary>The symmetric Q that has half of the lower triangle of N = MT + I; V = TQTᵀ is the derivative by −H.</summary>
    /// <param name="moments">M = Σ p_k z_k h′(u_k)ᵀ, q×q by row.</param>
    /// <param name="transform">T, upper triangular, q×q by row.</param>
    /// <param name="q">The number of effects.</param>
    /// <param name="half">Receives Q, q×q.</param>
    public static void FillHalf(ReadOnlySpan<double> moments, ReadOnlySpan<double> transform, int q, Span<double> half)
    {
        for (var a = 0; a < q; a++)
        {
            for (var c = 0; c <= a; c++)
            {
                var sum = a == c ? 1.0 : 0.0;
                for (var b = 0; b <= c; b++)
                {
                    sum += moments[(a * q) + b] * transform[(b * q) + c];
                }

                half[(a * q) + c] = half[(c * q) + a] = 0.5 * sum;
            }
        }
    }

    /// <summary>The same in every lane.</summary>
    /// <param name="moments">M, q×q by row.</param>
    /// <param name="transform">T, upper triangular, q×q by row.</param>
    /// <param name="q">The number of effects.</param>
    /// <param name="half">Receives Q, q×q.</param>
    public static void FillHalf(
        ReadOnlySpan<Vector256<double>> moments, ReadOnlySpan<Vector256<double>> transform, int q, Span<Vector256<double>> half)
    {
        for (var a = 0; a < q; a++)
        {
            for (var c = 0; c <= a; c++)
            {
                var sum = a == c ? Vector256<double>.One : Vector256<double>.Zero;
                for (var b = 0; b <= c; b++)
                {
                    sum += moments[(a * q) + b] * transform[(b * q) + c];
                }

                half[(a * q) + c] = half[(c * q) + a] = 0.5 * sum;
            }
        }
    }

    /// <summary>V = TQTᵀ in every lane.</summary>
    /// <param name="half">Q, q×q by row.</param>
    /// <param name="transform">T, upper triangular, q×q by row.</param>
    /// <param name="q">The number of effects.</param>
    /// <param name="movement">Receives V, q×q.</param>
    public static void FillMovement(
        ReadOnlySpan<Vector256<double>> half, ReadOnlySpan<Vector256<double>> transform, int q, Span<Vector256<double>> movement)
    {
        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var sum = Vector256<double>.Zero;
                for (var c = a; c < q; c++)
                {
                    for (var d = b; d < q; d++)
                    {
                        sum += transform[(a * q) + c] * half[(c * q) + d] * transform[(b * q) + d];
                    }
                }

                movement[(a * q) + b] = movement[(b * q) + a] = sum;
            }
        }
    }
}
