using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Report.Gallery;

/// <summary>The picture of mean residuals where fitted means are alike.</summary>
public static class ResidualPicture
{
    /// <summary>Mean residuals with their intervals against the fitted means.</summary>
    /// <param name="bins">The bins, one or more.</param>
    /// <param name="outcome">What the outcome is called.</param>
    /// <param name="percent">Whether it is a proportion.</param>
    /// <param name="unit">What a cluster is called: rows of one depend on each other.</param>
    /// <param name="level">The intervals' level.</param>
    public static Picture Of(IReadOnlyList<ResidualBin> bins, string outcome, bool percent, string unit, double level)
    {
        ArgumentNullException.ThrowIfNull(bins);
        ResidualBin[] shown = [.. bins.Where(bin => double.IsFinite(bin.Residual.Estimate))];
        string Text(double value) => percent ? Figures.Percent(value) : Figures.Significant(value);
        string Name(ResidualBin bin) => $"{Figures.Counted(bin.Rows, "row")} of {Figures.Counted(bin.Clusters, "cluster")}: mean residual "
            + $"{Text(bin.Residual.Estimate)} at a fitted mean of {Text(bin.Fitted)}";
        PictureMark.Dots Dots(IEnumerable<ResidualBin> some, PictureTone tone, PictureShape shape, string legend)
        {
            var those = some.ToArray();
            return new PictureMark.Dots([.. those.Select(bin => new PicturePoint(bin.Fitted, bin.Residual.Estimate))])
            {
                Tone = tone,
                Shape = shape,
                Names = [.. those.Select(Name)],
                Legend = those.Length == 0 ? string.Empty : legend,
            };
        }

        var away = shown.Count(bin => bin.Residual.LeavesOut(0));
        var scale = percent ? PictureScale.Percent : PictureScale.Number;
        return new Picture
        {
            Kind = "residuals",
            Title = $"Mean residuals of {outcome} where fitted means are alike",
            Caption = $"Points: means of residuals over rows with neighbouring fitted means; lines: {Figures.Level(level)} intervals, "
                + $"which allow for rows of one {unit} depending on each other. Where the model of the mean is right, they lie around 0.",
            Description = $"{Figures.Counted(shown.Length, "bin")} of fitted means; the intervals of {Figures.Count(away)} leave out 0.",
            Numbers = new NumberTable(
                ["fitted mean", "rows", "clusters", "mean residual", "lower", "upper"],
                [.. shown.Select(bin => new TableCell[]
                {
                    bin.Fitted, (double)bin.Rows, (double)bin.Clusters, bin.Residual.Estimate, bin.Residual.Lower, bin.Residual.Upper,
                })]),
            Across = new PictureAxis("Fitted mean", scale),
            Up = new PictureAxis("Mean residual", scale),
            Marks =
            [
                new PictureMark.Rule(0) { IsHorizontal = true, Tone = PictureTone.Muted },
                .. shown.Where(bin => double.IsFinite(bin.Residual.Lower)).Select(bin =>
                    new PictureMark.Range(bin.Fitted, bin.Residual.Lower, bin.Residual.Upper) { IsVertical = true, Tone = Tone(bin) }),
                Dots(shown.Where(bin => !bin.Residual.LeavesOut(0)), PictureTone.Ink, PictureShape.Disc, "mean residual"),
                Dots(shown.Where(bin => bin.Residual.LeavesOut(0)), PictureTone.Second, PictureShape.Diamond, "away from 0"),
            ],
        };
    }

    private static PictureTone Tone(ResidualBin bin) => bin.Residual.LeavesOut(0) ? PictureTone.Second : PictureTone.Ink;
}
