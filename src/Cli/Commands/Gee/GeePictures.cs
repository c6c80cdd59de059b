using MarginalConditional.Cli.Publishing;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Diagnostics;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Means;
using MarginalConditional.Mixed;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Gee;

/// <summary>The pictures of a GEE fit.</summary>
internal static class GeePictures
{
    /// <summary>All of them.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="rows">Its coefficients and contrasts.</param>
    /// <param name="level">The intervals' level.</param>
    /// <param name="means">Estimated means; null when none were asked for.</param>
    public static IReadOnlyList<OfferedPicture> Of(
        GeeFit fit, IReadOnlyList<Coefficient> rows, double level, EstimatedMeans? means = null) =>
    [
        FitPictures.Coefficients(rows, fit.Options.Family.Name, fit.Options.EffectiveLink.Name, level, PictureTone.Marginal),
        FitPictures.Means(means, fit.Frame, fit.Options.Family, fit.Options.EffectiveLink),
        MeanResiduals(fit, level),
        Correlation(fit),
        Influence(fit, fit.Frame.Clusters),
        FitPictures.Dropout(fit.Frame),
    ];

    /// <summary>Those of a fit of ordered outcomes.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="rows">Its coefficients, without the thresholds, and contrasts.</param>
    /// <param name="level">The intervals' level.</param>
    /// <param name="means">Estimated means; null when none were asked for.</param>
    public static IReadOnlyList<OfferedPicture> Of(
        OrdinalGeeFit fit, IReadOnlyList<Coefficient> rows, double level, EstimatedMeans? means) =>
    [
        FitPictures.Coefficients(rows, "ordinal", fit.Options.Link.Name, level, PictureTone.Marginal),
        FitPictures.Means(means, fit.Frame, Family.Gaussian, fit.Options.Link.Marginal),
        OfferedPicture.Without("residuals", "an ordinal outcome has a residual for each threshold"),
        OfferedPicture.Without("correlation", "an ordinal outcome has a residual for each threshold"),
        Influence(fit.Indicators, fit.Frame.Clusters),
        FitPictures.Dropout(fit.Frame),
    ];

    private static OfferedPicture Correlation(GeeFit fit) =>
        fit.Frame.WaveLabels.Count < 2 ? OfferedPicture.Without(
            "correlation", "it is not said which row belongs to which wave (--wave COLUMN)")
        : fit.Frame.Clusters.MaximumSize < 2 ? OfferedPicture.Without("correlation", "no cluster has two rows")
        : !fit.Convergence.Converged ? OfferedPicture.Without("correlation", "the fit did not converge")
        : new OfferedPicture("correlation", () => CorrelationPicture.Of(
            [.. LagCorrelation.Of(fit).Select(lag => (lag.Lag, lag.Pairs, lag.Observed, lag.Fitted))], fit.Correlation.Name));

    private static OfferedPicture MeanResiduals(GeeFit fit, double level) => fit.Separated is not null || !fit.Convergence.Converged
        ? OfferedPicture.Without("residuals", "the fit has no finite estimates")
        : FitPictures.Residuals(
            () => Residuals.Binned(fit, level), fit.Frame, fit.Options.Family == Family.Binomial, level);

    private static OfferedPicture Influence(GeeFit fit, Clusters clusters)
    {
        if (!fit.Convergence.Converged)
        {
            return OfferedPicture.Without("influence", "the fit did not converge");
        }

        return new OfferedPicture("influence", () => InfluencePicture.Of(
            ClusterList.Of(clusters), ClusterDeletion.OneStep(fit).Distances, "by one step with the correlation held"));
    }
}
