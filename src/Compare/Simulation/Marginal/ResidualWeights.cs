using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Compare.Simulation.Marginal;

/// <summary>
/// The residuals of an ordered outcome, whitened among themselves as ordinal estimating equations whiten them (their correlation between
/// two outcomes is the mean over the thresholds of E e_k e′_k), with the outcome as quantiles of a normal score. Immutable.
/// </summary>
/// <remarks>
/// With z_k = 1(Y ≤ k), F its mean and S = 1 − F: e_k = s_k {(z_k − F_k) − c_k (z_{k−1} − F_{k−1})}, c_k = S_k / S_{k−1} and
/// s_k² = S_{k−1} / (S_k p_k), p the probabilities of the categories; the first is (z_1 − F_1) / √(F_1 S_1). So Σ_k E e_k e′_k is a sum
/// over thresholds at most one apart of covariances of indicators, each with a weight.
/// </remarks>
internal sealed class ResidualWeights
{
    private readonly double[] scale;
    private readonly double[] carry;

    /// <summary>Finds the weights of an outcome.</summary>
    /// <param name="probabilities">Of the categories; positive, their sum is 1.</param>
    public ResidualWeights(ReadOnlySpan<double> probabilities)
    {
        Margin = OutcomeMargin.Categories(probabilities);
        var last = Margin.Thresholds.Length;
        (scale, carry) = (new double[last], new double[last]);
        var above = new double[last];
        for (var (k, sum) = (last, 0.0); k > 0; k--)
        {
            sum += probabilities[k];
            above[k - 1] = sum;
        }

        for (var k = 0; k < last; k++)
        {
            var before = k == 0 ? 1 : above[k - 1];
            scale[k] = Math.Sqrt(before / (above[k] * probabilities[k]));
            carry[k] = k == 0 ? 0 : scale[k] * above[k] / before;
        }
    }

    /// <summary>The outcome: the place of its category, from 0.</summary>
    public OutcomeMargin Margin { get; }

    /// <summary>The mean over the thresholds of products of residuals, when the scores of two outcomes correlate.</summary>
    /// <param name="other">The other outcome's residuals.</param>
    /// <param name="r">The scores' correlation.</param>
    public double Correlation(ResidualWeights other, double r)
    {
        var (count, sum) = (Math.Min(scale.Length, other.scale.Length), 0.0);
        for (var k = 0; k < count; k++)
        {
            var later = k + 1 < count;
            sum += ((scale[k] * other.scale[k]) + (later ? carry[k + 1] * other.carry[k + 1] : 0)) * Covariance(k, other, k, r);
            if (later)
            {
                sum -= carry[k + 1] * other.scale[k + 1] * Covariance(k, other, k + 1, r);
                sum -= scale[k + 1] * other.carry[k + 1] * Covariance(k + 1, other, k, r);
            }
        }

        return sum / count;
    }

    /// <summary>The covariance of two indicators.</summary>
    private double Covariance(int threshold, ResidualWeights other, int otherThreshold, double r)
    {
        var (s, t) = (Margin.Thresholds[threshold], other.Margin.Thresholds[otherThreshold]);
        return BivariateNormal.Cumulative(-s, -t, r) - (StandardNormal.UpperTail(s) * StandardNormal.UpperTail(t));
    }
}
