namespace MarginalConditional.Glmm.Effects;

/// <summary>The upper triangular root of a posterior covariance, q×q by row.</summary>
internal static class TriangularRoot
{
    /// <summary>T = L⁻ᵀ, so that TTᵀ = H⁻¹.</summary>
    /// <param name="factor">L, the Cholesky factor of H; its lower triangle is read.</param>
    /// <param name="q">The order.</param>
    /// <param name="root">Receives T.</param>
    public static void OfFactor(ReadOnlySpan<double> factor, int q, Span<double> root)
    {
        root.Clear();
        for (var d = 0; d < q; d++)
        {
            // Column d of L⁻ᵀ.
            for (var b = d; b >= 0; b--)
            {
                var sum = b == d ? 1.0 : 0.0;
                for (var c = b + 1; c <= d; c++)
                {
                    sum -= factor[(c * q) + b] * root[(c * q) + d];
                }

                root[(b * q) + d] = sum / factor[(b * q) + b];
            }
        }
    }
}
