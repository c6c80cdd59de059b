using MarginalConditional.Report.Pictures;
using OxyPlot;
using OxyPlot.Axes;

namespace MarginalConditional.Report.Drawing;

/// <summary>Draws pictures as SVG: the one place where data become a drawing, and the one look of all of them.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Meta;
/// using MarginalConditional.Meta.Effects;
/// using MarginalConditional.Report.Drawing;
/// using MarginalConditional.Report.Gallery;
///
/// var studies = new StudyEffects(["A", "B", "C"], [0.2, 0.5, 0.1], [0.04, 0.09, 0.02], StudyMeasure.Given);
/// var fit = MetaAnalysis.Fit(studies, new MetaAnalysisOptions());
/// File.WriteAllText("forest.svg", SvgDrawing.Draw(MetaPictures.Forest(fit, ratios: false)));
/// </code>
/// </example>
public static class SvgDrawing
{
    /// <summary>The drawing: the same bytes for the same picture.</summary>
    /// <param name="picture">What to draw.</param>
    /// <param name="options">How large; null for the defaults.</param>
    /// <param name="id">Begins every id in the drawing, unique on a page; null for the picture's kind.</param>
    public static string Draw(Picture picture, DrawingOptions? options = null, string? id = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        options ??= new DrawingOptions();
        var ruler = new TextRuler();
        var layout = new PictureLayout(picture, options, ruler);
        var (tooltips, room) = (new TooltipList(), new LabelRoom(layout, ruler));
        var model = new PlotModel
        {
            Background = OxyColors.White,
            PlotAreaBorderThickness = new OxyThickness(0),
            Padding = new OxyThickness(0),
            PlotMargins = new OxyThickness(layout.Left, layout.Top, layout.Right, layout.Bottom),
        };
        model.Axes.Add(Axis(AxisPosition.Bottom, layout.Across, picture.Across.IsReversed));
        model.Axes.Add(Axis(AxisPosition.Left, layout.Up, layout.HasRows || picture.Up.IsReversed));
        model.Annotations.Add(new SurroundPainter(picture, layout, ruler, tooltips));
        foreach (var mark in picture.Marks)
        {
            model.Annotations.Add(new MarkPainter(mark, layout, tooltips, room));
        }

        var drawn = SvgExporter.ExportToString(model, layout.Width, layout.Height, false, new PdfRenderContext(100, 100, OxyColors.White));
        return SvgFinish.Of(drawn, id ?? picture.Kind, CleanText.Of(picture.Title), CleanText.Of(picture.Description), tooltips);
    }

    private static LinearAxis Axis(AxisPosition position, AxisRange range, bool reversed) => new()
    {
        Position = position,
        Minimum = range.Lower,
        Maximum = range.Upper,
        StartPosition = reversed ? 1 : 0,
        EndPosition = reversed ? 0 : 1,
        IsAxisVisible = false,
    };
}
