using MarginalConditional.Cli.Publishing;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Profiles;
using MarginalConditional.Lmm.Reports;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Commands.Lmm;

/// <summary>The pictures of a linear mixed model.</summary>
internal static class LmmPictures
{
    /// <summary>All of them.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="rows">Its coefficients and contrasts.</param>
    /// <param name="extras">Least-squares means and so on, where they were asked for.</param>
    /// <param name="level">The intervals' level.</param>
    public static IReadOnlyList<OfferedPicture> Of(LmmFit fit, IReadOnlyList<Coefficient> rows, LmmExtras extras, double level) =>
    [
        FitPictures.Coefficients(rows, "gaussian", "identity", level, PictureTone.Conditional),
        FitPictures.Means(extras.Means, fit.Frame, Family.Gaussian, Link.Identity),
        Correlation(fit),
        new OfferedPicture("residuals", () => QuantilePicture.OfResiduals(
            ConditionalResiduals.Of(fit), fit.RandomEffects.Count > 0 ? "Residuals given the effects" : "Residuals")),
        fit.RandomEffects.Count > 0
            ? new OfferedPicture("random-effects", () => QuantilePicture.OfEffects(fit.RandomEffects))
            : OfferedPicture.Without("random-effects", "the model has none"),
        Influence(fit),
        Likelihood(fit, level),
        FitPictures.Dropout(fit.Frame),
    ];

    private static OfferedPicture Correlation(LmmFit fit) => fit.Frame.WaveLabels.Count < 2
        ? OfferedPicture.Without("correlation", "it is not said which row belongs to which wave (--wave COLUMN with --lags)")
        : !fit.Convergence.Converged
            ? OfferedPicture.Without("correlation", "the fit did not converge")
            : !HasDistances(fit.Frame)
                ? OfferedPicture.Without("correlation", "no cluster has rows of two waves")
                : new OfferedPicture("correlation", () => CorrelationPicture.Of(
                    [.. CorrelationByLag.Of(fit).Select(lag => (lag.Lag, lag.Pairs, lag.Empirical, lag.Fitted))],
                    fit.ResidualCovariances.Count > 0 ? fit.Options.Residual.Description : "random effects"));

    private static bool HasDistances(ModelFrame frame)
    {
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var waves = frame.Waves.Slice(frame.Clusters.Start(c), frame.Clusters.Size(c));
            if (waves.IndexOfAnyExcept(waves[0]) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static OfferedPicture Influence(LmmFit fit) => !fit.Convergence.Converged
        ? OfferedPicture.Without("influence", "the fit did not converge")
        : !ClusterDeletion.IsDefined(fit)
            ? OfferedPicture.Without("influence", "crossed effects make one cluster of all rows")
            : new OfferedPicture("influence", () =>
            {
                var deleted = ClusterDeletion.Of(fit);
                return InfluencePicture.Of(deleted.Clusters, deleted.Distances, "with the variances held");
            });

    private static OfferedPicture Likelihood(LmmFit fit, double level) => !fit.Convergence.Converged
        ? OfferedPicture.Without("likelihood", "the fit did not converge")
        : fit.Options.FixedResidualVariance is not null
            ? OfferedPicture.Without("likelihood", "the residual variance was given")
            : FitPictures.Likelihood(
                fit.RandomEffects, effects => ProfileIntervals.TracesOfStandardDeviations(fit, effects, level));
}
