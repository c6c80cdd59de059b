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

    /// <summary>Predicted effects of all terms, each kind a series of its own, divided by its standard deviation.</summary>
    /// <param name="terms">The random terms, one or more.</param>
    public static Picture OfEffects(IReadOnlyList<RandomEffectEstimate> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var series = terms.SelectMany(term => Enumerable.Range(0, term.Dimension).Select(effect => (
            Name: terms.Count == 1 ? term.Names[effect] : $"{term.Names[effect]} | {term.Group}",
            Plot: NormalQuantilePlot.Of(term.StandardizedModes(effect)),
            Label: (Func<int, string>)term.Label))).ToArray();
        return Draw(
            "random-effects",
            $"Predicted effects of {string.Join(", ", terms.Select(term => term.Group).Distinct())} against normal quantiles",
            terms.Sum(term => term.Dimension * term.GroupCount),
            series);
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
            var tone = single ? PictureTone.Ink : PictureTone.First + (s % 6);
            if (plot.Points.Count > 0)
            {
                var (from, to) = (plot.Points[0].Quantile, plot.Points[^1].Quantile);
                marks.Add(new PictureMark.Line(
                    [new PicturePoint(from, plot.LineAt(from)), new PicturePoint(to, plot.LineAt(to))])
                {
                    Tone = single ? PictureTone.First : tone,
                    Stroke = (PictureStroke)(s % 4),
                    Width = 1.5,
                });
            }

            marks.Add(new PictureMark.Dots([.. plot.Points.Select(point => new PicturePoint(point.Quantile, point.Value))])
            {
                Tone = tone,
                Shape = (PictureShape)(s % 5),
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
