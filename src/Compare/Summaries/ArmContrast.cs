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
    /// <summary>Weights that differ by less are the same.</summary>
    private const double Rounding = 1e-12;

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
        CountBySize = Effective(weights);
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

    /// <summary>(Σω)²/Σω² over both arms: the number of clusters of equal weight that tell as much.</summary>
    public double CountBySize { get; }

    /// <summary>Of a t test with HC2: K − 2, and Satterthwaite's where clusters count unequally and are few.</summary>
    /// <param name="enough">The number of clusters by their sizes from which K − 2 will do.</param>
    public double RobustDegrees(double enough) =>
        CountBySize < enough && CountBySize < (1 - Rounding) * (DegreesOfFreedom + 2) ? SatterthwaiteDegrees() : DegreesOfFreedom;

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

    /// <summary>
    /// Satterthwaite's degrees of freedom of the HC2 variance if clusters vary alike: K₀ + K₁ − 2 at most, the fewer the more few large
    /// clusters have of the weight.
    /// </summary>
    /// <remarks>
    /// Bell and McCaffrey (2002): with e = (I − 1qᵀ)s and c = q²/(1 − q) the variance of a mean is sᵀGs, G = (I − q1ᵀ)C(I − 1qᵀ), and
    /// (ΣtrG)²/Σtr(G²) over the two arms. G = C − cqᵀ − qcᵀ + (Σc)qqᵀ, so both traces are sums over clusters.
    /// </remarks>
    public double SatterthwaiteDegrees()
    {
        var (trace, square) = (0.0, 0.0);
        for (var side = 0; side < 2; side++)
        {
            // Σc, Σcq, Σq², Σc², Σc²q, Σc q².
            var (c1, cq, q2, c2, c2q, cq2) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
            for (var i = 0; i < sides.Length; i++)
            {
                if (sides[i] != side)
                {
                    continue;
                }

                var (q, c) = (shares[i], shares[i] * shares[i] / (1 - shares[i]));
                c1 += c;
                cq += c * q;
                q2 += q * q;
                c2 += c * c;
                c2q += c * c * q;
                cq2 += c * q * q;
            }

            trace += c1 - (2 * cq) + (c1 * q2);

            // tr(G²) with G = C − cqᵀ − qcᵀ + s qqᵀ, s = Σc.
            square += c2 - (4 * c2q) + (2 * c1 * cq2) + (2 * ((cq * cq) + (c2 * q2))) - (4 * c1 * cq * q2) + (c1 * c1 * q2 * q2);
        }

        return trace * trace / square;
    }

    private double Effective(ReadOnlySpan<double> weights)
    {
        var (sum, squares) = (0.0, 0.0);
        for (var c = 0; c < sides.Length; c++)
        {
            var own = sides[c] < 0 ? 0 : weights[c];
            sum += own;
            squares += own * own;
        }

        return sum * sum / squares;
    }

    private static double Slope((double Control, double Treated) slopes, int side) => side == 0 ? slopes.Control : slopes.Treated;
}
