using System.Runtime.InteropServices;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Simulation.Marginal;

/// <summary>The correlations of one cluster's rows, and their Cholesky factor.</summary>
internal static class CorrelationMatrix
{
    /// <summary>The most rows of a cluster whose correlations are a full matrix.</summary>
    public const int LargestSize = 2_000;

    /// <summary>n×n, column-major, ones on the diagonal.</summary>
    public static double[] Fill(CorrelationStructure structure, ReadOnlySpan<int> periods)
    {
        var n = periods.Length;
        var matrix = new double[n * n];
        for (var j = 0; j < n; j++)
        {
            matrix[(j * n) + j] = 1;
            for (var i = j + 1; i < n; i++)
            {
                var value = structure.Between(i, j, periods[i], periods[j]);
                matrix[(j * n) + i] = value;
                matrix[(i * n) + j] = value;
            }
        }

        return matrix;
    }

    /// <summary>Factors a copy.</summary>
    /// <returns>The lower factor, or null when the matrix is not positive definite.</returns>
    public static double[]? Factor(ReadOnlySpan<double> matrix, int n)
    {
        var factor = matrix.ToArray();
        return Cholesky.TryFactor(factor, n, out _) ? factor : null;
    }

    /// <summary>The smallest eigenvalue: negative when no variables have these correlations.</summary>
    public static double SmallestEigenvalue(ReadOnlySpan<double> matrix, int n)
    {
        var values = new double[n];
        SymmetricEigen.Decompose(matrix.ToArray(), n, values, new double[n * n]);
        return MemoryMarshal.ToEnumerable<double>(values).Min();
    }

    /// <summary>The largest share of a structure's correlations that passes a test, to four digits.</summary>
    public static double LargestShare(Func<double, bool> admits)
    {
        var (low, high) = (0.0, 1.0);
        while (high - low > 1e-6)
        {
            var middle = (low + high) / 2;
            (low, high) = admits(middle) ? (middle, high) : (low, middle);
        }

        return low;
    }
}
