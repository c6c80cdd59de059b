using MarginalConditional.Report.Pictures;
using OxyPlot;
using OxyPlot.Annotations;

namespace MarginalConditional.Report.Drawing;

/// <summary>Paints what stands around and behind the marks: title, legend, headings, labels of rows, grid, ticks, caption.</summary>
internal sealed class SurroundPainter(Picture picture, PictureLayout layout, TextRuler ruler, TooltipList tooltips) : Annotation
{
    private IRenderContext context = null!;

    /// <inheritdoc/>
    public override OxyRect GetClippingRect() => new(0, 0, layout.Width, layout.Height);

    /// <inheritdoc/>
    public override void Render(IRenderContext rc)
    {
        context = rc;
        var y = PictureLayout.Edge;
        foreach (var line in layout.TitleLines)
        {
            Write(
                InFull(line, picture.Title), PictureLayout.Edge, y, layout.TitleSize, HorizontalAlignment.Left, VerticalAlignment.Top,
                bold: true);
            y += 1.15 * layout.Line;
        }

        Grid();
        Legend();
        if (layout.HasRows)
        {
            Rows();
        }
        else
        {
            UpAxis();
        }

        AcrossAxis();
        y = layout.Height - PictureLayout.Edge - (1.35 * layout.Small * layout.CaptionLines.Count);
        foreach (var line in layout.CaptionLines)
        {
            Write(
                InFull(line, picture.Caption), PictureLayout.Edge, y, layout.Small, HorizontalAlignment.Left, VerticalAlignment.Top,
                colour: Palette.Muted);
            y += 1.35 * layout.Small;
        }
    }

    private double Bottom => layout.Height - layout.Bottom;

    private double Right => layout.Width - layout.Right;

    private void Grid()
    {
        foreach (var (value, _) in layout.AcrossTicks)
        {
            var x = Transform(new DataPoint(value, layout.Up.Lower)).X;
            Stroke(x, layout.Top, x, Bottom, Palette.Grid);
        }

        foreach (var (value, _) in layout.UpTicks)
        {
            var y = Transform(new DataPoint(layout.Across.Lower, value)).Y;
            Stroke(layout.Left, y, Right, y, Palette.Grid);
        }
    }

    private void Legend()
    {
        foreach (var entry in layout.Legend)
        {
            var y = layout.LegendTop + ((entry.Line + 0.5) * layout.Line);
            MarkPainter.Sample(context, entry.Mark, new OxyRect(entry.Left, y - 6, PictureLayout.Swatch, 12));
            Write(
                InFull(entry.Text, entry.Mark.Legend),
                entry.Left + PictureLayout.Swatch + 8,
                y,
                layout.Size,
                HorizontalAlignment.Left,
                VerticalAlignment.Middle);
        }
    }

    private void Rows()
    {
        Heading(picture.RowHeading, layout.LabelWidth, PictureLayout.Edge, HorizontalAlignment.Left);
        Heading(picture.TextHeading, layout.TextWidth, layout.Width - PictureLayout.Edge, HorizontalAlignment.Right);
        var shown = layout.ShownRows();
        for (var i = 0; i < layout.Rows.Count; i++)
        {
            var (row, texts) = (layout.Rows[i], layout.RowTexts[i]);
            var y = Transform(new DataPoint(layout.Across.Lower, layout.CenterOf(i))).Y;
            if (row.HasRule)
            {
                var top = y - (layout.RowHeight * texts.Height / 2);
                Stroke(PictureLayout.Edge, top, layout.Width - PictureLayout.Edge, top, Palette.Muted);
            }

            if (shown[i])
            {
                Lines(texts.Label, texts.FullLabel, PictureLayout.Edge, y, HorizontalAlignment.Left, row.IsSummary);
                Lines(texts.Text, texts.FullText, layout.Width - PictureLayout.Edge, y, HorizontalAlignment.Right, row.IsSummary);
            }
        }
    }

    /// <summary>Lines around a height; each carries the whole text where it is cut.</summary>
    private void Lines(IReadOnlyList<string> lines, string? full, double x, double y, HorizontalAlignment alignment, bool bold)
    {
        var step = RowText.LineShare * layout.RowHeight;
        for (var k = 0; k < lines.Count; k++)
        {
            Write(
                full is null ? lines[k] : tooltips.Marked(lines[k], full),
                x,
                y + (step * (k - ((lines.Count - 1) / 2.0))),
                layout.Size,
                alignment,
                VerticalAlignment.Middle,
                bold);
        }
    }

    private void Heading(string text, double room, double x, HorizontalAlignment alignment) =>
        Write(
            Cut(text, room, bold: true), x, layout.HeadingTop + (layout.Line / 2), layout.Size, alignment, VerticalAlignment.Middle,
            bold: true);

    private void UpAxis()
    {
        Write(
            Cut(picture.Up.Title, layout.Width - (2 * PictureLayout.Edge)),
            PictureLayout.Edge,
            layout.Top - (layout.Line / 2) - (0.5 * layout.Size),
            layout.Size,
            HorizontalAlignment.Left,
            VerticalAlignment.Middle);
        foreach (var (value, label) in layout.UpTicks)
        {
            Write(
                InFull(label, TickOf(picture.Up, value)),
                layout.Left - 6,
                Transform(new DataPoint(layout.Across.Lower, value)).Y,
                layout.Small,
                HorizontalAlignment.Right,
                VerticalAlignment.Middle,
                colour: Palette.Muted);
        }
    }

    private void AcrossAxis()
    {
        foreach (var (value, label) in layout.AcrossTicks)
        {
            Write(
                InFull(label, TickOf(picture.Across, value)),
                Transform(new DataPoint(value, layout.Up.Lower)).X,
                Bottom + 5,
                layout.Small,
                HorizontalAlignment.Center,
                VerticalAlignment.Top,
                colour: Palette.Muted);
        }

        var room = layout.Width - (2 * PictureLayout.Edge);
        var half = Math.Min(room, ruler.Width(CleanText.Of(picture.Across.Title), layout.Size)) / 2;
        var center = Math.Clamp((layout.Left + Right) / 2, PictureLayout.Edge + half, Math.Max(
            PictureLayout.Edge + half,
            layout.Width - PictureLayout.Edge - half));
        Write(
            Cut(picture.Across.Title, room),
            center,
            Bottom + 5 + (layout.AcrossTicks.Count > 0 ? layout.Line : 0),
            layout.Size,
            HorizontalAlignment.Center,
            VerticalAlignment.Top);
    }

    /// <summary>A text with no more than the room it has.</summary>
    private string Cut(string text, double room, bool bold = false) =>
        InFull(ruler.Shortened(CleanText.Of(text), layout.Size, room, bold), text);

    /// <summary>A text, or a line of it, that carries the whole in a tooltip where something of it is cut.</summary>
    private string InFull(string shown, string text)
    {
        var full = CleanText.Of(text);
        return shown.Length == 0 || !shown.EndsWith('\u2026') || full.Contains(shown, StringComparison.Ordinal)
            ? shown
            : tooltips.Marked(shown, full);
    }

    /// <summary>What a tick is called in full; empty where it is a number.</summary>
    private static string TickOf(PictureAxis axis, double value) =>
        axis.Ticks.FirstOrDefault(tick => tick.Value == value).Label ?? string.Empty;

    private void Stroke(double x0, double y0, double x1, double y1, OxyColor colour) =>
        context.DrawLine([new ScreenPoint(x0, y0), new ScreenPoint(x1, y1)], colour, 1, EdgeRenderingMode.Automatic, null, LineJoin.Miter);

    private void Write(
        string text,
        double x,
        double y,
        double size,
        HorizontalAlignment alignment,
        VerticalAlignment vertical,
        bool bold = false,
        OxyColor? colour = null)
    {
        if (text.Length > 0)
        {
            context.DrawText(
                new ScreenPoint(x, y), text, colour ?? Palette.Ink, SvgFinish.Font, size, bold ? 700 : 400, 0, alignment, vertical, null);
        }
    }
}
