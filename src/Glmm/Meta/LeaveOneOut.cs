namespace MarginalConditional.Glmm.Meta;

/// <summary>Repeats a meta-analysis without each study in turn, to see whether one study carries the result.</summary>
public static class LeaveOneOut
{
    /// <summary>k fits, each without one study, in the studies' order; needs at least three studies.</summary>
    public static IReadOnlyList<MetaAnalysisFit> Fits(MetaAnalysisFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfLessThan(fit.Studies.Count, 3, nameof(fit));
        return [.. Enumerable.Range(0, fit.Studies.Count).Select(study => MetaAnalysis.Fit(fit.Studies.Without(study), fit.Options))];
    }
}
