namespace MarginalConditional.Gee.Correlation;

/// <summary>Fits α^lag to sums of products by weighted least squares: min Σ W_l (S_l/(φ W_l) − α^l)², l = 1, 2, ….</summary>
internal static class PowerLeastSquares
{
    private const int Iterations = 100;
    private const int Halvings = 40;

    /// <summary>Beyond 1 the correlation is not positive definite; the caller has to see that, so the search does not stop there.</summary>
    private const double Limit = 1.5;

    /// <summary>
    /// A power below it changes no sum; the smallest numbers, which a power never leaves, take a hundred times as long as others.
    /// </summary>
    private const double Vanishing = 1e-200;

    /// <summary>The α in [−1.5, 1.5] that Newton steps with halving reach from a start.</summary>
    /// <param name="sums">S_l, sums of weighted products.</param>
    /// <param name="weights">W_l, sums of their weights.</param>
    /// <param name="scale">φ.</param>
    /// <param name="start">A first guess, or NaN.</param>
    public static double Fit(ReadOnlySpan<double> sums, ReadOnlySpan<double> weights, double scale, double start)
    {
        var alpha = !double.IsNaN(start) && double.IsFinite(weights[0]) ? Math.Clamp(start, -0.95, 0.95) : Guess(sums, weights);
        var current = Evaluate(sums, weights, scale, alpha);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var slope = current.Curvature > 0 ? current.Curvature : current.GaussNewton;
            if (!(slope > 0))
            {
                break;
            }

            var step = -current.Gradient / slope;
            var moved = 0.0;
            for (var halving = 0; halving < Halvings; halving++, step /= 2)
            {
                var next = Math.Clamp(alpha + step, -Limit, Limit);
                var candidate = Evaluate(sums, weights, scale, next);
                if (candidate.Loss < current.Loss || Math.Abs(candidate.Gradient) < Math.Abs(current.Gradient))
                {
                    moved = Math.Abs(next - alpha);
                    (alpha, current) = (next, candidate);
                    break;
                }
            }

            if (moved < 1e-15)
            {
                break;
            }
        }

        return alpha;
    }

    /// <summary>Where to begin: on the side of the first odd lag, and not at 0, where all higher lags are stationary.</summary>
    private static double Guess(ReadOnlySpan<double> sums, ReadOnlySpan<double> weights)
    {
        for (var l = 0; l < sums.Length; l += 2)
        {
            if (double.IsFinite(weights[l]))
            {
                return sums[l] < 0 ? -0.5 : 0.5;
            }
        }

        return 0.5;
    }

    /// <summary>
    /// Half the loss without its constant, its first and second derivative in α, and the Gauss-Newton part of the second.
    /// </summary>
    private static (double Loss, double Gradient, double Curvature, double GaussNewton) Evaluate(
        ReadOnlySpan<double> sums, ReadOnlySpan<double> weights, double scale, double alpha)
    {
        double loss = 0, gradient = 0, curvature = 0, gaussNewton = 0;
        var (beforePrevious, previous) = (0.0, 1.0);
        for (var l = 1; l <= sums.Length && (l < 3 || Math.Abs(beforePrevious) > Vanishing); l++)
        {
            var power = previous * alpha;
            var slope = l * previous;
            if (double.IsInfinity(weights[l - 1]))
            {
                // No pair has this lag.
                (beforePrevious, previous) = (previous, power);
                continue;
            }

            var residual = (weights[l - 1] * power) - (sums[l - 1] / scale);
            loss += power * ((0.5 * weights[l - 1] * power) - (sums[l - 1] / scale));
            gradient += slope * residual;
            gaussNewton += weights[l - 1] * slope * slope;
            curvature += l * (l - 1) * beforePrevious * residual;
            (beforePrevious, previous) = (previous, power);
        }

        return (loss, gradient, curvature + gaussNewton, gaussNewton);
    }
}
