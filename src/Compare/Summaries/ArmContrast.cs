using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;

namespace MarginalConditional.Compare.Summaries;

/// <summary>The weighted means of a summary in two arms, with their variances. Immutable.</summary>
/// <remarks>
/// Clusters are the units: qᵢ = ωᵢ/Σω within an arm, μ = Σqᵢsᵢ. HC2 is Σqᵢ²(sᵢ − μ)²/(1 − qᵢ) (MacKinnon and White 1985), with ω = 1
/// Welch's s²/K of the arm; the variance of means is K/(K − 1) Σqᵢ²(sᵢ − μ)²; pooled is that of least squares weighted by ω, with ω = 1
/// the t test's.
/// </remarks>
internal sealed class ArmContrast
{
    private readonly double[] summaries;
    private readonly double[] shares;
    private readonly int[] sides;

    /// <summary>Computes the means.</summary>
    /// <param name="summaries">s, K.</param>
    /// <param name="weights">ω, K, above 0.</param>
    /// <param name="arms">The arm of each cluster, K.</param>
    /// <param name="control">The reference arm.</param>
    /// <param name="treated">The other one.</param>
    public ArmContrast(ReadOnlySpan<double> summaries, ReadOnlySpan<double> weights, ReadOnlySpan<int> arms, int control, int treated)
    {
        this.summaries = summaries.ToArray();
        shares = new double[arms.Length];
        sides = new int[arms.Length];
        var totals = new double[2];
        for (var c = 0; c < sides.Length; c++)
        {
            sides[c] = arms[c] == control ? 0 : arms[c] == treated ? 1 : -1;
            if (sides[c] >= 0)
            {
                totals[sides[c]] += weights[c];
                Counts[sides[c]]++;
            }
        }

        for (var c = 0; c < sides.Length; c++)
        {
            if (sides[c] >= 0)
            {
                shares[c] = weights[c] / totals[sides[c]];
                Means[sides[c]] += shares[c] * summaries[c];
            }
        }

        var squares = 0.0;
        for (var c = 0; c < sides.Length; c++)
        {
            if (sides[c] >= 0)
            {
                var (side, residual) = (sides[c], summaries[c] - Means[sides[c]]);
                var own = shares[c] * residual * shares[c] * residual;
                squares += weights[c] * residual * residual;
                Hc2Variances[side] += own / (1 - shares[c]);
                MeanVariances[side] += own * Counts[side] / (Counts[side] - 1.0);
            }
        }

        PooledVariance = squares / DegreesOfFreedom * ((1 / totals[0]) + (1 / totals[1]));
    }

    /// <summary>K of the control arm, then of the treated one.</summary>
    public int[] Counts { get; } = new int[2];

    /// <summary>μ of either arm.</summary>
    public double[] Means { get; } = new double[2];

    /// <summary>HC2 of either mean.</summary>
    public double[] Hc2Variances { get; } = new double[2];

    /// <summary>K/(K − 1) Σqᵢ²(sᵢ − μ)² of either mean.</summary>
    public double[] MeanVariances { get; } = new double[2];

    /// <summary>The variance of the difference by (weighted) least squares.</summary>
    public double PooledVariance { get; }

    /// <summary>The clusters of both arms less 2.</summary>
    public int DegreesOfFreedom => Counts[0] + Counts[1] - 2;

    /// <summary>φ of a measure of the two means, K×1.</summary>
    public ClusterInfluence Influence(EffectMeasure measure)
    {
        var slopes = measure.Slopes(Means[0], Means[1]);
        var influence = new double[sides.Length];
        for (var c = 0; c < sides.Length; c++)
        {
            influence[c] = sides[c] < 0 ? 0 : Slope(slopes, sides[c]) * shares[c] * (summaries[c] - Means[sides[c]]);
        }

        return new ClusterInfluence(sides.Length, influence);
    }

    /// <summary>
    /// What leaving each cluster out does, K×1, times (K − 1)/K so that its covariance is the jackknife's.
    /// </summary>
    /// <remarks>Where a ratio has no value without the cluster, its slope stands for it.</remarks>
    public ClusterInfluence Deletions(EffectMeasure measure)
    {
        var slopes = measure.Slopes(Means[0], Means[1]);
        var whole = measure.Value(Means[0], Means[1]);
        var deletions = new double[sides.Length];
        for (var c = 0; c < sides.Length; c++)
        {
            if (sides[c] < 0)
            {
                continue;
            }

            var change = shares[c] * (summaries[c] - Means[sides[c]]) / (1 - shares[c]);
            var (control, treated) = sides[c] == 0 ? (Means[0] - change, Means[1]) : (Means[0], Means[1] - change);
            var without = measure.Value(control, treated);
            deletions[c] = (sides.Length - 1.0) / sides.Length
                * (double.IsFinite(without) ? whole - without : Slope(slopes, sides[c]) * change);
        }

        return new ClusterInfluence(sides.Length, deletions);
    }

    private static double Slope((double Control, double Treated) slopes, int side) => side == 0 ? slopes.Control : slopes.Treated;
}
