using MarginalConditional.Cli.Publishing;
using MarginalConditional.Compare.Curves;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Glmm.Profiles;
using MarginalConditional.Glmm.Residuals;
using MarginalConditional.Means;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Cli.Commands.Glmm;

/// <summary>The pictures of a fitted mixed model.</summary>
internal static class GlmmPictures
{
    private const string WithoutMean = "the inverse link has no mean over normal effects";
    private const string ExcessZeros = "with excess zeros a mean has two parts";

    /// <summary>All of them.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="rows">Its coefficients and contrasts.</param>
    /// <param name="level">The intervals' level.</param>
    /// <param name="means">Estimated means; null when none were asked for.</param>
    /// <param name="residuals">Simulated residuals; null when none were asked for.</param>
    public static IReadOnlyList<OfferedPicture> Of(
        GlmmFit fit, IReadOnlyList<Coefficient> rows, double level, EstimatedMeans? means, SimulatedResiduals? residuals) =>
    [
        FitPictures.Coefficients(rows, fit.Options.DistributionName, fit.Link.Name, level, PictureTone.Conditional),
        FitPictures.Means(means, fit.Frame, fit.Family, fit.Link),
        .. Both(fit),
        Residuals(fit, level),
        .. ResidualsPart.Pictures(fit, residuals),
        RandomEffects(fit),
        Influence(fit),
        Likelihood(fit, level),
    ];

    /// <summary>Why conditional and marginal effects differ: curves and attenuation.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="treatment">The treatment's column, whose arms have curves; null for the first factor.</param>
    /// <param name="column">The design column whose attenuation is drawn; null for the last one.</param>
    /// <param name="unit">What one cluster is called, and several.</param>
    public static IReadOnlyList<OfferedPicture> Both(
        GlmmFit fit, string? treatment = null, int? column = null, (string One, string Several)? unit = null)
    {
        var names = unit ?? ("cluster", "clusters");
        const string Unfit = "the fit has no finite estimates";
        if (fit.Options.ZeroInflation)
        {
            return [OfferedPicture.Without("curves", ExcessZeros), OfferedPicture.Without("attenuation", ExcessZeros)];
        }

        if (fit.HasInfiniteEstimates || !fit.Convergence.Converged)
        {
            return [OfferedPicture.Without("curves", Unfit), OfferedPicture.Without("attenuation", Unfit)];
        }

        var effect = column ?? LastEffect(fit);
        return
        [
            !MarginalMean.Exists(fit.Link) ? OfferedPicture.Without("curves", WithoutMean)
                : ClusterCurves.Of(fit, treatment) is { } curves
                    ? new OfferedPicture("curves", () => ConditionalPictures.Curves(
                        curves, fit.Frame.ResponseName, fit.Family == Family.Binomial, names, Flattens(fit)))
                    : OfferedPicture.Without("curves", "no covariate is a number with more than two values, or the model has an offset"),
            effect >= 0 && fit.Link == Link.Logit && fit.RandomEffects is [{ Dimension: 1 }]
                ? new OfferedPicture("attenuation", () => ConditionalPictures.Attenuation(
                    AttenuationCurve.Of(fit, effect)!, names.Several))
                : OfferedPicture.Without("attenuation", "it is of models with the logit link and one random intercept"),
        ];
    }

    /// <summary>
    /// Whether the average of curves is flatter than each of them at its steepest: where they have a floor and a ceiling, and are alike but
    /// for their place.
    /// </summary>
    private static bool Flattens(GlmmFit fit) =>
        fit.Family == Family.Binomial && fit.RandomEffects.All(effect => effect.Names is [DesignMatrix.InterceptName])
        && (fit.Link == Link.Logit || fit.Link == Link.Probit || fit.Link == Link.Cloglog);

    private static int LastEffect(GlmmFit fit) => Enumerable.Range(0, fit.Frame.Design.Columns)
        .Where(j => j != fit.Frame.Design.Intercept)
        .LastOrDefault(-1);

    private static OfferedPicture Residuals(GlmmFit fit, double level) => fit.HasInfiniteEstimates || !fit.Convergence.Converged
        ? OfferedPicture.Without("residuals", "the fit has no finite estimates")
        : !MarginalMean.Exists(fit.Link)
            ? OfferedPicture.Without("residuals", WithoutMean)
            : FitPictures.Residuals(
                () => MarginalResiduals.Binned(fit, level), fit.Frame, fit.Family == Family.Binomial, level);

    private static OfferedPicture Influence(GlmmFit fit) => fit.HasInfiniteEstimates || !fit.Convergence.Converged
        ? OfferedPicture.Without("influence", "the fit has no finite estimates")
        : !ClusterDeletion.IsDefined(fit)
            ? OfferedPicture.Without("influence", "crossed effects make one cluster of all rows")
            : new OfferedPicture("influence", () =>
            {
                var deleted = ClusterDeletion.Of(fit);
                return InfluencePicture.Of(deleted.Clusters, deleted.Distances, "by one step of all parameters");
            });

    private static OfferedPicture RandomEffects(GlmmFit fit) => fit.IsUnbounded || !fit.Convergence.Converged
        ? OfferedPicture.Without("random-effects", "the fit did not converge")
        : new OfferedPicture("random-effects", () => QuantilePicture.OfEffects(fit.RandomEffects));

    private static OfferedPicture Likelihood(GlmmFit fit, double level) =>
        fit.HasInfiniteEstimates || fit.IsUnbounded || !fit.Convergence.Converged
            ? OfferedPicture.Without("likelihood", "the fit did not converge")
            : FitPictures.Likelihood(
                fit.RandomEffects, effects => GlmmProfiles.TracesOfStandardDeviations(fit, effects, level));
}
