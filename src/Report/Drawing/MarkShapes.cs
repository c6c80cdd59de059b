using MarginalConditional.Report.Pictures;
using OxyPlot;

namespace MarginalConditional.Report.Drawing;

/// <summary>Paints points: shapes of about the same area for the same radius.</summary>
internal static class MarkShapes
{
    /// <summary>Paints one.</summary>
    /// <param name="rc">Where to.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="at">Its middle.</param>
    /// <param name="radius">The radius of the disc of its area, pixels.</param>
    /// <param name="colour">Its colour.</param>
    public static void Draw(IRenderContext rc, PictureShape shape, ScreenPoint at, double radius, OxyColor colour)
    {
        var r = radius;
        switch (shape)
        {
            case PictureShape.Disc:
                rc.DrawEllipse(
                    new OxyRect(at.X - r, at.Y - r, 2 * r, 2 * r), colour, OxyColors.Undefined, 0, EdgeRenderingMode.Automatic);
                break;
            case PictureShape.Ring:
                rc.DrawEllipse(
                    new OxyRect(at.X - r, at.Y - r, 2 * r, 2 * r), OxyColors.White, colour, 1.5, EdgeRenderingMode.Automatic);
                break;
            case PictureShape.Cross:
                Line(rc, at, -r, -r, r, r, colour);
                Line(rc, at, -r, r, r, -r, colour);
                break;
            case PictureShape.Square:
                Fill(rc, at, colour, 0.89 * r, (-1, -1), (1, -1), (1, 1), (-1, 1));
                break;
            case PictureShape.Diamond:
                Fill(rc, at, colour, 1.25 * r, (-1, 0), (0, -1), (1, 0), (0, 1));
                break;
            case PictureShape.Up:
                Fill(rc, at, colour, 1.25 * r, (-1, 0.8), (0, -1), (1, 0.8));
                break;
            default:
                Fill(rc, at, colour, 1.25 * r, (-1, -0.8), (0, 1), (1, -0.8));
                break;
        }
    }

    private static void Line(IRenderContext rc, ScreenPoint at, double x0, double y0, double x1, double y1, OxyColor colour) =>
        rc.DrawLine(
            [new ScreenPoint(at.X + x0, at.Y + y0), new ScreenPoint(at.X + x1, at.Y + y1)],
            colour,
            1.5,
            EdgeRenderingMode.Automatic,
            null,
            LineJoin.Miter);

    private static void Fill(IRenderContext rc, ScreenPoint at, OxyColor colour, double r, params (double X, double Y)[] corners) =>
        rc.DrawPolygon(
            [.. corners.Select(corner => new ScreenPoint(at.X + (r * corner.X), at.Y + (r * corner.Y)))],
            colour,
            OxyColors.Undefined,
            0,
            EdgeRenderingMode.Automatic,
            null,
            LineJoin.Miter);
}
