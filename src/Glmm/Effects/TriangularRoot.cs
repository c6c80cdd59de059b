using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Effects;

/// <summary>What the Cholesky factor of a posterior precision gives: the upper triangular root of the covariance, and solutions.</summary>
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

    /// <summary>H⁻¹C, column by column.</summary>
    /// <param name="factor">L, the Cholesky factor of H; its lower triangle is read.</param>
    /// <param name="q">The order of H.</param>
    /// <param name="coupling">C, q×columns by row.</param>
    /// <param name="columns">The columns of C.</param>
    /// <param name="solved">Receives q×columns numbers by row.</param>
    public static void SolveColumns(ReadOnlySpan<double> factor, int q, ReadOnlySpan<double> coupling, int columns, Span<double> solved)
    {
        Span<double> column = stackalloc double[q];
        for (var c = 0; c < columns; c++)
        {
            for (var a = 0; a < q; a++)
            {
                column[a] = coupling[(a * columns) + c];
            }

            Cholesky.Solve(factor, q, column);
            for (var a = 0; a < q; a++)
            {
                solved[(a * columns) + c] = column[a];
            }
        }
    }
}
