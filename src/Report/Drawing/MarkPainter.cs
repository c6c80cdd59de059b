using MarginalConditional.Report.Pictures;
using OxyPlot;
using OxyPlot.Annotations;

namespace MarginalConditional.Report.Drawing;

/// <summary>Paints one mark inside the axes.</summary>
internal sealed class MarkPainter(PictureMark mark, PictureLayout layout, TooltipList tooltips, LabelRoom room) : Annotation
{
    private const double Arrow = 6;

    /// <summary>The area of a point that weighs next to nothing, or no number: it stays in sight.</summary>
    private const double LeastArea = 0.05;

    /// <summary>Discs that nearly touch the edge of the plot stay whole.</summary>
    private const double Overhang = 7;

    /// <inheritdoc/>
    public override OxyRect GetClippingRect() => new(
        layout.Left - Overhang,
        layout.Top - Overhang,
        layout.Width - layout.Left - layout.Right + (2 * Overhang),
        layout.Height - layout.Top - layout.Bottom + (2 * Overhang));

    /// <summary>Paints a small sample of a mark for the legend.</summary>
    public static void Sample(IRenderContext rc, PictureMark mark, OxyRect box)
    {
        var (middle, colour) = (new ScreenPoint(box.Center.X, box.Center.Y), Palette.Of(mark.Tone));
        ScreenPoint[] across = [new(box.Left, box.Center.Y), new(box.Right, box.Center.Y)];
        switch (mark)
        {
            case PictureMark.Line line:
                Stroke(rc, across, Palette.Faded(colour, Math.Max(0.5, line.Opacity)), line.Width, line.Stroke);
                break;
            case PictureMark.Dots dots:
                MarkShapes.Draw(rc, dots.Shape, middle, Math.Min(6, dots.Radius), colour);
                break;
            case PictureMark.Range range:
                Stroke(rc, across, colour, range.Width, range.Stroke);
                break;
            case PictureMark.Rule rule:
                Stroke(rc, across, colour, 1.5, rule.Stroke);
                break;
            case PictureMark.Lozenge:
                Fill(rc, [across[0], new(middle.X, box.Top), across[1], new(middle.X, box.Bottom)], colour);
                break;
            case PictureMark.Band band:
                Fill(rc, [new(box.Left, box.Top), new(box.Right, box.Top), new(box.Right, box.Bottom), new(box.Left, box.Bottom)],
                    Palette.Faded(colour, Math.Max(0.15, band.Opacity)));
                break;
            default:
                Fill(rc, [new(box.Left, box.Top), new(box.Right, box.Top), new(box.Right, box.Bottom), new(box.Left, box.Bottom)], colour);
                break;
        }
    }

    /// <inheritdoc/>
    public override void Render(IRenderContext rc)
    {
        var colour = Palette.Of(mark.Tone);
        switch (mark)
        {
            case PictureMark.Line line:
                Draw(rc, line, Palette.Faded(colour, line.Opacity));
                break;
            case PictureMark.Dots dots:
                Draw(rc, dots, Palette.Faded(colour, dots.Opacity));
                break;
            case PictureMark.Range range:
                Draw(rc, range, colour);
                break;
            case PictureMark.Band band:
                Fill(rc, [.. band.Lower.Concat(band.Upper.Reverse()).Where(point => point.IsFinite).Select(At)],
                    Palette.Faded(colour, band.Opacity));
                break;
            case PictureMark.Rule rule when double.IsFinite(rule.Value):
                Stroke(rc, rule.IsHorizontal
                    ? [At(layout.Across.Lower, rule.Value), At(layout.Across.Upper, rule.Value)]
                    : [End(rule.Value, layout.Up.Lower), End(rule.Value, layout.Up.Upper)], colour, 1.25, rule.Stroke);
                break;
            case PictureMark.Bar bar when layout.IsDrawn(bar.At) && double.IsFinite(bar.At + bar.From + bar.To):
                var half = bar.Thickness / 2;
                Fill(rc, [At(bar.From, bar.At - half), At(bar.To, bar.At - half), At(bar.To, bar.At + half), At(bar.From, bar.At + half)],
                    colour);
                break;
            case PictureMark.Lozenge lozenge when layout.IsDrawn(lozenge.At) && double.IsFinite(lozenge.At + lozenge.Center)
                && !double.IsNaN(lozenge.Lower) && !double.IsNaN(lozenge.Upper):
                var (left, right) = (At(Inside(lozenge.Lower), lozenge.At), At(Inside(lozenge.Upper), lozenge.At));
                var center = At(Inside(lozenge.Center), lozenge.At);
                var height = 0.45 * layout.Size;
                Fill(rc, [left, new(center.X, left.Y - height), right, new(center.X, left.Y + height)], colour);
                break;
            case PictureMark.Label label when label.Point.IsFinite:
                Draw(rc, label, colour);
                break;
        }
    }

    private ScreenPoint At(double across, double up) => Transform(new DataPoint(across, layout.Place(up)));

    private ScreenPoint End(double across, double end) => Transform(new DataPoint(across, end));

    private ScreenPoint At(PicturePoint point) => At(point.Across, point.Up);

    private double Inside(double value) => Math.Clamp(value, layout.Across.Lower, layout.Across.Upper);

    private void Draw(IRenderContext rc, PictureMark.Line line, OxyColor colour)
    {
        var piece = new List<ScreenPoint>();
        foreach (var point in line.Points.Append(new PicturePoint(double.NaN, double.NaN)))
        {
            if (point.IsFinite)
            {
                piece.Add(At(point));
            }
            else
            {
                if (piece.Count > 1)
                {
                    Stroke(rc, [.. piece], colour, line.Width, line.Stroke);
                }

                piece.Clear();
            }
        }
    }

    private void Draw(IRenderContext rc, PictureMark.Dots dots, OxyColor colour)
    {
        for (var i = 0; i < dots.Points.Count; i++)
        {
            if (!dots.Points[i].IsFinite || !layout.IsDrawn(dots.Points[i].Up))
            {
                continue;
            }

            if (dots.Names.Count > 0)
            {
                var name = tooltips.Marked(string.Empty, CleanText.Of(dots.Names[i]));
                rc.DrawText(
                    default, name, Palette.Ink, SvgFinish.Font, 1, 400, 0, HorizontalAlignment.Left, VerticalAlignment.Top, null);
            }

            var area = dots.Areas.Count == 0 ? 1 : double.IsFinite(dots.Areas[i]) ? Math.Max(LeastArea, dots.Areas[i]) : LeastArea;
            var radius = layout.MarkShare * dots.Radius * Math.Sqrt(area);
            MarkShapes.Draw(rc, dots.Shape, At(dots.Points[i]), radius, colour);
            room.Take(At(dots.Points[i]), radius);
        }
    }

    private void Draw(IRenderContext rc, PictureMark.Range range, OxyColor colour)
    {
        if (double.IsNaN(range.Lower) || double.IsNaN(range.Upper) || !double.IsFinite(range.At)
            || (!range.IsVertical && !layout.IsDrawn(range.At)))
        {
            return;
        }

        var limits = range.IsVertical ? layout.Up : layout.Across;
        var (lower, upper) = (Math.Max(range.Lower, limits.Lower), Math.Min(range.Upper, limits.Upper));
        if (lower > upper)
        {
            return;
        }

        var (from, to) = range.IsVertical
            ? (At(range.At, lower), At(range.At, upper))
            : (At(lower, range.At), At(upper, range.At));
        Stroke(rc, [from, to], colour, Math.Max(0.75, layout.MarkShare * range.Width), range.Stroke);
        if (range.Lower < limits.Lower)
        {
            Head(rc, from, to, colour);
        }

        if (range.Upper > limits.Upper)
        {
            Head(rc, to, from, colour);
        }
    }

    /// <summary>An arrow's head at a point, pointing away from another.</summary>
    private static void Head(IRenderContext rc, ScreenPoint tip, ScreenPoint other, OxyColor colour)
    {
        var along = tip - other;
        var length = Math.Max(along.Length, 1e-9);
        var (dx, dy) = (Arrow * along.X / length, Arrow * along.Y / length);
        Fill(rc,
            [
                new(tip.X + (0.5 * dx), tip.Y + (0.5 * dy)),
                new(tip.X - (0.5 * dx) - (0.6 * dy), tip.Y - (0.5 * dy) + (0.6 * dx)),
                new(tip.X - (0.5 * dx) + (0.6 * dy), tip.Y - (0.5 * dy) - (0.6 * dx)),
            ], colour);
    }

    /// <summary>A text beside a point where there is room for it, or along a line.</summary>
    private void Draw(IRenderContext rc, PictureMark.Label label, OxyColor colour)
    {
        var (full, shown) = (CleanText.Of(label.Text), label.IsLine ? layout.Along(label.Text) : layout.Beside(label.Text));
        var point = At(label.Point);
        if ((label.IsLine ? new LabelPlace(new ScreenPoint(point.X + 8, point.Y), HorizontalAlignment.Left) : room.Find(point, shown))
            is { } place)
        {
            rc.DrawText(
                place.Anchor,
                shown == full ? full : tooltips.Marked(shown, full),
                colour,
                SvgFinish.Font,
                layout.Small,
                400,
                0,
                place.Side,
                VerticalAlignment.Middle,
                null);
        }
    }

    private static void Stroke(IRenderContext rc, ScreenPoint[] points, OxyColor colour, double width, PictureStroke stroke) =>
        rc.DrawLine(
            points, colour, width, EdgeRenderingMode.Automatic, Palette.Dashes(stroke)?.Select(dash => dash).ToArray(), LineJoin.Round);

    /// <summary>Fills an area; fewer than three points have none.</summary>
    private static void Fill(IRenderContext rc, ScreenPoint[] points, OxyColor colour)
    {
        if (points.Length > 2)
        {
            rc.DrawPolygon(points, colour, OxyColors.Undefined, 0, EdgeRenderingMode.Automatic, null, LineJoin.Miter);
        }
    }
}
