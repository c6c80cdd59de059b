using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Imputation;

/// <summary>One quantity estimated in each of m completed data sets, pooled by Rubin's rules. Immutable.</summary>
/// <remarks>
/// Q̄ = ΣQ_l/m, Ū = ΣU_l/m, B = Σ(Q_l − Q̄)²/(m − 1), T = Ū + (1 + 1/m)B (Rubin 1987, section 3.1), with the degrees of freedom of Barnard
/// and Rubin (1999): ν = ν_old·ν_obs/(ν_old + ν_obs), ν_old = (m − 1)/λ², ν_obs = (ν_c + 1)/(ν_c + 3)·ν_c(1 − λ). Where nothing differs
/// between the sets λ is 0 and ν is ν_obs.
/// </remarks>
public sealed record PooledEstimate
{
    internal PooledEstimate()
    {
    }

    /// <summary>m, the number of data sets.</summary>
    public required int Sets { get; init; }

    /// <summary>Q̄, the mean of the estimates, on their scale.</summary>
    public required double Estimate { get; init; }

    /// <summary>Ū, the mean of the squared standard errors: the variance within data sets.</summary>
    public required double Within { get; init; }

    /// <summary>B, the variance of the estimates between data sets, with divisor m − 1.</summary>
    public required double Between { get; init; }

    /// <summary>ν_c, the degrees of freedom had the data been complete; null for the normal.</summary>
    public required double? CompleteDegreesOfFreedom { get; init; }

    /// <summary>T = Ū + (1 + 1/m)B.</summary>
    public double Total => Within + Added;

    /// <summary>√T.</summary>
    public double StandardError => Math.Sqrt(Total);

    /// <summary>r = (1 + 1/m)B/Ū, the relative increase of the variance by what is missing; 0 where nothing differs.</summary>
    public double RelativeIncrease => Between == 0 ? 0 : Added / Within;

    /// <summary>λ = (1 + 1/m)B/T, the share of the variance that comes from what is missing.</summary>
    public double Lambda => Between == 0 ? 0 : Added / Total;

    /// <summary>ν of Barnard and Rubin; null for the normal: nothing differs between the sets, and ν_c is infinite.</summary>
    public double? DegreesOfFreedom
    {
        get
        {
            var lambda = Lambda;
            var old = (Sets - 1) / (lambda * lambda);
            if (CompleteDegreesOfFreedom is not { } complete)
            {
                return lambda == 0 ? null : old;
            }

            var observed = (complete + 1) / (complete + 3) * complete * (1 - lambda);
            return lambda == 0 ? observed : old * observed / (old + observed);
        }
    }

    /// <summary>
    /// (r + 2/(ν + 3))/(r + 1), the fraction of information about the quantity that is missing (Rubin 1987, equation 3.1.10).
    /// </summary>
    public double MissingInformation
    {
        get
        {
            var lost = DegreesOfFreedom is { } degrees ? 2 / (degrees + 3) : 0;
            return double.IsPositiveInfinity(RelativeIncrease) ? 1 : (RelativeIncrease + lost) / (RelativeIncrease + 1);
        }
    }

    /// <summary>1/(1 + λ/m): the efficiency of m sets against that of infinitely many.</summary>
    public double RelativeEfficiency => 1 / (1 + (Lambda / Sets));

    private double Added => (1 + (1.0 / Sets)) * Between;

    /// <summary>Pools.</summary>
    /// <param name="estimates">Q_l, m values, at least 2.</param>
    /// <param name="variances">U_l, their squared standard errors, m values.</param>
    /// <param name="completeDegreesOfFreedom">ν_c, of a t test had the data been complete; null for the normal.</param>
    public static PooledEstimate Of(
        ReadOnlySpan<double> estimates, ReadOnlySpan<double> variances, double? completeDegreesOfFreedom = null)
    {
        if (estimates.Length < 2 || variances.Length != estimates.Length)
        {
            throw new ArgumentException("Pooling needs two data sets or more, with a variance for each estimate.", nameof(estimates));
        }

        var (mean, within) = (Mean(estimates), Mean(variances));
        var between = 0.0;
        foreach (var estimate in estimates)
        {
            between += (estimate - mean) * (estimate - mean);
        }

        return new PooledEstimate
        {
            Sets = estimates.Length,
            Estimate = mean,
            Within = within,
            Between = between / (estimates.Length - 1),
            CompleteDegreesOfFreedom = completeDegreesOfFreedom is { } degrees && double.IsFinite(degrees) ? degrees : null,
        };
    }

    /// <summary>Estimate, standard error, t test and interval, with the fraction of missing information.</summary>
    /// <param name="term">The name.</param>
    /// <param name="level">Of the interval, in (0, 1).</param>
    public Coefficient Test(string term, double level) =>
        Coefficient.Wald(term, Estimate, StandardError, DegreesOfFreedom, level) with
        {
            // What has no variance misses nothing, and what has no number either.
            MissingInformation = Total > 0 && double.IsFinite(Total) ? MissingInformation : null,
        };

    /// <summary>The mean; equal values give themselves, to the bit.</summary>
    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value - values[0];
        }

        return double.IsFinite(sum) ? values[0] + (sum / values.Length) : sum;
    }
}
