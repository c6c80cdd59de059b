using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Exact;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Meta.Diagnostics;

/// <summary>Repeats a meta-analysis without each study in turn, to see whether one study carries the result.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Meta;
/// using MarginalConditional.Meta.Diagnostics;
/// using MarginalConditional.Meta.Effects;
///
/// var studies = new StudyEffects(["A", "B", "C", "D"], [0.2, 0.5, 0.1, 0.3], [0.04, 0.09, 0.02, 0.05], StudyMeasure.Given);
/// var fit = MetaAnalysis.Fit(studies, new MetaAnalysisOptions());
/// foreach (var one in LeaveOneOut.Fits(fit))
/// {
///     Console.WriteLine($"{one.Estimate} {one.Tau2}");
/// }
/// </code>
/// </example>
public static class LeaveOneOut
{
    /// <summary>k fits, each without one study, in the studies' order; needs at least three studies.</summary>
    public static IReadOnlyList<MetaAnalysisFit> Fits(MetaAnalysisFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfLessThan(fit.Studies.Count, 3, nameof(fit));
        using var work = LongWork.Begin("fits without a study", fit.Studies.Count);
        return
        [
            .. work.Each(Enumerable.Range(0, fit.Studies.Count)).Select(study => MetaAnalysis.Fit(fit.Studies.Without(study), fit.Options)),
        ];
    }

    /// <summary>The same by the exact model of counts: one fit for each informative study left out; τ² has no interval.</summary>
    /// <param name="counts">At least three informative studies.</param>
    /// <param name="options">As for the whole analysis.</param>
    /// <param name="threads">Threads to use, 0 for all.</param>
    public static IReadOnlyList<MetaAnalysisFit> Fits(StudyCounts counts, MetaAnalysisOptions options, int threads = 0) =>
        ExactMetaAnalysis.LeaveOneOut(ExactStudies.Of(counts), options, threads);

    /// <summary>The same by the exact model of rates.</summary>
    /// <param name="rates">At least three informative studies.</param>
    /// <param name="options">As for the whole analysis.</param>
    /// <param name="threads">Threads to use, 0 for all.</param>
    public static IReadOnlyList<MetaAnalysisFit> Fits(StudyRates rates, MetaAnalysisOptions options, int threads = 0) =>
        ExactMetaAnalysis.LeaveOneOut(ExactStudies.Of(rates), options, threads);

    /// <summary>The same by the exact model of one arm.</summary>
    /// <param name="arms">At least three studies.</param>
    /// <param name="options">As for the whole analysis.</param>
    /// <param name="threads">Threads to use, 0 for all.</param>
    public static IReadOnlyList<MetaAnalysisFit> Fits(StudyArms arms, MetaAnalysisOptions options, int threads = 0) =>
        ExactMetaAnalysis.LeaveOneOut(ExactArms.Of(arms), options, threads);
}
