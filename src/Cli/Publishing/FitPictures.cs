using MarginalConditional.Cli.Output;
using MarginalConditional.Data.Frames;
using MarginalConditional.Means;
using MarginalConditional.Mixed;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Publishing;

/// <summary>The pictures that fits of several kinds have in common.</summary>
internal static class FitPictures
{
    /// <summary>The coefficients: as ratios where they are logarithms of ratios.</summary>
    public static OfferedPicture Coefficients(
        IReadOnlyList<Coefficient> rows, string family, string link, double level, PictureTone tone) =>
        rows.Any(row => double.IsFinite(row.Estimate))
            ? new OfferedPicture("coefficients", () => CoefficientPicture.Of(
                rows,
                CoefficientView.RatioName(family, link) is { } name
                    ? new EffectScale(name, true)
                    : EffectScale.Difference("Coefficient", rows.Select(row => row.StandardError)),
                level,
                tone))
            : OfferedPicture.Without("coefficients", "nothing could be estimated");

    /// <summary>Estimated means, on the scale on which they were asked for.</summary>
    public static OfferedPicture Means(EstimatedMeans? means, ModelFrame frame, Family family, Link link)
    {
        if (means is null || !means.Means.Any(mean => mean.At.Count > 0))
        {
            return OfferedPicture.Without("means", "no means were asked for (--lsmeans arm:visit)");
        }

        if (!means.Means.Any(mean => double.IsFinite(mean.Estimate.Estimate)))
        {
            return OfferedPicture.Without("means", "none of them could be estimated");
        }

        var isPredictor = link != Link.Identity && means.Means[0].Scale == MeanScale.Link.Name;
        var name = frame.ResponseName + (means.Request.Scale == MeanScale.Median ? " in a typical cluster" : string.Empty);
        var isProbability = means.IsOrdinal && means.Request.Scale != MeanScale.Link && means.Request.CategoryMean != CategoryMean.Score;
        var what = means.IsOrdinal ? OfCategories(means, name)
            : !isPredictor ? name
            : link == Link.Logit ? $"the log odds of {name}"
            : link == Link.Log ? $"the log of {name}"
            : $"the linear predictor of {name}";
        return new OfferedPicture("means", () => MeansPicture.Of(
            means.Means, what, isProbability || (!isPredictor && family == Family.Binomial), means.Request.Level));
    }

    private static string OfCategories(EstimatedMeans means, string name) => means.Request.Scale == MeanScale.Link
        ? $"the latent scale of {name}"
        : means.Request.CategoryMean == CategoryMean.Score ? $"the score of {name}"
        : means.Request.CategoryMean == CategoryMean.Cumulative ? $"at most each category of {name}"
        : $"the categories of {name}";

    /// <summary>Mean residuals where fitted means are alike.</summary>
    /// <param name="bins">Makes the bins.</param>
    /// <param name="frame">What was fitted.</param>
    /// <param name="isShare">Whether the outcome is a proportion.</param>
    /// <param name="level">The intervals' level.</param>
    public static OfferedPicture Residuals(Func<IReadOnlyList<ResidualBin>> bins, ModelFrame frame, bool isShare, double level) =>
        new("residuals", () => ResidualPicture.Of(bins(), frame.ResponseName, isShare, frame.Clusters.Name, level));

    /// <summary>The likelihood along the standard deviations that are above 0, as many as a picture shows.</summary>
    /// <param name="terms">The random effects of a fit.</param>
    /// <param name="follow">Follows the likelihood along the deviations of effects, given by their terms and places there.</param>
    public static OfferedPicture Likelihood(
        IReadOnlyList<RandomEffectEstimate> terms, Func<IReadOnlyList<(int Term, int Effect)>, IReadOnlyList<ProfileTrace>> follow)
    {
        var all = terms.SelectMany((term, t) => Enumerable.Range(0, term.Dimension).Select(effect => (Term: t, Effect: effect))).ToArray();
        var positive = all.Where(at => terms[at.Term].StandardDeviations[at.Effect] > 0).Take(LikelihoodPicture.Most).ToArray();
        return positive.Length == 0
            ? OfferedPicture.Without("likelihood", "no standard deviation of a random effect is above 0")
            : new OfferedPicture("likelihood", () => LikelihoodPicture.Of(follow(positive), all.Length)) { IsCostly = true };
    }

    /// <summary>Who was seen at which waves.</summary>
    public static OfferedPicture Dropout(ModelFrame frame) => frame.WaveLabels.Count < 2
        ? OfferedPicture.Without("dropout", "it is not said which row belongs to which wave (--wave COLUMN)")
        : frame.WaveLabels.Count > 60
            ? OfferedPicture.Without("dropout", $"{Figures.Count(frame.WaveLabels.Count)} waves are more than a picture shows")
            : new OfferedPicture("dropout", () => DropoutPicture.Of(frame));
}
