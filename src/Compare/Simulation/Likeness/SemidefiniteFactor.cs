namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>Factors covariances that may lie on their boundary, where a variance is 0 or a correlation 1.</summary>
internal static class SemidefiniteFactor
{
    /// <summary>What is left of a variance is nothing when it is less than this part of it.</summary>
    private const double Nothing = 1e-12;

    /// <summary>L with LLᵀ the matrix: the Cholesky factor, with columns of 0 where nothing is left of a variance.</summary>
    /// <param name="matrix">n×n, symmetric.</param>
    /// <param name="n">n.</param>
    /// <returns>n×n, row-major, lower triangular.</returns>
    public static double[] Of(ReadOnlySpan<double> matrix, int n)
    {
        var lower = new double[n * n];
        for (var j = 0; j < n; j++)
        {
            var pivot = matrix[(j * n) + j];
            for (var k = 0; k < j; k++)
            {
                pivot -= lower[(j * n) + k] * lower[(j * n) + k];
            }

            if (!(pivot > Nothing * matrix[(j * n) + j]))
            {
                continue;
            }

            lower[(j * n) + j] = Math.Sqrt(pivot);
            for (var i = j + 1; i < n; i++)
            {
                var sum = matrix[(i * n) + j];
                for (var k = 0; k < j; k++)
                {
                    sum -= lower[(i * n) + k] * lower[(j * n) + k];
                }

                lower[(i * n) + j] = sum / lower[(j * n) + j];
            }
        }

        return lower;
    }
}
