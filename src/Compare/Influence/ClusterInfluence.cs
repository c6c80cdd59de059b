using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Influence;

/// <summary>
/// The influence of each cluster on a vector of estimates, θ̂ − θ ≈ Σ_c φ_c:
/// what lets estimates of different models on the same data be compared.
/// </summary>
/// <remarks>
/// Estimates that share the clusters are joined column by column, functions of them follow by the delta method on the joined φ_c, and the
/// covariance of everything is K/(K − 1) Σ (φ_c − φ̄)(φ_c − φ̄)ᵀ (Tsiatis 2006, chapter 3).
/// </remarks>
public sealed class ClusterInfluence
{
    private readonly double[] values;

    /// <summary>Copies the values.</summary>
    /// <param name="clusters">K.</param>
    /// <param name="values">φ, K×m, row-major.</param>
    public ClusterInfluence(int clusters, ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        if (values.Length % clusters != 0)
        {
            throw new ArgumentException($"{values.Length} values do not divide into {clusters} clusters.", nameof(values));
        }

        Clusters = clusters;
        Estimates = values.Length / clusters;
        this.values = values.ToArray();
    }

    /// <summary>K.</summary>
    public int Clusters { get; }

    /// <summary>m, the number of estimates.</summary>
    public int Estimates { get; }

    /// <summary>φ, K×m, row-major.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>φ_c of one cluster, m values.</summary>
    public ReadOnlySpan<double> Of(int cluster) => values.AsSpan(cluster * Estimates, Estimates);

    /// <summary>GEE's β: φ_c = M⁻¹U_c (Liang and Zeger 1986, theorem 2), U_c corrected as the variance corrects it.</summary>
    public static ClusterInfluence Of(GeeInference inference)
    {
        ArgumentNullException.ThrowIfNull(inference);
        var (clusters, p) = (inference.Fit.Frame.Clusters.Count, inference.Fit.Coefficients.Length);
        var influences = inference.ClusterInfluences();
        if (influences.Length != clusters * p)
        {
            // Separated outcomes: a coefficient without a bound has no influence.
            influences = new double[clusters * p];
            Array.Fill(influences, double.NaN);
        }

        return new ClusterInfluence(clusters, influences);
    }

    /// <summary>
    /// A mixed model's ψ = (β, θ, …): φ_c = I⁻¹s_c, s_c the cluster's score and I the observed
    /// information (White 1982). A parameter on its boundary has φ = 0: it is held there.
    /// </summary>
    public static ClusterInfluence Of(GlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return FromScores(fit.JointCovariance, fit.ClusterScores);
    }

    /// <summary>φ_c = B s_c.</summary>
    /// <param name="bread">B, m×m, symmetric, row-major.</param>
    /// <param name="scores">s_c, K×m, row-major.</param>
    public static ClusterInfluence FromScores(ReadOnlySpan<double> bread, ReadOnlySpan<double> scores)
    {
        var order = (int)Math.Sqrt(bread.Length);
        if (order == 0 || order * order != bread.Length || scores.Length % order != 0)
        {
            throw new ArgumentException(
                "The scores and the information do not belong together, or the covariance was not computed.",
                nameof(scores));
        }

        var influence = new double[scores.Length];
        for (var start = 0; start < scores.Length; start += order)
        {
            Dense.Multiply(bread, scores.Slice(start, order), influence.AsSpan(start, order));
        }

        return new ClusterInfluence(scores.Length / order, influence);
    }

    /// <summary>The estimates of several models on the same clusters, side by side.</summary>
    public static ClusterInfluence Join(params IReadOnlyList<ClusterInfluence> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var clusters = parts[0].Clusters;
        if (parts.Any(part => part.Clusters != clusters))
        {
            throw new ArgumentException("Estimates can be joined only over the same clusters.", nameof(parts));
        }

        var total = parts.Sum(part => part.Estimates);
        var joined = new double[clusters * total];
        for (var c = 0; c < clusters; c++)
        {
            var start = c * total;
            foreach (var part in parts)
            {
                part.Of(c).CopyTo(joined.AsSpan(start));
                start += part.Estimates;
            }
        }

        return new ClusterInfluence(clusters, joined);
    }

    /// <summary>The influence on r functions of the estimates, by the delta method.</summary>
    /// <param name="jacobian">r×q, row-major; q may be less than m: further estimates do not matter.</param>
    /// <param name="functions">r.</param>
    public ClusterInfluence Transform(ReadOnlySpan<double> jacobian, int functions)
    {
        var used = jacobian.Length / functions;
        if (used * functions != jacobian.Length || used > Estimates)
        {
            throw new ArgumentException(
                $"A Jacobian of {jacobian.Length} entries does not fit {functions} functions of {Estimates} estimates.",
                nameof(jacobian));
        }

        var transformed = new double[Clusters * functions];
        for (var c = 0; c < Clusters; c++)
        {
            Dense.Multiply(jacobian, Of(c)[..used], transformed.AsSpan(c * functions, functions));
        }

        return new ClusterInfluence(Clusters, transformed);
    }

    /// <summary>The estimate at one position alone.</summary>
    public ClusterInfluence At(int index)
    {
        var column = new double[Clusters];
        for (var c = 0; c < Clusters; c++)
        {
            column[c] = values[(c * Estimates) + index];
        }

        return new ClusterInfluence(Clusters, column);
    }

    /// <summary>The sum with another influence on the same estimates, term by term.</summary>
    public ClusterInfluence Plus(ClusterInfluence other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Clusters != Clusters || other.Estimates != Estimates)
        {
            throw new ArgumentException("Influences add only on the same clusters and estimates.", nameof(other));
        }

        var sum = new double[values.Length];
        SpanMath.Add(values, other.values, sum);
        return new ClusterInfluence(Clusters, sum);
    }

    /// <summary>K/(K − 1) Σ (φ_c − φ̄)(φ_c − φ̄)ᵀ, m×m, row-major; not a number with one cluster.</summary>
    public double[] Covariance()
    {
        var mean = new double[Estimates];
        for (var c = 0; c < Clusters; c++)
        {
            Dense.AddScaled(1.0 / Clusters, Of(c), mean);
        }

        var covariance = new double[Estimates * Estimates];
        var centred = new double[Estimates];
        var factor = Clusters > 1 ? Clusters / (Clusters - 1.0) : double.NaN;
        for (var c = 0; c < Clusters; c++)
        {
            Of(c).CopyTo(centred);
            Dense.AddScaled(-1, mean, centred);
            Dense.RankOneUpdateLower(factor, centred, covariance);
        }

        Dense.MirrorLower(covariance, Estimates);
        return covariance;
    }

    /// <summary>The standard error of one estimate.</summary>
    public double StandardError(int index) => Math.Sqrt(At(index).Covariance()[0]);
}
