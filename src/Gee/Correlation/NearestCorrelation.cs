using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Correlation;

/// <summary>The correlation matrix nearest to a symmetric one in the Frobenius norm, with eigenvalues bounded away from 0.</summary>
/// <remarks>
/// Alternating projections with Dykstra's correction (Higham 2002): onto the
/// matrices with eigenvalues of at least the floor, and onto the unit diagonal.
/// </remarks>
internal static class NearestCorrelation
{
    private const int Iterations = 1000;

    /// <summary>Replaces the matrix.</summary>
    /// <param name="n">The order.</param>
    /// <param name="floor">The smallest eigenvalue allowed.</param>
    /// <param name="matrix">n×n, symmetric with unit diagonal; replaced.</param>
    public static void Replace(int n, double floor, double[] matrix)
    {
        var correction = new double[matrix.Length];
        var work = new double[matrix.Length];
        var projected = new double[matrix.Length];
        var vectors = new double[matrix.Length];
        var values = new double[n];
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            for (var i = 0; i < work.Length; i++)
            {
                work[i] = matrix[i] - correction[i];
                projected[i] = work[i];
            }

            SymmetricEigen.Decompose(projected, n, values, vectors);
            for (var i = 0; i < n; i++)
            {
                values[i] = Math.Max(values[i], floor);
            }

            SymmetricEigen.Compose(values, vectors, n, projected);
            var change = 0.0;
            for (var i = 0; i < work.Length; i++)
            {
                correction[i] = projected[i] - work[i];
                projected[i] = i / n == i % n ? 1 : projected[i];
                change = Math.Max(change, Math.Abs(projected[i] - matrix[i]));
                matrix[i] = projected[i];
            }

            if (change < 1e-10)
            {
                break;
            }
        }

        ShrinkUntilPositive(n, matrix);
    }

    /// <summary>The projections meet only in the limit: the last step towards the interior is a tiny shrinkage to the identity.</summary>
    private static void ShrinkUntilPositive(int n, double[] matrix)
    {
        var copy = new double[matrix.Length];
        for (var shrink = 1e-9; shrink < 1; shrink *= 4)
        {
            matrix.CopyTo(copy, 0);
            if (Cholesky.TryFactor(copy, n, out _, tolerance: 1e-9))
            {
                return;
            }

            for (var i = 0; i < matrix.Length; i++)
            {
                matrix[i] *= i / n == i % n ? 1 : 1 - shrink;
            }
        }
    }
}
