using MarginalConditional.Statistics.LinearAlgebra;


namespace MarginalConditional.Gee.Correlation;

/// <summary>The smallest eigenvalue of a symmetric matrix, with its vector, by inverse iteration from below.</summary>
/// <remarks>
/// A shift for which A − σI is still positive definite is below the smallest eigenvalue, and every Rayleigh quotient is above it: the two
/// close in on it, so the result is known to the tolerance even where eigenvalues are close together.
/// </remarks>
internal static class SmallestEigenpair
{
    private const int Rounds = 200;

    /// <summary>Finds it, to a tolerance of 1e-9.</summary>
    /// <param name="matrix">A, of order n.</param>
    /// <param name="vector">Receives the vector of length 1, n values.</param>
    public static double Find(IShiftedMatrix matrix, Span<double> vector)
    {
        const double Tolerance = 1e-9;
        var product = new double[vector.Length];
        for (var i = 0; i < vector.Length; i++)
        {
            // No particular direction: not orthogonal to the vector that is looked for.
            vector[i] = 1 + (0.5 * Math.Sin(1 + (1.7 * i * i)));
        }

        // Just below the bound, which may be the eigenvalue itself.
        var low = matrix.LowerBound - (0.4 * Tolerance);
        var value = double.PositiveInfinity;
        var shift = low - 1e-3;
        for (var round = 0; round < Rounds; round++)
        {
            if (!matrix.TryShift(shift))
            {
                shift = 0.5 * (low + shift);
                continue;
            }

            low = Math.Max(low, shift);
            matrix.Solve(vector);
            SpanMath.Divide(vector, SpanMath.Norm(vector), vector);
            matrix.Multiply(vector, product);
            value = SpanMath.Dot(vector, product);
            if (value - low < Tolerance)
            {
                break;
            }

            SpanMath.MultiplyAdd(vector, -value, product, product);
            var residual = SpanMath.Norm(product);
            shift = Math.Max(value - Math.Max(2 * residual, 0.5 * Tolerance), 0.5 * (low + value));
        }

        return value;
    }
}
