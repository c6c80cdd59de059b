using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Statistics.Inference;

/// <summary>
/// Estimates of different precision around one value, and the region where chance alone leaves a share of them: a funnel plot. Immutable.
/// </summary>
public sealed class ChanceFunnel
{
    private readonly double[] estimates;
    private readonly double[] errors;
    private readonly double quantile;

    /// <summary>Copies the estimates.</summary>
    /// <param name="center">The value around which they lie when nothing but chance moves them.</param>
    /// <param name="level">The share of them that the region holds then, in (0, 1).</param>
    /// <param name="estimates">The estimates.</param>
    /// <param name="errors">Their standard errors, as many, 0 or more.</param>
    public ChanceFunnel(double center, double level, ReadOnlySpan<double> estimates, ReadOnlySpan<double> errors)
    {
        if (estimates.Length != errors.Length)
        {
            throw new ArgumentException($"{estimates.Length} estimates do not have {errors.Length} standard errors.", nameof(errors));
        }

        if (!(level is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level of a region must lie between 0 and 1.");
        }

        Center = center;
        Level = level;
        this.estimates = estimates.ToArray();
        this.errors = errors.ToArray();
        quantile = StandardNormal.Quantile((1 + level) / 2);
    }

    /// <summary>The value around which they lie when nothing but chance moves them.</summary>
    public double Center { get; }

    /// <summary>The share of them that the region holds then.</summary>
    public double Level { get; }

    /// <summary>The number of estimates.</summary>
    public int Count => estimates.Length;

    /// <summary>The estimates.</summary>
    public ReadOnlySpan<double> Estimates => estimates;

    /// <summary>Their standard errors.</summary>
    public ReadOnlySpan<double> Errors => errors;

    /// <summary>The number of estimates outside the region.</summary>
    public int Outside => Enumerable.Range(0, Count).Count(IsOutside);

    /// <summary>The number that would lie outside by chance alone.</summary>
    public double ExpectedOutside => (1 - Level) * Count;

    /// <summary>The region at a standard error: center ± z·error.</summary>
    public (double Lower, double Upper) At(double error) => (Center - (quantile * error), Center + (quantile * error));

    /// <summary>Whether an estimate lies outside the region at its standard error.</summary>
    /// <param name="index">Which, from 0.</param>
    public bool IsOutside(int index)
    {
        var (lower, upper) = At(errors[index]);
        return estimates[index] < lower || estimates[index] > upper;
    }
}
