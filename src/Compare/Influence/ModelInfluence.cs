using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Influence;

/// <summary>
/// The covariance that a model itself gives its estimates, written as influences, so that functions of them are treated as everywhere else.
/// </summary>
/// <remarks>
/// With V = LLᵀ and Q of m orthonormal columns of R rows that sum to 0 (Helmert's contrasts), φ = √((R − 1)/R)·QLᵀ has R/(R − 1)·Σφφᵀ = V.
/// The rows are no clusters: nothing else is compared with them row by row.
/// </remarks>
internal static class ModelInfluence
{
    /// <summary>The influences, R×m with R at least m + 1.</summary>
    /// <param name="covariance">V, m×m, row-major, positive semidefinite: parameters on a boundary have rows of 0.</param>
    /// <param name="parameters">m.</param>
    /// <param name="rows">The fewest rows wanted.</param>
    public static ClusterInfluence Of(ReadOnlySpan<double> covariance, int parameters, int rows)
    {
        var m = parameters;
        var count = Math.Max(rows, m + 1);
        if (covariance.IsEmpty)
        {
            var unknown = new double[count * m];
            Array.Fill(unknown, double.NaN);
            return new ClusterInfluence(count, unknown);
        }

        var factor = Factor(covariance, m);
        var share = Math.Sqrt((count - 1.0) / count);
        var values = new double[count * m];
        for (var k = 0; k < m; k++)
        {
            // Helmert's contrast k: the first k + 1 rows against row k + 1.
            var each = share / Math.Sqrt((k + 1.0) * (k + 2));
            for (var r = 0; r <= k + 1; r++)
            {
                var weight = r <= k ? each : -each * (k + 1);
                for (var j = k; j < m; j++)
                {
                    values[(r * m) + j] += weight * factor[(j * m) + k];
                }
            }
        }

        return new ClusterInfluence(count, values);
    }

    /// <summary>L, lower triangular, m×m, row-major; columns of pivots that are 0 up to rounding are 0.</summary>
    private static double[] Factor(ReadOnlySpan<double> covariance, int m)
    {
        const double Rounding = 1e-14;
        var factor = new double[m * m];
        for (var j = 0; j < m; j++)
        {
            var pivot = covariance[(j * m) + j] - Dense.Dot(factor.AsSpan(j * m, j), factor.AsSpan(j * m, j));
            if (pivot <= Rounding * Math.Abs(covariance[(j * m) + j]))
            {
                continue;
            }

            var root = Math.Sqrt(pivot);
            factor[(j * m) + j] = root;
            for (var i = j + 1; i < m; i++)
            {
                factor[(i * m) + j] =
                    (covariance[(i * m) + j] - Dense.Dot(factor.AsSpan(i * m, j), factor.AsSpan(j * m, j))) / root;
            }
        }

        return factor;
    }
}
