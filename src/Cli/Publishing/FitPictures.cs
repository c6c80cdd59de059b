using MarginalConditional.Cli.Output;
using MarginalConditional.Data.Frames;
using MarginalConditional.Means;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
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

    /// <summary>Estimated means.</summary>
    public static OfferedPicture Means(EstimatedMeans? means, ModelFrame frame) =>
        means is not null && means.Means.Any(mean => mean.IsEstimable && mean.At.Count > 0)
            ? new OfferedPicture("means", () => MeansPicture.Of(means.Means, frame.ResponseName, means.Request.Level))
            : OfferedPicture.Without("means", "no means were asked for (--lsmeans arm:visit)");

    /// <summary>Who was seen at which waves.</summary>
    public static OfferedPicture Dropout(ModelFrame frame) => frame.WaveLabels.Count < 2
        ? OfferedPicture.Without("dropout", "it is not said which row belongs to which wave (--wave COLUMN)")
        : frame.WaveLabels.Count > 60
            ? OfferedPicture.Without("dropout", $"{Figures.Count(frame.WaveLabels.Count)} waves are more than a picture shows")
            : new OfferedPicture("dropout", () => DropoutPicture.Of(frame));
}
