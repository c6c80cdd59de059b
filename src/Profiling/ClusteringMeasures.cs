using MarginalConditional.Data.Coding;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Profiling;

/// <summary>
/// How strongly a binary outcome clusters at one level of a model: intraclass correlations, median odds ratio, design effect.
/// </summary>
/// <remarks>
/// Defined for binomial models whose random terms are all intercepts. A correlation of a level is that of two rows of one of its groups:
/// they share the level's effect and those of every level around it, and no other. The latent scale takes the binary outcome as a
/// threshold of a continuous one with residual variance π²/3 (logit), 1 (probit) or π²/6 (cloglog) (Snijders and Bosker 2012, section
/// 17.3.2). That of the outcome is Σ Cov(p₁, p₂) / Σ p̄(1 − p̄) over the rows (Goldstein, Browne and Rasbash 2002). The median odds ratio
/// is exp(√2 Φ⁻¹(¾) σ) (Larsen and Merlo 2005). Standard errors by the delta method; limits on the logit scale for correlations and the
/// log scale for the others.
/// </remarks>
public sealed class ClusteringMeasures
{
    private static readonly double MedianFactor = Math.Sqrt(2) * StandardNormal.Quantile(0.75);

    private ClusteringMeasures(string group, int groupCount, double effectiveSize)
    {
        Group = group;
        GroupCount = groupCount;
        EffectiveGroupSize = effectiveSize;
    }

    /// <summary>The level: the grouping's name, such as <c>herd</c>.</summary>
    public string Group { get; }

    /// <summary>The number of its groups.</summary>
    public int GroupCount { get; }

    /// <summary>The intraclass correlation on the latent scale: what two rows of a group share against all variance.</summary>
    public required ClusterMeasure Latent { get; init; }

    /// <summary>The intraclass correlation of the outcome itself, averaged over the rows.</summary>
    public required ClusterMeasure Observed { get; init; }

    /// <summary>
    /// The median, over pairs of groups of the level that agree in all else, of the odds ratio between them; null unless the link is the
    /// logit.
    /// </summary>
    public required ClusterMeasure? MedianOddsRatio { get; init; }

    /// <summary>
    /// 1 + (m − 1)ρ with ρ the correlation of the outcome and m = (1 + CV²)·mean size of the level's groups: how much larger variances of
    /// means and of effects between the groups are than under independence.
    /// </summary>
    public required ClusterMeasure DesignEffect { get; init; }

    /// <summary>(1 + CV²)·mean size of the level's groups; the common size when all are equal.</summary>
    public double EffectiveGroupSize { get; }

    /// <summary>The measures of a model with one level; null when there are more, or when none are defined.</summary>
    /// <param name="fit">A fitted model.</param>
    /// <param name="level">The intervals' level.</param>
    public static ClusteringMeasures? Of(GlmmFit fit, double level = 0.95) => ByLevel(fit, level) is [var only] ? only : null;

    /// <summary>The measures of every level, coarsest first; none when they are not defined.</summary>
    /// <param name="fit">A fitted model.</param>
    /// <param name="level">The intervals' level.</param>
    public static IReadOnlyList<ClusteringMeasures> ByLevel(GlmmFit fit, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Family != Family.Binomial || fit.Link.LatentVariance is not { } residual
            || fit.RandomEffects.Any(term => term.Dimension != 1 || term.Names[0] != DesignMatrix.InterceptName)
            || fit.Parameters.ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
        {
            return [];
        }

        var members = new LevelMembers(fit);
        var outcome = new OutcomeCorrelation(fit);
        var critical = Coefficient.CriticalValue(level, null);
        return [.. Enumerable.Range(0, fit.RandomEffects.Count).Select(t => OfLevel(fit, t, residual, members, outcome, critical))];
    }

    private static ClusteringMeasures OfLevel(
        GlmmFit fit,
        int t,
        double residual,
        LevelMembers members,
        OutcomeCorrelation outcome,
        double critical)
    {
        var isShared = members.SharedWithin(t);
        var first = fit.Coefficients.Length;
        double shared = 0, total = residual;
        for (var u = 0; u < isShared.Length; u++)
        {
            var variance = fit.Parameters[first + u] * fit.Parameters[first + u];
            shared += isShared[u] ? variance : 0;
            total += variance;
        }

        // The gradient of the latent correlation in ψ, and of the level's own σ.
        var slope = new double[fit.ParameterCount];
        for (var u = 0; u < isShared.Length; u++)
        {
            slope[first + u] = 2 * fit.Parameters[first + u] * ((isShared[u] ? total : 0) - shared) / (total * total);
        }

        var own = new double[fit.ParameterCount];
        own[first + t] = 1;
        var sigma = Math.Abs(fit.Parameters[first + t]);
        var ratio = Math.Exp(MedianFactor * sigma);
        var size = Profiling.DesignEffect.EffectiveSize(members.Sizes(t));
        var (correlation, correlationSlope) = outcome.Of(isShared);
        var observed = OnLogit(correlation, Error(fit, correlationSlope), critical);
        return new ClusteringMeasures(fit.RandomEffects[t].Group, fit.RandomEffects[t].GroupCount, size)
        {
            Latent = OnLogit(shared / total, Error(fit, slope), critical),
            Observed = observed,
            MedianOddsRatio = fit.Link == Link.Logit
                ? OnLog(ratio, sigma > 0 ? ratio * MedianFactor * Error(fit, own) : double.NaN, critical)
                : null,
            DesignEffect = new ClusterMeasure(
                Inflation(observed.Estimate),
                Math.Abs(size - 1) * observed.StandardError,
                Inflation(observed.Lower),
                Inflation(observed.Upper)),
        };

        double Inflation(double rho) => Profiling.DesignEffect.OfEqualClusters(size, rho).Value;
    }

    private static double Error(GlmmFit fit, double[] slope) => fit.JointCovariance.IsEmpty
        ? double.NaN
        : Math.Sqrt(Dense.QuadraticForm(fit.JointCovariance, slope));

    private static ClusterMeasure OnLogit(double value, double error, double critical)
    {
        if (!(value is > 0 and < 1) || !(error > 0))
        {
            return new ClusterMeasure(value, double.NaN, double.NaN, double.NaN);
        }

        var odds = value / (1 - value);
        var spread = Math.Exp(critical * error / (value * (1 - value)));
        return new ClusterMeasure(value, error, odds / (odds + spread), odds * spread / (1 + (odds * spread)));
    }

    /// <summary>A ratio of at least 1.</summary>
    private static ClusterMeasure OnLog(double value, double error, double critical)
    {
        if (!(error > 0))
        {
            return new ClusterMeasure(value, double.NaN, double.NaN, double.NaN);
        }

        var spread = Math.Exp(critical * error / value);
        return new ClusterMeasure(value, error, Math.Max(1, value / spread), value * spread);
    }
}
