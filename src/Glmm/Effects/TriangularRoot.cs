namespace MarginalConditional.Glmm.Effects;

/// <summary>Upper triangular roots of a posterior covariance, q×q by row.</summary>
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

    /// <summary>R with RRᵀ = C, factored from the last row backwards.</summary>
    /// <param name="covariance">C, positive definite.</param>
    /// <param name="q">The order.</param>
    /// <param name="root">Receives R.</param>
    public static void OfCovariance(ReadOnlySpan<double> covariance, int q, Span<double> root)
    {
        root.Clear();
        for (var k = q - 1; k >= 0; k--)
        {
            for (var i = k; i >= 0; i--)
            {
                var sum = covariance[(i * q) + k];
                for (var l = k + 1; l < q; l++)
                {
                    sum -= root[(i * q) + l] * root[(k * q) + l];
                }

                root[(i * q) + k] = i == k ? Math.Sqrt(sum) : sum / root[(k * q) + k];
            }
        }
    }
}
