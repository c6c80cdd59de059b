using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Gee.Planning;

/// <summary>Sample size and power of a two-arm comparison between clusters by GEE, in closed form (Shih 1997; Rochon 1998).</summary>
/// <remarks>
/// With K clusters, a share π of them treated, and average information Ī = E 1ᵀR⁻¹1 a cluster, Var(β̂) = (v₁/π + v₀/(1 − π)) / (K Ī). The
/// working correlation is taken to be right. With few clusters the reference is t with K − 2 degrees of freedom, noncentral under the
/// alternative.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Gee.Planning;
///
/// var plan = new TrialPlan
/// {
///     Outcome = PlannedOutcome.Binary(control: 0.3, treatment: 0.5),
///     Information = ClusterInformation.Exchangeable(correlation: 0.05).Of(size: 30),
/// };
/// Console.WriteLine($"{plan.Clusters(power: 0.9)} clusters; 20 have a power of {plan.Power(20)}");
/// </code>
/// </example>
public sealed record TrialPlan
{
    private const int LargestTrial = 100_000_000;

    /// <summary>The outcome and its effect.</summary>
    public required PlannedOutcome Outcome { get; init; }

    /// <summary>The average information of a cluster, 1ᵀR⁻¹1.</summary>
    public required double Information { get; init; }

    /// <summary>The share of clusters that are treated, in (0, 1). Default: one half.</summary>
    public double TreatedShare { get; init; } = 0.5;

    /// <summary>The two-sided level of the test. Default: 0.05.</summary>
    public double Level { get; init; } = 0.05;

    /// <summary>
    /// Whether the test refers to t with K − 2 degrees of freedom. Default: yes; the normal reference promises too much with few clusters.
    /// </summary>
    public bool UsesStudent { get; init; } = true;

    /// <summary>The number of clusters is a multiple of this: of the arms, or of a stepped wedge's sequences. Default: 2.</summary>
    public int Multiple { get; init; } = 2;

    /// <summary>The standard error of the effect with K clusters (link scale).</summary>
    public double StandardError(int clusters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 2);
        return Math.Sqrt(Outcome.Variance(TreatedShare) / (clusters * Information));
    }

    /// <summary>The probability that the two-sided test rejects with K clusters, on either side.</summary>
    /// <remarks>
    /// P(|T| ≥ c) with c the critical value of the central t and T noncentral t, its noncentrality the effect over its standard error. A
    /// central t shifted by it promises too little: with 4 clusters even less than the level.
    /// </remarks>
    public double Power(int clusters)
    {
        var df = Reference(clusters);
        if (!(df > 0))
        {
            return 0;
        }

        var critical = -StudentDistribution.Quantile(Level / 2, df);
        var noncentrality = Math.Abs(Outcome.Effect) / StandardError(clusters);
        return NoncentralStudentDistribution.UpperTail(critical, df, noncentrality)
            + NoncentralStudentDistribution.UpperTail(critical, df, -noncentrality);
    }

    /// <summary>
    /// The smallest number of clusters, a multiple of <see cref="Multiple"/>, with at least the power wanted; null beyond a hundred
    /// million.
    /// </summary>
    /// <param name="power">In (0, 1).</param>
    public int? Clusters(double power)
    {
        if (power is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(power), power, "Power must lie between 0 and 1.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(Multiple, 1);
        var low = Multiple == 1 ? 2 : 1;
        if (Power(low * Multiple) >= power)
        {
            return low * Multiple;
        }

        var most = LargestTrial / Multiple;
        var high = Math.Min(2 * low, most);
        while (Power(high * Multiple) < power)
        {
            if (high == most)
            {
                return null;
            }

            (low, high) = (high, Math.Min(2 * high, most));
        }

        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Power(middle * Multiple) >= power ? (low, middle) : (middle, high);
        }

        return high * Multiple;
    }

    private double Reference(int clusters) => UsesStudent ? clusters - 2 : double.PositiveInfinity;
}
