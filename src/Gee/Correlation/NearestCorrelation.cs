using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Correlation;

/// <summary>The correlation matrix nearest to a symmetric one in the Frobenius norm, with eigenvalues bounded away from 0.</summary>
/// <remarks>
/// <para>
/// It is Z + floor·I, and Z is the positive part of G − floor·I + diag(y) for the y that makes its diagonal 1 − floor: the dual problem of
/// Qi and Sun (2006), which a Newton method solves in some eight decompositions.
/// </para>
/// <para>With A = UᵀΛU the derivative of the diagonal of its positive part in the direction h is the diagonal of
/// Uᵀ(W ∘ U diag(h) Uᵀ)U, W the divided differences of λ₊ (their equation 13).</para>
/// </remarks>
internal sealed class NearestCorrelation
{
    private const int MostSteps = 60;
    private const double Tolerance = 1e-12;

    private readonly int n;
    private readonly double wanted;
    private readonly double[] shifted;
    private readonly double[] values;
    private readonly double[] vectors;
    private readonly double[] positive;
    private readonly double[] gradient;
    private readonly double[] square;
    private readonly double[] product;

    private NearestCorrelation(int n, double floor, ReadOnlySpan<double> matrix)
    {
        this.n = n;
        wanted = 1 - floor;
        shifted = matrix.ToArray();
        for (var i = 0; i < n; i++)
        {
            shifted[i * (n + 1)] = wanted;
        }

        (values, gradient) = (new double[n], new double[n]);
        (vectors, positive, square, product) = (new double[n * n], new double[n * n], new double[n * n], new double[n * n]);
    }

    /// <summary>Replaces the matrix.</summary>
    /// <param name="n">The order.</param>
    /// <param name="floor">The smallest eigenvalue allowed, below 1.</param>
    /// <param name="matrix">n×n, symmetric with unit diagonal; replaced.</param>
    public static void Replace(int n, double floor, double[] matrix)
    {
        var search = new NearestCorrelation(n, floor, matrix);
        search.Solve();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                // The diagonal is 1 − floor but for what the last step has left.
                var scale = Math.Sqrt(search.positive[i * (n + 1)] * search.positive[j * (n + 1)]);
                matrix[(i * n) + j] = i == j ? 1 : scale == 0 ? 0 : search.wanted * search.positive[(i * n) + j] / scale;
            }
        }
    }

    private void Solve()
    {
        var (y, step, trial) = (new double[n], new double[n], new double[n]);
        var tolerance = Tolerance * Math.Max(1, SpanMath.MaxMagnitude(shifted));
        var objective = Evaluate(y);
        for (var k = 0; k < MostSteps && SpanMath.MaxMagnitude(gradient) > tolerance; k++)
        {
            Direction(step);
            var (slope, length) = (Dense.Dot(gradient, step), 1.0);
            var error = SpanMath.Norm(gradient);
            while (true)
            {
                SpanMath.MultiplyAdd(step, length, y, trial);
                var next = Evaluate(trial);

                // Close to the end the objective no longer tells two points apart, and the gradient does.
                if (next <= objective + (1e-4 * length * slope) || SpanMath.Norm(gradient) < 0.5 * error || length < 1e-10)
                {
                    trial.CopyTo(y, 0);
                    objective = next;
                    break;
                }

                length /= 2;
            }
        }
    }

    /// <summary>½|A₊|² − (1 − floor)Σy with A = G − floor·I + diag(y); leaves A₊, the decomposition of A and the gradient.</summary>
    private double Evaluate(ReadOnlySpan<double> y)
    {
        shifted.CopyTo(square, 0);
        for (var i = 0; i < n; i++)
        {
            square[i * (n + 1)] += y[i];
        }

        SymmetricEigen.Decompose(square, n, values, vectors);
        var above = values.Select(value => Math.Max(value, 0)).ToArray();
        SymmetricEigen.Compose(above, vectors, n, positive);
        for (var i = 0; i < n; i++)
        {
            gradient[i] = positive[i * (n + 1)] - wanted;
        }

        return (0.5 * Dense.Dot(above, above)) - (wanted * SpanMath.Sum(y));
    }

    /// <summary>Newton's step by conjugate gradients, to a precision that grows with that of the gradient.</summary>
    private void Direction(Span<double> step)
    {
        var norm = SpanMath.Norm(gradient);
        var ridge = Math.Min(1e-3, 0.1 * norm);
        double[] residual = [.. gradient.Select(value => -value)];
        double[] direction = [.. residual];
        var image = new double[n];
        step.Clear();
        var squared = Dense.Dot(residual, residual);
        for (var k = 0; k < 2 * n && Math.Sqrt(squared) > Math.Min(0.1, norm) * norm; k++)
        {
            Curve(direction, image);
            Dense.AddScaled(ridge, direction, image);
            var length = squared / Dense.Dot(direction, image);
            Dense.AddScaled(length, direction, step);
            Dense.AddScaled(-length, image, residual);
            var next = Dense.Dot(residual, residual);
            SpanMath.MultiplyAdd(direction, next / squared, residual, direction);
            squared = next;
        }
    }

    /// <summary>The derivative of the diagonal of A₊ in a direction.</summary>
    private void Curve(ReadOnlySpan<double> direction, Span<double> image)
    {
        for (var k = 0; k < n; k++)
        {
            SpanMath.Multiply(vectors.AsSpan(k * n, n), direction, product.AsSpan(k * n, n));
        }

        Dense.MultiplyTranspose(product, vectors, n, n, n, square);
        for (var k = 0; k < n; k++)
        {
            for (var l = 0; l < n; l++)
            {
                square[(k * n) + l] *= DividedDifference(values[k], values[l]);
            }
        }

        Dense.Multiply(square, vectors, n, n, n, product);
        image.Clear();
        for (var k = 0; k < n; k++)
        {
            SpanMath.MultiplyAdd(vectors.AsSpan(k * n, n), product.AsSpan(k * n, n), image, image);
        }
    }

    private static double DividedDifference(double one, double other) =>
        one > 0 && other > 0 ? 1
        : one <= 0 && other <= 0 ? 0
        : Math.Max(one, other) / Math.Abs(one - other);
}
