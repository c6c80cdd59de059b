using MarginalConditional.Mixed;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;
using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Report.Gallery;

/// <summary>Pictures of values against normal quantiles.</summary>
public static class QuantilePicture
{
    /// <summary>Residuals.</summary>
    /// <param name="residuals">One a row.</param>
    /// <param name="what">What they are: <c>Residuals given the effects</c>.</param>
    public static Picture OfResiduals(ReadOnlySpan<double> residuals, string what)
    {
        var plot = NormalQuantilePlot.Of(residuals);
        return Draw("residuals", $"{what} against normal quantiles", residuals.Length, [(what, plot, index => $"row {index + 1}")]);
    }

    /// <summary>Predicted effects of a term, each kind a series of its own, divided by its standard deviation.</summary>
    /// <param name="effects">The effects.</param>
    public static Picture OfEffects(RandomEffectEstimate effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        var series = new List<(string, NormalQuantilePlot, Func<int, string>)>();
        for (var effect = 0; effect < effects.Dimension; effect++)
        {
            var values = new double[effects.GroupCount];
            for (var group = 0; group < values.Length; group++)
            {
                values[group] = effects.Modes[(group * effects.Dimension) + effect] / effects.StandardDeviations[effect];
            }

            series.Add((effects.Names[effect], NormalQuantilePlot.Of(values), effects.Label));
        }

        return Draw("random-effects", $"Predicted effects of {effects.Group} against normal quantiles", effects.GroupCount, series);
    }

    private static Picture Draw(
        string kind, string title, int count, IReadOnlyList<(string Name, NormalQuantilePlot Plot, Func<int, string> Label)> series)
    {
        var marks = new List<PictureMark>();
        var rows = new List<IReadOnlyList<TableCell>>();
        var single = series.Count == 1;
        for (var s = 0; s < series.Count; s++)
        {
            var (name, plot, label) = series[s];
            var tone = single ? PictureTone.Ink : PictureTone.First + s;
            if (plot.Points.Count > 0)
            {
                var (from, to) = (plot.Points[0].Quantile, plot.Points[^1].Quantile);
                marks.Add(new PictureMark.Line(
                [
                    new PicturePoint(from, plot.Intercept + (plot.Slope * from)), new PicturePoint(to, plot.Intercept + (plot.Slope * to)),
                ])
                {
                    Tone = single ? PictureTone.First : tone,
                    Stroke = s == 0 ? PictureStroke.Solid : PictureStroke.Dashed,
                    Width = 1.5,
                });
            }

            marks.Add(new PictureMark.Dots([.. plot.Points.Select(point => new PicturePoint(point.Quantile, point.Value))])
            {
                Tone = tone,
                Shape = s == 0 ? PictureShape.Disc : PictureShape.Up,
                Radius = 3,
                Opacity = 0.75,
                Names = [.. plot.Points.Select(point => label(point.Index))],
                Legend = single ? string.Empty : name,
            });
            rows.AddRange(plot.Points.Select(point => (IReadOnlyList<TableCell>)
                [name, label(point.Index), point.Quantile, point.Value]));
        }

        var ends = series.SelectMany(one => one.Plot.Points).Select(point => Math.Abs(point.Value)).DefaultIfEmpty(0).Max();
        return new Picture
        {
            Kind = kind,
            Title = title,
            Caption = "Normal values would lie on the line, which goes through both quartiles."
                + (kind == "random-effects"
                    ? " Effects are divided by their standard deviations, and shrunken where a group has few rows."
                    : string.Empty),
            Description = $"{Figures.Count(count)} values against normal quantiles; the largest in size is {Figures.Significant(ends)}.",
            Numbers = new NumberTable(["series", "which", "normal quantile", "value"], rows),
            Across = new PictureAxis("Normal quantile"),
            Up = new PictureAxis(kind == "random-effects" ? "Predicted effect / standard deviation" : "Residual"),
            Marks = marks,
        };
    }
}
