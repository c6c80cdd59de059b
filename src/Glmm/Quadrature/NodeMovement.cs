namespace MarginalConditional.Glmm.Quadrature;

/// <summary>How adaptive nodes û + Tz move with the curvature that scales them.</summary>
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
}
