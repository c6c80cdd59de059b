using MarginalConditional.Glmm.Residuals;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>Pictures of simulated residuals: against uniform quantiles, and by rank of prediction.</summary>
public static class ScaledResidualPictures
{
    private const int MostPoints = 2000;
    private const int MostBins = 10;
    private const int LeastRowsOfBin = 20;

    private static readonly double[] Quartiles = [0.25, 0.5, 0.75];

    /// <summary>The residuals in their order against uniform quantiles, with the distance that draws from the model keep.</summary>
    /// <param name="residuals">The residuals.</param>
    public static Picture Quantiles(SimulatedResiduals residuals)
    {
        ArgumentNullException.ThrowIfNull(residuals);
        double[] values = [.. residuals.Scaled.ToArray().Where(double.IsFinite).Order()];
        var n = Math.Max(1, values.Length);
        var step = Math.Max(1, (values.Length + MostPoints - 1) / MostPoints);
        PicturePoint[] points =
            [.. Enumerable.Range(0, values.Length).Where(i => i % step == 0).Select(i => new PicturePoint((i + 0.5) / n, values[i]))];
        var band = residuals.Band;
        return new Picture
        {
            Kind = "simulated-residuals",
            Title = "Simulated residuals against uniform quantiles",
            Caption = "Where each outcome lies among outcomes drawn from the fitted model, in order. If the model is right they lie along "
                + $"the middle line, and of {Figures.Count(residuals.Draws)} draws from it 95 % stay between the outer ones.",
            Description = $"{Figures.Counted(values.Length, "residual")}; the largest distance from the line is "
                + $"{Figures.Significant(residuals.Uniformity.Statistic)} (p {Figures.ProbabilityRelation(residuals.Uniformity.PValue)}).",
            Numbers = new NumberTable(
                ["uniform quantile", "residual"], [.. points.Select(point => new TableCell[] { point.Across, point.Up })]),
            Across = new PictureAxis("Uniform quantile"),
            Up = new PictureAxis("Simulated residual"),
            Marks =
            [
                new PictureMark.Line([new PicturePoint(0, band), new PicturePoint(1 - band, 1)])
                {
                    Tone = PictureTone.Muted, Stroke = (PictureStroke)1,
                },
                new PictureMark.Line([new PicturePoint(band, 0), new PicturePoint(1, 1 - band)])
                {
                    Tone = PictureTone.Muted, Stroke = (PictureStroke)1,
                },
                new PictureMark.Line([new PicturePoint(0, 0), new PicturePoint(1, 1)]) { Tone = PictureTone.First, Width = 1.5 },
                new PictureMark.Dots(points) { Tone = PictureTone.Ink, Radius = 2.5, Opacity = 0.75 },
            ],
        };
    }

    /// <summary>The residuals by the rank of the rows' predictions, with quartiles of neighbours.</summary>
    /// <param name="residuals">The residuals.</param>
    public static Picture ByPrediction(SimulatedResiduals residuals)
    {
        ArgumentNullException.ThrowIfNull(residuals);
        var (scaled, predictions) = (residuals.Scaled.ToArray(), residuals.Predictions.ToArray());
        int[] order = [.. Enumerable.Range(0, scaled.Length).Where(row => double.IsFinite(scaled[row])).OrderBy(row => predictions[row])];
        var n = Math.Max(1, order.Length);
        var step = Math.Max(1, (order.Length + MostPoints - 1) / MostPoints);
        PicturePoint[] points =
        [
            .. Enumerable.Range(0, order.Length).Where(i => i % step == 0)
                .Select(i => new PicturePoint((i + 0.5) / n, scaled[order[i]])),
        ];
        var bins = Math.Clamp(order.Length / LeastRowsOfBin, 1, MostBins);
        var lines = Quartiles.Select(quartile => Enumerable.Range(0, bins).Select(bin =>
        {
            var (from, to) = ((int)((long)bin * order.Length / bins), (int)((long)(bin + 1) * order.Length / bins));
            double[] own = [.. order[from..to].Select(row => scaled[row]).Order()];
            return new PicturePoint(
                (from + to) / 2.0 / n, own.Length == 0 ? double.NaN : own[Math.Min(own.Length - 1, (int)(quartile * own.Length))]);
        }).ToArray()).ToArray();
        return new Picture
        {
            Kind = "simulated-residuals-rank",
            Title = "Simulated residuals by rank of the prediction",
            Caption = "Points: rows, from the smallest prediction to the largest; lines: quartiles of neighbouring rows, which lie at a "
                + "quarter, a half and three quarters if the model is right.",
            Description = $"{Figures.Counted(order.Length, "residual")} by rank of the prediction; the medians of "
                + $"{Figures.Counted(bins, "group")} of neighbours lie between {Figures.Significant(lines[1].Min(point => point.Up))} and "
                + $"{Figures.Significant(lines[1].Max(point => point.Up))}.",
            Numbers = new NumberTable(
                ["rank of prediction", "residual"], [.. points.Select(point => new TableCell[] { point.Across, point.Up })]),
            Across = new PictureAxis("Rank of the prediction, as a share"),
            Up = new PictureAxis("Simulated residual"),
            Marks =
            [
                .. Quartiles.Select(quartile => new PictureMark.Rule(quartile) { IsHorizontal = true, Tone = PictureTone.Muted }),
                new PictureMark.Dots(points) { Tone = PictureTone.Ink, Radius = 2.5, Opacity = 0.5 },
                .. lines.Where(_ => bins > 1).Select(line => new PictureMark.Line(line) { Tone = PictureTone.Second, Width = 2 }),
            ],
        };
    }
}
