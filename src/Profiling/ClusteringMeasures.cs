using System.Numerics.Tensors;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Profiling;

/// <summary>How strongly a binary outcome clusters: intraclass correlations, median odds ratio, design effect.</summary>
/// <remarks>
/// Defined for binomial models whose random terms are all intercepts. The latent scale takes the binary outcome as a threshold of a
/// continuous one with residual variance π²/3 (logit), 1 (probit) or π²/6 (cloglog) (Snijders and Bosker 2012, section 17.3.2). The
/// observed scale is
/// Σ Var_b(p) / Σ p̄(1 − p̄) over the rows (Goldstein, Browne and Rasbash 2002). The median odds ratio is exp(√2 Φ⁻¹(¾) σ) (Larsen and
/// Merlo 2005). Standard errors by the delta method; limits on the logit scale for correlations and the log scale for the others.
/// </remarks>
public sealed class ClusteringMeasures
{
    private static readonly double MedianFactor = Math.Sqrt(2) * StandardNormal.Quantile(0.75);

    private ClusteringMeasures(
        ClusterMeasure latent,
        ClusterMeasure observed,
        ClusterMeasure? medianOddsRatio,
        ClusterMeasure designEffect,
        double effectiveSize)
    {
        Latent = latent;
        Observed = observed;
        MedianOddsRatio = medianOddsRatio;
        DesignEffect = designEffect;
        EffectiveClusterSize = effectiveSize;
    }

    /// <summary>The intraclass correlation on the latent scale: all random intercepts against them and the residual.</summary>
    public ClusterMeasure Latent { get; }

    /// <summary>The intraclass correlation of the outcome itself, averaged over the rows.</summary>
    public ClusterMeasure Observed { get; }

    /// <summary>
    /// The median, over pairs of clusters, of the odds ratio between them for equal covariates; null unless the link is the logit.
    /// </summary>
    public ClusterMeasure? MedianOddsRatio { get; }

    /// <summary>
    /// 1 + (m − 1)ρ with ρ the latent correlation and m = (1 + CV²)·mean
    /// cluster size: how much larger variances are than under independence.
    /// </summary>
    public ClusterMeasure DesignEffect { get; }

    /// <summary>(1 + CV²)·mean cluster size; the common size when all are equal.</summary>
    public double EffectiveClusterSize { get; }

    /// <summary>The measures of a fit; null when they are not defined for it.</summary>
    /// <param name="fit">A fitted model.</param>
    /// <param name="level">The intervals' level.</param>
    public static ClusteringMeasures? Of(GlmmFit fit, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Family != Family.Binomial || fit.Link.LatentVariance is not { } residual
            || fit.RandomEffects.Any(term => term.Dimension != 1 || term.Names[0] != DesignMatrix.InterceptName))
        {
            return null;
        }

        var p = fit.Coefficients.Length;
        var m = fit.ParameterCount;
        var critical = Coefficient.CriticalValue(level, null);
        var variance = 0.0;
        foreach (var theta in fit.Parameters.Slice(p, fit.RandomEffects.Count))
        {
            variance += theta * theta;
        }

        // The gradient of Σσ² in ψ.
        var slope = new double[m];
        for (var t = 0; t < fit.RandomEffects.Count; t++)
        {
            slope[p + t] = 2 * fit.Parameters[p + t];
        }

        var icc = variance / (variance + residual);
        var latent = OnLogit(icc, Error(fit, slope, residual / ((variance + residual) * (variance + residual))), critical);
        var size = Profiling.DesignEffect.EffectiveSize(Sizes(fit.Frame));
        var sigma = Math.Sqrt(variance);
        var sigmaError = variance > 0 ? Error(fit, slope, 1 / (2 * sigma)) : double.NaN;
        var ratio = Math.Exp(MedianFactor * sigma);
        return new ClusteringMeasures(
            latent,
            Observe(fit, sigma, critical),
            fit.Link == Link.Logit ? OnLog(ratio, ratio * MedianFactor * sigmaError, critical, 1) : null,
            new ClusterMeasure(Inflation(icc), Math.Abs(size - 1) * latent.StandardError, Inflation(latent.Lower), Inflation(latent.Upper)),
            size);

        double Inflation(double correlation) => Profiling.DesignEffect.OfEqualClusters(size, correlation).Value;
    }

    private static double Error(GlmmFit fit, double[] slope, double factor) => fit.JointCovariance.IsEmpty
        ? double.NaN
        : Math.Abs(factor) * Math.Sqrt(Dense.QuadraticForm(fit.JointCovariance, slope));

    /// <summary>The clusters' sizes; a row of events out of trials stands for as many people as it has trials.</summary>
    private static double[] Sizes(ModelFrame frame)
    {
        var clusters = frame.Clusters;
        var sizes = new double[clusters.Count];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = frame.Trials.IsEmpty
                ? clusters.Size(i)
                : TensorPrimitives.Sum(frame.Trials.Slice(clusters.Start(i), clusters.Size(i)));
        }

        return sizes;
    }

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

    private static ClusterMeasure OnLog(double value, double error, double critical, double least)
    {
        if (!(error > 0))
        {
            return new ClusterMeasure(value, double.NaN, double.NaN, double.NaN);
        }

        var spread = Math.Exp(critical * error / value);
        return new ClusterMeasure(value, error, Math.Max(least, value / spread), value * spread);
    }

    /// <summary>Numerator Σ (E p² − p̄²) and denominator Σ p̄(1 − p̄) with their gradients in β and σ.</summary>
    private static ClusterMeasure Observe(GlmmFit fit, double sigma, double critical)
    {
        if (sigma == 0)
        {
            return new ClusterMeasure(0, double.NaN, double.NaN, double.NaN);
        }

        var rule = MarginalMean.For(fit.Link);
        var design = fit.Frame.Design;
        var p = design.Columns;
        var numeratorSlope = new double[fit.ParameterCount];
        var denominatorSlope = new double[fit.ParameterCount];
        double numerator = 0, denominator = 0;
        var predictor = LinearPredictor.Of(fit.Frame, fit.Coefficients);
        for (var i = 0; i < predictor.Length; i++)
        {
            var point = rule.At(predictor[i], sigma);
            var square = rule.Square(predictor[i], sigma);
            numerator += square.Value - (point.Mean * point.Mean);
            denominator += point.Mean * (1 - point.Mean);
            var varianceByEta = square.Slope - (2 * point.Mean * point.MeanSlope);
            var varianceBySigma = square.SpreadSlope - (2 * point.Mean * point.MeanSpreadSlope);
            for (var j = 0; j < p; j++)
            {
                var x = design.Column(j)[i];
                numeratorSlope[j] += x * varianceByEta;
                denominatorSlope[j] += x * (1 - (2 * point.Mean)) * point.MeanSlope;
            }

            for (var t = 0; t < fit.RandomEffects.Count; t++)
            {
                var share = fit.Parameters[p + t] / sigma;
                numeratorSlope[p + t] += share * varianceBySigma;
                denominatorSlope[p + t] += share * (1 - (2 * point.Mean)) * point.MeanSpreadSlope;
            }
        }

        var correlation = numerator / denominator;
        for (var j = 0; j < numeratorSlope.Length; j++)
        {
            numeratorSlope[j] = (numeratorSlope[j] - (correlation * denominatorSlope[j])) / denominator;
        }

        return OnLogit(correlation, Error(fit, numeratorSlope, 1), critical);
    }
}
