namespace MarginalConditional.Gee.Correlation;

/// <summary>Fits α^t to sums of products at lags t by weighted least squares: min Σ W_t (S_t/(φ W_t) − α^t)², α ≥ 0.</summary>
internal static class DecayLeastSquares
{
    private const int GridPoints = 40;
    private const int Iterations = 100;
    private const double Limit = 1.5;
    private const double Smallest = 1e-12;

    /// <summary>The best α, 0 when none is better, NaN when there is nothing to fit to.</summary>
    /// <param name="sums">S_t.</param>
    /// <param name="weights">W_t.</param>
    /// <param name="lags">t &gt; 0.</param>
    /// <param name="scale">φ.</param>
    /// <param name="previous">The last α, to start from, or 0.</param>
    public static double Fit(
        ReadOnlySpan<double> sums,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> lags,
        double scale,
        double previous)
    {
        if (lags.IsEmpty)
        {
            return 0;
        }

        foreach (var weight in weights)
        {
            if (weight < 0)
            {
                return double.NaN;
            }
        }

        // In x = log α the powers are exponentials and the search is scaled by the lags.
        var x = previous is > Smallest and < 1 ? Math.Log(previous) : Start(sums, weights, lags, scale);
        var current = Evaluate(sums, weights, lags, scale, x);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var slope = current.Curvature > 0 ? current.Curvature : current.GaussNewton;
            var step = slope > 0 ? Math.Clamp(-current.Gradient / slope, -2, 2) : 0;
            var moved = 0.0;
            for (var halving = 0; halving < 40 && step != 0; halving++, step /= 2)
            {
                var next = Math.Min(x + step, Math.Log(Limit));
                var candidate = Evaluate(sums, weights, lags, scale, next);
                if (candidate.Loss < current.Loss || Math.Abs(candidate.Gradient) < Math.Abs(current.Gradient))
                {
                    moved = Math.Abs(next - x);
                    (x, current) = (next, candidate);
                    break;
                }
            }

            if (moved < 1e-15 || x < Math.Log(Smallest))
            {
                break;
            }
        }

        return current.Loss < 0 && x > Math.Log(Smallest) ? Math.Exp(x) : 0;
    }

    private static double Start(ReadOnlySpan<double> sums, ReadOnlySpan<double> weights, ReadOnlySpan<double> lags, double scale)
    {
        var (best, at) = (double.PositiveInfinity, 0.0);
        for (var point = 1; point < GridPoints; point++)
        {
            var x = Math.Log((double)point / GridPoints) / lags[0];
            var loss = Evaluate(sums, weights, lags, scale, x).Loss;
            (best, at) = loss < best ? (loss, x) : (best, at);
        }

        return at;
    }

    /// <summary>
    /// Half the loss without its constant, its first and second derivative in x = log α, and the Gauss-Newton part of the second.
    /// </summary>
    private static (double Loss, double Gradient, double Curvature, double GaussNewton) Evaluate(
        ReadOnlySpan<double> sums, ReadOnlySpan<double> weights, ReadOnlySpan<double> lags, double scale, double x)
    {
        double loss = 0, gradient = 0, curvature = 0, gaussNewton = 0;
        for (var l = 0; l < lags.Length; l++)
        {
            var power = Math.Exp(x * lags[l]);
            var target = sums[l] / scale;
            var slope = lags[l] * power;
            var residual = (weights[l] * power) - target;
            loss += power * ((0.5 * weights[l] * power) - target);
            gradient += slope * residual;
            gaussNewton += weights[l] * slope * slope;
            curvature += lags[l] * slope * residual;
        }

        return (loss, gradient, curvature + gaussNewton, gaussNewton);
    }
}
