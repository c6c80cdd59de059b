namespace MarginalConditional.Meta.Pooling;

/// <summary>The inverse-variance weighted mean at one value of τ², and the sums every estimator is made of.</summary>
/// <remarks>
/// With w = 1/(v + τ²): <c>Mean</c> = Σwy/Σw and <c>Q</c> = Σw(y − Mean)², the generalized Q of DerSimonian and Kacker (2007).
/// </remarks>
internal readonly struct PooledMoments
{
    private PooledMoments(double mean, double sumWeights, double sumSquaredWeights, double q, double slope, double logVariance)
    {
        Mean = mean;
        SumWeights = sumWeights;
        SumSquaredWeights = sumSquaredWeights;
        Q = q;
        QSlope = slope;
        SumLogVariance = logVariance;
    }

    /// <summary>Σwy / Σw.</summary>
    public double Mean { get; }

    /// <summary>Σw, the inverse of the mean's variance.</summary>
    public double SumWeights { get; }

    /// <summary>Σw².</summary>
    public double SumSquaredWeights { get; }

    /// <summary>Σw(y − Mean)².</summary>
    public double Q { get; }

    /// <summary>dQ/dτ² = −Σw²(y − Mean)² (the mean minimises Q, so its movement drops out).</summary>
    public double QSlope { get; }

    /// <summary>Σ log(v + τ²).</summary>
    public double SumLogVariance { get; }

    /// <summary>Twice the log-likelihood profiled over the mean, without 2π.</summary>
    public double TwiceLogLikelihood => -SumLogVariance - Q;

    /// <summary>Twice the restricted log-likelihood, without 2π.</summary>
    public double TwiceRestrictedLogLikelihood => TwiceLogLikelihood - Math.Log(SumWeights);

    /// <summary>Twice the derivative of the profiled log-likelihood by τ².</summary>
    public double TwiceScore => -QSlope - SumWeights;

    /// <summary>Twice the derivative of the restricted log-likelihood by τ².</summary>
    public double TwiceRestrictedScore => TwiceScore + (SumSquaredWeights / SumWeights);

    /// <summary>
    /// Computes the moments of k effects <paramref name="y"/> with variances <paramref name="v"/> at <paramref name="tau2"/> ≥ 0.
    /// </summary>
    public static PooledMoments At(double tau2, ReadOnlySpan<double> y, ReadOnlySpan<double> v)
    {
        double sumWeights = 0, sumSquaredWeights = 0, weighted = 0, logVariance = 0;
        for (var i = 0; i < y.Length; i++)
        {
            var weight = 1 / (v[i] + tau2);
            sumWeights += weight;
            sumSquaredWeights += weight * weight;
            weighted += weight * (y[i] - y[0]);
            logVariance += Math.Log(v[i] + tau2);
        }

        // Deviations from the first effect, so that a common shift of all effects is harmless.
        var mean = y[0] + (weighted / sumWeights);
        double q = 0, slope = 0;
        for (var i = 0; i < y.Length; i++)
        {
            var weight = 1 / (v[i] + tau2);
            var contribution = weight * (y[i] - mean) * (y[i] - mean);
            q += contribution;
            slope -= weight * contribution;
        }

        return new PooledMoments(mean, sumWeights, sumSquaredWeights, q, slope, logVariance);
    }
}
