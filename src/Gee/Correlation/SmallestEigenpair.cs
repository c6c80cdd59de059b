using System.Numerics.Tensors;

namespace MarginalConditional.Gee.Correlation;

/// <summary>The smallest eigenvalue of a symmetric banded matrix, with its vector, by inverse iteration from below.</summary>
/// <remarks>
/// A shift for which A − σI still has a Cholesky factor is below the smallest eigenvalue, and every Rayleigh quotient is above it: the two close
/// in on it, so the result is known to the tolerance even where eigenvalues are close together.
/// </remarks>
internal static class SmallestEigenpair
{
    private const int Rounds = 200;

    /// <summary>Finds it, to a tolerance of 1e-9.</summary>
    /// <param name="matrix">A as in <see cref="BandedCholesky"/>, n(w + 1).</param>
    /// <param name="n">The order.</param>
    /// <param name="w">The width of the band beside the diagonal.</param>
    /// <param name="vector">Receives the vector of length 1, n values.</param>
    public static double Find(ReadOnlySpan<double> matrix, int n, int w, Span<double> vector)
    {
        const double Tolerance = 1e-9;
        var factor = new double[matrix.Length];
        var product = new double[n];
        for (var i = 0; i < n; i++)
        {
            // No particular direction: not orthogonal to the vector that is looked for.
            vector[i] = 1 + (0.5 * Math.Sin(1 + (1.7 * i * i)));
        }

        // Just below Gershgorin's bound, which may be the eigenvalue itself.
        var low = LowerBound(matrix, n, w) - (0.4 * Tolerance);
        var value = double.PositiveInfinity;
        var shift = low - 1e-3;
        for (var round = 0; round < Rounds; round++)
        {
            if (!TryShift(matrix, n, w, shift, factor))
            {
                shift = 0.5 * (low + shift);
                continue;
            }

            low = Math.Max(low, shift);
            BandedCholesky.SolveLower(factor, n, w, vector);
            BandedCholesky.SolveLowerTransposed(factor, n, w, vector);
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<double>(vector), vector);
            BandedCholesky.Multiply(matrix, n, w, vector, product);
            value = TensorPrimitives.Dot<double>(vector, product);
            if (value - low < Tolerance)
            {
                break;
            }

            TensorPrimitives.MultiplyAdd(vector, -value, product, product);
            var residual = TensorPrimitives.Norm<double>(product);
            shift = Math.Max(value - Math.Max(2 * residual, 0.5 * Tolerance), 0.5 * (low + value));
        }

        return value;
    }

    private static bool TryShift(ReadOnlySpan<double> matrix, int n, int w, double shift, double[] factor)
    {
        matrix.CopyTo(factor);
        for (var i = 0; i < n; i++)
        {
            factor[(i * (w + 1)) + w] -= shift;
        }

        return BandedCholesky.TryFactor(factor, n, w, tolerance: 0);
    }

    // Gershgorin's circles.
    private static double LowerBound(ReadOnlySpan<double> matrix, int n, int w)
    {
        var radius = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var k = Math.Max(0, i - w); k < i; k++)
            {
                var size = Math.Abs(matrix[(i * (w + 1)) + k - i + w]);
                radius[i] += size;
                radius[k] += size;
            }
        }

        var bound = double.PositiveInfinity;
        for (var i = 0; i < n; i++)
        {
            bound = Math.Min(bound, matrix[(i * (w + 1)) + w] - radius[i]);
        }

        return bound;
    }
}
