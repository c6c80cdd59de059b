using MarginalConditional.Data;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Profiles;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.NormalMeans;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Meta.Exact;

/// <summary>
/// Combines odds ratios by the binomial–normal model, and rate ratios by the Poisson–normal
/// one: the counts' own likelihood, no normal approximation, no correction of zeros.
/// </summary>
/// <remarks>
/// Events in an arm are binomial with logit αᵢ + (μ + bᵢ)x, or Poisson with log rate αᵢ + (μ + bᵢ)x, an intercept αᵢ a study, bᵢ ~ N(0,
/// τ²); the random part is coded x = ±½, so that both arms vary alike (model 4 of Jackson et al. 2018; Turner et al. 2000; Stijnen, Hamza
/// and
/// Özdemir 2010). Fitted by adaptive Gauss–Hermite quadrature. Studies without events, or without non-events, in both arms say nothing
/// about the ratio and are left out.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Meta;
/// using MarginalConditional.Meta.Effects;
/// using MarginalConditional.Meta.Exact;
///
/// var counts = StudyCounts.Read(
///     DatasetReader.Read("trials.csv"), ("cases1", "others1"), ("cases0", "others0"), labelColumns: ["trial"]);
/// Console.WriteLine(ExactMetaAnalysis.Fit(counts, new MetaAnalysisOptions()));
/// </code>
/// </example>
public static class ExactMetaAnalysis
{
    /// <summary>Quadrature nodes: one dimension, so many cost little.</summary>
    internal const int Nodes = 25;

    /// <summary>The same for one arm, whose effects may lie many standard deviations apart.</summary>
    internal const int ArmNodes = 75;

    /// <summary>Fits the model to the counts of at least two informative studies.</summary>
    /// <param name="counts">Whole numbers.</param>
    /// <param name="options">Level and prediction; the estimator of τ² and
    /// the kind of interval have no part: maximum likelihood, Wald.</param>
    /// <param name="threads">Threads to use, 0 for all.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <exception cref="InputException">A count is not a whole number, or fewer than two studies are informative.</exception>
    public static MetaAnalysisFit Fit(
        StudyCounts counts, MetaAnalysisOptions options, int threads = 0, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        return Fit(ExactStudies.Of(counts), options, threads);
    }

    /// <summary>Fits the model to the rates of at least two informative studies.</summary>
    /// <param name="rates">Events are whole numbers.</param>
    /// <param name="options">As for counts.</param>
    /// <param name="threads">Threads to use, 0 for all.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <exception cref="InputException">A number of events is not whole, or fewer than two studies are informative.</exception>
    public static MetaAnalysisFit Fit(
        StudyRates rates, MetaAnalysisOptions options, int threads = 0, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        return Fit(ExactStudies.Of(rates), options, threads);
    }

    /// <summary>Fits one arm: logits of proportions, or logarithms of rates, that vary normally between studies.</summary>
    /// <remarks>The estimate is the median of the studies; the mean of the proportions themselves is the fit's natural mean.</remarks>
    /// <param name="arms">Events are whole numbers.</param>
    /// <param name="options">As for counts.</param>
    /// <param name="threads">Threads to use, 0 for all.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <exception cref="InputException">A count is not whole, there are fewer than two studies, or none or all have the event.</exception>
    public static MetaAnalysisFit Fit(
        StudyArms arms, MetaAnalysisOptions options, int threads = 0, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(arms);
        return Fit(ExactArms.Of(arms), arms.ReadingNotes, options, threads);
    }

    /// <summary>The fits of one arm without each study in turn.</summary>
    internal static IReadOnlyList<MetaAnalysisFit> LeaveOneOut(ExactArms arms, MetaAnalysisOptions options, int threads)
    {
        using var work = LongWork.Begin("fits without a study", arms.Arms.Count);
        return
        [
            .. work.Each(Enumerable.Range(0, arms.Arms.Count))
                .Select(study => Fit(arms.Without(study), [], options with { ProfilesTau2 = false }, threads)),
        ];
    }

    private static MetaAnalysisFit Fit(ExactArms arms, IReadOnlyList<string> notes, MetaAnalysisOptions options, int threads)
    {
        ArgumentNullException.ThrowIfNull(options);
        var fit = GlmmFitter.Fit(arms.Frame(), new GlmmOptions { Family = arms.Family, Nodes = ArmNodes, Threads = threads });
        double[] mean = [double.NaN];
        var (median, spread) = (fit.Coefficients[0], Math.Sqrt(fit.RandomEffects[0].Covariance[0]));
        if (double.IsFinite(median) && double.IsFinite(spread))
        {
            MarginalMean.For(arms.Family.DefaultLink).Means([median], [spread], mean);
        }

        return Summarize(arms.Effects, notes, options, fit, 0, mean[0]);
    }

    /// <summary>The fits without each informative study in turn, τ² without interval.</summary>
    internal static IReadOnlyList<MetaAnalysisFit> LeaveOneOut(ExactStudies studies, MetaAnalysisOptions options, int threads)
    {
        using var work = LongWork.Begin("fits without a study", studies.Arms.Count);
        return
        [
            .. work.Each(Enumerable.Range(0, studies.Arms.Count))
                .Select(study => Fit(studies.Without(study), options with { ProfilesTau2 = false }, threads)),
        ];
    }

    internal static MetaAnalysisFit Fit(ExactStudies studies, MetaAnalysisOptions options, int threads)
    {
        ArgumentNullException.ThrowIfNull(options);
        var fit = GlmmFitter.Fit(studies.Frame(), new GlmmOptions { Family = studies.Family, Nodes = Nodes, Threads = threads });
        IReadOnlyList<string> notes = [.. studies.Notes, .. StudyNotes.OfUninformative(studies.Uninformative)];
        return Summarize(studies.Effects, notes, options, fit, studies.Arms.Count, double.NaN);
    }

    /// <summary>The squares of the profile limits of τ.</summary>
    internal static Interval Tau2Interval(GlmmFit fit, double level)
    {
        var deviation = GlmmProfiles.OfStandardDeviation(fit, level: level);
        return new Interval(deviation.Lower * deviation.Lower, deviation.Upper * deviation.Upper);
    }

    private static MetaAnalysisFit Summarize(
        StudyEffects studies, IReadOnlyList<string> notes, MetaAnalysisOptions options, GlmmFit fit, int coefficient, double naturalMean)
    {
        var k = studies.Count;
        var effect = fit.RandomEffects[0];
        double mean = fit.Coefficients[coefficient], error = fit.StandardErrors[coefficient], tau2 = effect.Covariance[0];
        var critical = MetaAnalysis.Quantile(null, options.Level);
        var shrunken = new StudyShrinkage[k];
        for (var i = 0; i < k; i++)
        {
            var modeError = effect.ModeStandardErrors[i];
            var weight = tau2 > 0 ? Math.Max(0, 1 - (modeError * modeError / tau2)) : 0;
            var spread = Math.Sqrt((modeError * modeError) + ((1 - weight) * (1 - weight) * error * error));
            shrunken[i] = new StudyShrinkage(
                weight,
                mean + effect.Modes[i],
                spread,
                Interval.Around(mean + effect.Modes[i], critical * spread),
                null);
        }

        var common = PooledMoments.At(0, studies.Estimates, studies.Variances);
        var typicalVariance = (k - 1) * common.SumWeights / ((common.SumWeights * common.SumWeights) - common.SumSquaredWeights);
        return new MetaAnalysisFit(studies, options, shrunken)
        {
            IsExact = true,
            NaturalMean = naturalMean,
            Estimate = mean,
            StandardError = error,
            Statistic = MetaAnalysis.Against(studies, mean / error),
            DegreesOfFreedom = null,
            PValue = MetaAnalysis.PValue(MetaAnalysis.Against(studies, mean / error), null),
            ConfidenceInterval = Interval.Around(mean, critical * error),
            PredictionInterval = Interval.Around(
                mean,
                MetaAnalysis.PredictionQuantile(options, k, critical) * Math.Sqrt((error * error) + tau2)),
            Tau2 = tau2,
            Tau2Interval = options.ProfilesTau2 ? Tau2Interval(fit, options.Level) : null,
            Q = common.Q,
            QPValue = common.Q > 0 ? MetaAnalysis.UpperTail(common.Q, k - 1) : 1,
            I2 = 100 * tau2 / (tau2 + typicalVariance),
            H2 = 1 + (tau2 / typicalVariance),
            TypicalVariance = typicalVariance,
            Convergence = fit.Convergence,
            Warnings =
            [
                .. notes,
                .. fit.Warnings,
            ],
        };
    }
}
