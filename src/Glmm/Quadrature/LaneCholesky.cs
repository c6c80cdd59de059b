using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Quadrature;

/// <summary>Cholesky factors of q×q matrices by row, one matrix in each lane.</summary>
internal static class LaneCholesky
{
    /// <summary>As for one matrix: a pivot below this share of its diagonal counts as zero.</summary>
    private const double Tolerance = 1e-14;

    /// <summary>Factors H + shift·I, the shift raised in every lane until the matrix there is positive definite; 0 where H is so.</summary>
    /// <remarks>Only densities that are not log-concave can make H indefinite, away from the mode.</remarks>
    /// <param name="matrix">H; its lower triangle is read.</param>
    /// <param name="q">The order.</param>
    /// <param name="factor">Receives L in the lower triangle.</param>
    public static void Factor(ReadOnlySpan<Vector256<double>> matrix, int q, Span<Vector256<double>> factor)
    {
        var shift = Vector256<double>.Zero;
        for (var attempt = 0; attempt < 500; attempt++)
        {
            var failed = FactorShifted(matrix, shift, q, factor);
            if (Vector256.NoneWhereAllBitsSet(failed))
            {
                return;
            }

            var raised = Vector256.Max(shift * 4, Vector256<double>.One);
            shift = Vector256.ConditionalSelect(failed, raised, shift);
        }
    }

    /// <summary>Replaces b by H⁻¹b.</summary>
    public static void Solve(ReadOnlySpan<Vector256<double>> factor, int q, Span<Vector256<double>> vector)
    {
        for (var i = 0; i < q; i++)
        {
            var sum = vector[i];
            for (var k = 0; k < i; k++)
            {
                sum -= factor[(i * q) + k] * vector[k];
            }

            vector[i] = sum / factor[(i * q) + i];
        }

        for (var i = q - 1; i >= 0; i--)
        {
            var sum = vector[i];
            for (var k = i + 1; k < q; k++)
            {
                sum -= factor[(k * q) + i] * vector[k];
            }

            vector[i] = sum / factor[(i * q) + i];
        }
    }

    /// <summary>The upper triangular T = L⁻ᵀ, so that TTᵀ = H⁻¹.</summary>
    public static void Root(ReadOnlySpan<Vector256<double>> factor, int q, Span<Vector256<double>> root)
    {
        root.Clear();
        for (var d = 0; d < q; d++)
        {
            for (var b = d; b >= 0; b--)
            {
                var sum = b == d ? Vector256<double>.One : Vector256<double>.Zero;
                for (var c = b + 1; c <= d; c++)
                {
                    sum -= factor[(c * q) + b] * root[(c * q) + d];
                }

                root[(b * q) + d] = sum / factor[(b * q) + b];
            }
        }
    }

    /// <summary>Returns a mask of the lanes whose matrix is not positive definite.</summary>
    private static Vector256<double> FactorShifted(
        ReadOnlySpan<Vector256<double>> matrix, Vector256<double> shift, int q, Span<Vector256<double>> factor)
    {
        var failed = Vector256<double>.Zero;
        for (var j = 0; j < q; j++)
        {
            var diagonal = matrix[(j * q) + j] + shift;
            var pivot = diagonal;
            for (var k = 0; k < j; k++)
            {
                pivot -= factor[(j * q) + k] * factor[(j * q) + k];
            }

            var sound = Vector256.GreaterThan(pivot, diagonal * Tolerance) & Vector256.GreaterThan(pivot, Vector256<double>.Zero);
            failed |= ~sound;
            var root = Vector256.Sqrt(Vector256.ConditionalSelect(sound, pivot, Vector256<double>.One));
            factor[(j * q) + j] = root;
            var inverse = Vector256<double>.One / root;
            for (var i = j + 1; i < q; i++)
            {
                var sum = matrix[(i * q) + j];
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[(i * q) + k] * factor[(j * q) + k];
                }

                factor[(i * q) + j] = sum * inverse;
            }
        }

        return failed;
    }
}
