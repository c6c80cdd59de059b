using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>The picture of correlation within clusters by distance in time.</summary>
public static class CorrelationPicture
{
    /// <summary>Observed correlations of residuals and those of the model.</summary>
    /// <param name="lags">Distance in waves, pairs, observed and fitted correlation, ascending by distance.</param>
    /// <param name="model">What the fitted ones come from: <c>exchangeable</c>.</param>
    public static Picture Of(IReadOnlyList<(int Lag, long Pairs, double Observed, double Fitted)> lags, string model)
    {
        ArgumentNullException.ThrowIfNull(lags);
        var most = (double)lags.Max(lag => lag.Pairs);
        var largest = lags.MaxBy(lag => Math.Abs(lag.Observed - lag.Fitted));
        return new Picture
        {
            Kind = "correlation",
            Title = "Correlation of residuals by distance in waves",
            Caption = "Points: between residuals of one cluster, their area by the number of pairs; line: by the model.",
            Description = $"Correlations from {Figures.Fixed(lags[0].Observed, 2)} at distance {lags[0].Lag} to "
                + $"{Figures.Fixed(lags[^1].Observed, 2)} at {lags[^1].Lag}; they differ most from the model at {largest.Lag}: "
                + $"{Figures.Fixed(largest.Observed, 2)} observed, {Figures.Fixed(largest.Fitted, 2)} fitted.",
            Numbers = new NumberTable(
                ["waves apart", "pairs", "observed", "fitted"],
                [.. lags.Select(lag => new TableCell[] { (double)lag.Lag, (double)lag.Pairs, lag.Observed, lag.Fitted })]),
            Across = new PictureAxis("Waves apart")
            {
                Ticks = [.. lags.Select(lag => ((double)lag.Lag, Figures.Count(lag.Lag)))],
                Minimum = lags[0].Lag - 0.4,
                Maximum = lags[^1].Lag + 0.4,
            },
            Up = new PictureAxis("Correlation")
            {
                Minimum = Math.Min(-0.05, lags.Min(lag => Math.Min(lag.Observed, lag.Fitted)) - 0.05),
                Maximum = Math.Max(0.2, 1.1 * lags.Max(lag => Math.Max(lag.Observed, lag.Fitted))),
            },
            Marks =
            [
                new PictureMark.Rule(0) { IsHorizontal = true, Tone = PictureTone.Muted },
                new PictureMark.Line([.. lags.Select(lag => new PicturePoint(lag.Lag, lag.Fitted))])
                {
                    Tone = PictureTone.First,
                    Legend = $"fitted, {model}",
                },
                new PictureMark.Dots([.. lags.Select(lag => new PicturePoint(lag.Lag, lag.Fitted))])
                {
                    Tone = PictureTone.First,
                    Shape = PictureShape.Ring,
                    Radius = 3,
                },
                new PictureMark.Dots([.. lags.Select(lag => new PicturePoint(lag.Lag, lag.Observed))])
                {
                    Radius = 7,
                    Areas = [.. lags.Select(lag => Math.Max(0.15, lag.Pairs / most))],
                    Names = [.. lags.Select(lag => $"{Figures.Counted(lag.Pairs, "pair")}: {Figures.Fixed(lag.Observed, 3)}")],
                    Legend = "observed",
                },
            ],
        };
    }
}
