using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Marginal;

/// <summary>
/// The distribution of one outcome, as quantiles of a standard normal score. A discrete outcome is the number of its thresholds that the
/// score exceeds: 0 or 1, a count, or the place of a category. Immutable.
/// </summary>
internal sealed class OutcomeMargin
{
    /// <summary>What a count exceeds with a smaller probability than this it never exceeds here.</summary>
    private const double NeverExceeded = 1e-17;

    /// <summary>Counts of larger means are not enumerated.</summary>
    private const double LargestCount = 1e6;

    private readonly double[] thresholds;

    private OutcomeMargin(double mean, double variance, double[] thresholds)
    {
        Mean = mean;
        Deviation = Math.Sqrt(variance);
        this.thresholds = thresholds;
    }

    /// <summary>E Y.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation of Y.</summary>
    public double Deviation { get; }

    /// <summary>The scores at which the outcome steps up by 1, ascending; none when it is continuous.</summary>
    public ReadOnlySpan<double> Thresholds => thresholds;

    /// <summary>Whether the outcome is normal, not a number of steps.</summary>
    public bool IsContinuous => thresholds.Length == 0;

    /// <summary>Whether it is 0 or 1.</summary>
    public bool IsBinary => thresholds.Length == 1;

    /// <summary>Whether outcomes of a family can vary about a mean, and counts are not too many to enumerate.</summary>
    public static bool Has(Family family, double mean) => double.IsFinite(mean)
        && (family == Family.Gaussian || (mean > 0 && mean < (family == Family.Binomial ? 1 : LargestCount)));

    /// <summary>1 with the given probability, strictly between 0 and 1.</summary>
    public static OutcomeMargin Bernoulli(double mean) => new(mean, mean * (1 - mean), [-StandardNormal.Quantile(mean)]);

    /// <summary>A Poisson count.</summary>
    /// <param name="mean">Positive.</param>
    public static OutcomeMargin Poisson(double mean)
    {
        // The tail beyond k is summed from far out inwards, where the terms are small: every threshold is accurate.
        var logMean = Math.Log(mean);
        var logTerm = -mean;
        var logTerms = new List<double>();
        for (var k = 0; k <= mean || logTerm > Math.Log(NeverExceeded) - 10; k++)
        {
            logTerm += k == 0 ? 0 : logMean - Math.Log(k);
            logTerms.Add(logTerm);
        }

        var terms = logTerms.Select(Math.Exp).ToArray();
        return OfCategories(mean, mean, terms);
    }

    /// <summary>A negative binomial count whose variance is a multiple of its mean.</summary>
    /// <param name="mean">Positive.</param>
    /// <param name="dispersion">The variance divided by the mean, above 1.</param>
    public static OutcomeMargin Overdispersed(double mean, double dispersion)
    {
        var (size, ratio) = (mean / (dispersion - 1), (dispersion - 1) / dispersion);
        var logTerm = -size * Math.Log(dispersion);
        var terms = new List<double> { Math.Exp(logTerm) };
        for (var k = 0; k <= mean || logTerm > Math.Log(NeverExceeded) - 10; k++)
        {
            logTerm += Math.Log((k + size) / (k + 1) * ratio);
            terms.Add(Math.Exp(logTerm));
        }

        return OfCategories(mean, dispersion * mean, [.. terms]);
    }

    /// <summary>The place of a category, from 0.</summary>
    /// <param name="probabilities">Of the categories; their sum is 1.</param>
    public static OutcomeMargin Categories(ReadOnlySpan<double> probabilities)
    {
        var (mean, square) = (0.0, 0.0);
        for (var k = 0; k < probabilities.Length; k++)
        {
            mean += k * probabilities[k];
            square += (double)k * k * probabilities[k];
        }

        return OfCategories(mean, square - (mean * mean), probabilities);
    }

    /// <summary>A normal outcome.</summary>
    public static OutcomeMargin Normal(double mean, double deviation) => new(mean, deviation * deviation, []);

    /// <summary>The outcome of a score.</summary>
    public double Value(double score)
    {
        if (thresholds.Length == 1)
        {
            return score > thresholds[0] ? 1 : 0;
        }

        if (thresholds.Length == 0)
        {
            return Mean + (Deviation * score);
        }

        var place = thresholds.AsSpan().BinarySearch(score);
        return place >= 0 ? place : ~place;
    }

    private static OutcomeMargin OfCategories(double mean, double variance, ReadOnlySpan<double> probabilities)
    {
        var last = probabilities.Length - 1;
        var upper = new double[last];
        var sum = 0.0;
        for (var k = last; k > 0; k--)
        {
            sum += probabilities[k];
            upper[k - 1] = sum;
        }

        var lower = 0.0;
        var thresholds = new List<double>(last);
        for (var k = 0; k < last && upper[k] > NeverExceeded; k++)
        {
            lower += probabilities[k];
            thresholds.Add(lower < upper[k] ? StandardNormal.Quantile(lower) : -StandardNormal.Quantile(upper[k]));
        }

        return new OutcomeMargin(mean, variance, [.. thresholds]);
    }
}
