namespace MarginalConditional.Meta.Pooling;

/// <summary>The weighted mean, or regression, at one value of τ², by the sums every estimator is made of.</summary>
/// <remarks>
/// With w = 1/(v + τ²): <c>Mean</c> = Σwy/Σw and <c>Q</c> = Σw(y − Mean)², the generalized Q of DerSimonian and Kacker (2007). With
/// moderators fitted values stand in place of the mean (<see cref="ModeratorBasis"/>).
/// </remarks>
internal readonly struct PooledMoments
{
    private PooledMoments(
        double mean,
        (double Weights, double SquaredWeights) sums,
        (double Trace, double LogDeterminant) fixedPart,
        (double Value, double Slope) q,
        double logVariance)
    {
        Mean = mean;
        (SumWeights, SumSquaredWeights) = sums;
        (Absorbed, LogInformation) = fixedPart;
        (Q, QSlope) = q;
        SumLogVariance = logVariance;
    }

    /// <summary>Σwy / Σw; not a number with moderators.</summary>
    public double Mean { get; }

    /// <summary>Σw, without moderators the inverse of the mean's variance.</summary>
    public double SumWeights { get; }

    /// <summary>Σw².</summary>
    public double SumSquaredWeights { get; }

    /// <summary>tr((XᵀWX)⁻¹XᵀW²X), what the coefficients take of Σw: Σw²/Σw without moderators.</summary>
    public double Absorbed { get; }

    /// <summary>log |XᵀWX| in the columns used: log Σw without moderators.</summary>
    public double LogInformation { get; }

    /// <summary>Σw(y − Mean)².</summary>
    public double Q { get; }

    /// <summary>dQ/dτ² = −Σw²(y − Mean)² (the mean minimises Q, so its movement drops out).</summary>
    public double QSlope { get; }

    /// <summary>Σ log(v + τ²).</summary>
    public double SumLogVariance { get; }

    /// <summary>Twice the log-likelihood profiled over the mean, without 2π.</summary>
    public double TwiceLogLikelihood => -SumLogVariance - Q;

    /// <summary>Twice the restricted log-likelihood, without 2π.</summary>
    public double TwiceRestrictedLogLikelihood => TwiceLogLikelihood - LogInformation;

    /// <summary>Twice the derivative of the profiled log-likelihood by τ².</summary>
    public double TwiceScore => -QSlope - SumWeights;

    /// <summary>Twice the derivative of the restricted log-likelihood by τ².</summary>
    public double TwiceRestrictedScore => TwiceScore + Absorbed;

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

        return new PooledMoments(
            mean, (sumWeights, sumSquaredWeights), (sumSquaredWeights / sumWeights, Math.Log(sumWeights)), (q, slope), logVariance);
    }

    /// <summary>The moments of a regression.</summary>
    /// <param name="sums">Σw and Σw².</param>
    /// <param name="fixedPart">tr((XᵀWX)⁻¹XᵀW²X) and log |XᵀWX|.</param>
    /// <param name="q">Q and its derivative.</param>
    /// <param name="logVariance">Σ log(v + τ²).</param>
    public static PooledMoments OfRegression(
        (double Weights, double SquaredWeights) sums,
        (double Trace, double LogDeterminant) fixedPart,
        (double Value, double Slope) q,
        double logVariance) => new(double.NaN, sums, fixedPart, q, logVariance);
}
