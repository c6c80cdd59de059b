using System.Globalization;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;
using MathNet.Numerics.Distributions;

namespace MarginalConditional.Meta;

/// <summary>Combines studies by the normal–normal model: yᵢ ~ N(θᵢ, vᵢ) with known vᵢ, θᵢ ~ N(μ, τ²).</summary>
/// <remarks>
/// The studies are sorted by variance and estimate first, so the order they are given in does not change a bit of the result, and
/// brought to a common scale by a power of two, so neither do the units. Formulas: Whitehead and Whitehead (1991); Raudenbush (2009).
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Meta;
/// using MarginalConditional.Meta.Effects;
///
/// var studies = new StudyEffects(["A", "B", "C"], [0.2, 0.5, 0.1], [0.04, 0.09, 0.02], StudyMeasure.Given);
/// var fit = MetaAnalysis.Fit(studies, new MetaAnalysisOptions());
/// Console.WriteLine($"{fit.Estimate} {fit.StandardError}, variance between studies {fit.Tau2}");
/// </code>
/// </example>
public static class MetaAnalysis
{
    /// <summary>Fits the model to at least two studies.</summary>
    /// <exception cref="ArgumentException">There are fewer than two studies, or the level is outside (0, 1).</exception>
    public static MetaAnalysisFit Fit(StudyEffects studies, MetaAnalysisOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(studies);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(studies.Count, 2, nameof(studies));
        if (!(options.Level > 0 && options.Level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Level, "The level must be between 0 and 1.");
        }

        var scaled = ScaledStudies.From(studies);
        var heterogeneity = options.Estimator.Estimate(scaled, options.Tolerances);
        return Summarize(studies, options, scaled, heterogeneity);
    }

    private static MetaAnalysisFit Summarize(
        StudyEffects studies,
        MetaAnalysisOptions options,
        ScaledStudies scaled,
        HeterogeneityMeasures heterogeneity)
    {
        var k = studies.Count;
        var common = scaled.At(0);
        var pooled = scaled.At(heterogeneity.Tau2);
        var tau2 = heterogeneity.Tau2 * scaled.Unit * scaled.Unit;
        var mean = pooled.Mean * scaled.Unit;
        var sumWeights = pooled.SumWeights / (scaled.Unit * scaled.Unit);
        var variance = options.Interval.VarianceMultiplier(pooled.Q, k - 1) / sumWeights;
        var error = Math.Sqrt(variance);
        double? degrees = options.Interval.UsesStudent ? k - 1 : null;
        var critical = Quantile(degrees, options.Level);
        var typicalVariance = (k - 1) * common.SumWeights / ((common.SumWeights * common.SumWeights) - common.SumSquaredWeights)
            * scaled.Unit * scaled.Unit;
        var excess = Math.Max(0, 100 * (common.Q - (k - 1)) / common.Q);
        return new MetaAnalysisFit(studies, options, Shrink(studies, tau2, mean, variance, sumWeights, critical))
        {
            Estimate = mean,
            StandardError = error,
            Statistic = Against(studies, mean / error),
            DegreesOfFreedom = degrees,
            PValue = PValue(Against(studies, mean / error), degrees),
            ConfidenceInterval = Interval.Around(mean, critical * error),
            PredictionInterval = Interval.Around(mean, PredictionQuantile(options, k, critical) * Math.Sqrt(variance + tau2)),
            Tau2 = tau2,
            Tau2Interval = QProfile(scaled, options),
            Q = common.Q,
            QPValue = common.Q > 0 ? UpperTail(common.Q, k - 1) : 1,
            I2 = options.Estimator.IsRandom ? 100 * tau2 / (tau2 + typicalVariance) : common.Q > 0 ? excess : 0,
            H2 = options.Estimator.IsRandom ? 1 + (tau2 / typicalVariance) : common.Q / (k - 1),
            TypicalVariance = typicalVariance,
            Convergence = heterogeneity.Convergence,
            Warnings = [.. Warnings(studies, options, mean, common.Q, pooled.Q, heterogeneity)],
        };
    }

    /// <summary>
    /// Viechtbauer (2007): Q at the true τ² is χ² with k − p degrees of freedom, p = 1 without moderators, so the limits are where Q
    /// meets its quantiles.
    /// </summary>
    internal static Interval QProfile(ScaledStudies scaled, MetaAnalysisOptions options)
    {
        var degrees = scaled.Count - scaled.Columns;
        var tail = (1 - options.Level) / 2;
        var precision = options.Tolerances.Root;
        var unit2 = scaled.Unit * scaled.Unit;
        return new Interval(
            unit2 * GeneralizedQ.Solve(ChiSquared.InvCDF(degrees, 1 - tail), scaled, precision, out _),
            unit2 * GeneralizedQ.Solve(ChiSquared.InvCDF(degrees, tail), scaled, precision, out _));
    }

    private static StudyShrinkage[] Shrink(
        StudyEffects studies,
        double tau2,
        double mean,
        double meanVariance,
        double sumWeights,
        double critical)
    {
        var shrunken = new StudyShrinkage[studies.Count];
        for (var i = 0; i < shrunken.Length; i++)
        {
            double y = studies.Estimates[i], v = studies.Variances[i];
            var weight = tau2 / (tau2 + v);
            var estimate = (weight * y) + ((1 - weight) * mean);
            var error = Math.Sqrt((weight * v) + ((1 - weight) * (1 - weight) * meanVariance));
            shrunken[i] = new StudyShrinkage(
                weight,
                estimate,
                error,
                Interval.Around(estimate, critical * error),
                1 / (v + tau2) / sumWeights);
        }

        return shrunken;
    }

    internal static double PredictionQuantile(MetaAnalysisOptions options, int k, double critical) =>
        !options.StudentPrediction || !options.Estimator.IsRandom ? critical
        : k > 2 ? Quantile(k - 2, options.Level) : double.PositiveInfinity;

    internal static double Quantile(double? degrees, double level) => degrees is { } df
        ? StudentDistribution.Quantile((1 + level) / 2, df)
        : StandardNormal.Quantile((1 + level) / 2);

    /// <summary>
    /// The statistic of no effect; not a number for one arm, whose proportion or rate nobody takes to be that of the zero.
    /// </summary>
    internal static double Against(StudyEffects studies, double statistic) =>
        studies.Measure is StudyMeasure.ArmMeasure ? double.NaN : statistic;

    internal static double PValue(double statistic, double? degrees) => degrees is { } df
        ? StudentDistribution.TwoSided(statistic, df)
        : 2 * StandardNormal.UpperTail(Math.Abs(statistic));

    internal static double UpperTail(double q, int degrees) => ChiSquaredDistribution.UpperTail(q, degrees);

    private static List<string> Warnings(
        StudyEffects studies,
        MetaAnalysisOptions options,
        double mean,
        double q,
        double pooledQ,
        HeterogeneityMeasures heterogeneity)
    {
        List<string> warnings = [.. studies.Notes];
        if (studies.Measure is StudyMeasure.ArmMeasure { DependsOnSize: true } arm)
        {
            string At(double size) => arm.Natural(mean, size).ToString("g3", CultureInfo.InvariantCulture);
            warnings.Add($"A combined effect of this transformation becomes a {arm.Name} at one size of study: "
                + $"{At(studies.TypicalSize)} at the harmonic mean of the sizes, {At(studies.Sizes.Min())} at the smallest, "
                + $"{At(studies.Sizes.Max())} at the largest. --measure {(arm.IsRate ? "IRLN" : "PLO")} --method exact has no such "
                + "choice.");
        }

        if (heterogeneity.Convergence.Status == ConvergenceStatus.Boundary)
        {
            warnings.Add(heterogeneity.Convergence.Message);
        }

        var k = studies.Count;
        if (!options.Estimator.IsRandom && q > 0 && UpperTail(q, k - 1) < options.Tolerances.Heterogeneity)
        {
            warnings.Add("One common effect is assumed, yet the studies differ by more than their sampling errors explain: the interval is "
                + "too narrow for a mean over studies. --method REML lets effects differ.");
        }

        if (options.Estimator.IsRandom && k < options.Tolerances.FewStudies && !options.Interval.UsesStudent)
        {
            warnings.Add($"With {k} studies the variance between studies is poorly known, and the Wald interval ignores that; use --ci "
                + "hartung-knapp.");
        }

        if (options.Interval == MeanInterval.HartungKnapp && pooledQ < k - 1 - options.Tolerances.Agreement)
        {
            warnings.Add("The studies agree better than their sampling errors suggest, which makes the Hartung-Knapp standard error "
                + "smaller than the usual one; that of --ci hartung-knapp-adhoc never is.");
        }

        if (options.StudentPrediction && options.Estimator.IsRandom && k < 3)
        {
            warnings.Add("The prediction interval with k − 2 degrees of freedom is unbounded for two studies; without "
                + "--student-prediction it is not.");
        }

        return warnings;
    }
}
