using OxyPlot;

namespace MarginalConditional.Report.Drawing;

/// <summary>
/// Where the names of points go: beside their own point, nearer to it than to any other, and not over points or names that stand there.
/// </summary>
internal sealed class LabelRoom(PictureLayout layout, TextRuler ruler)
{
    /// <summary>From the middle of a point to its name, pixels.</summary>
    private const double Gap = 8;

    /// <summary>From the middle of a point to what has to be free: what stands between it and the name would seem to be named.</summary>
    private const double Near = 4;

    /// <summary>Points up to here along the plot have their names on the right, if there is room.</summary>
    private const double RightShare = 0.7;

    private readonly List<OxyRect> taken = [];

    /// <summary>Takes the room of a point.</summary>
    public void Take(ScreenPoint center, double radius) =>
        taken.Add(new OxyRect(center.X - radius, center.Y - radius, 2 * radius, 2 * radius));

    /// <summary>Takes the room for the name of a point; null where there is none.</summary>
    /// <param name="point">The point.</param>
    /// <param name="text">Its name as it is drawn.</param>
    public LabelPlace? Find(ScreenPoint point, string text)
    {
        var (width, half) = (ruler.Width(text, layout.Small), layout.Small / 2);
        var right = (new OxyRect(point.X + Near, point.Y - half, width + Gap - Near, 2 * half),
            new LabelPlace(new ScreenPoint(point.X + Gap, point.Y), HorizontalAlignment.Left));
        var left = (new OxyRect(point.X - Gap - width, point.Y - half, width + Gap - Near, 2 * half),
            new LabelPlace(new ScreenPoint(point.X - Gap, point.Y), HorizontalAlignment.Right));
        var middle = Math.Max(layout.Left + (width / 2), Math.Min(point.X, layout.Width - PictureLayout.Edge - (width / 2)));
        var above = (new OxyRect(middle - (width / 2), point.Y - Gap - (2 * half), width, (2 * half) + Gap - Near),
            new LabelPlace(new ScreenPoint(middle, point.Y - Gap - half), HorizontalAlignment.Center));
        var isRight = point.X < layout.Left + (RightShare * (layout.Width - layout.Left - layout.Right));
        foreach (var (room, place) in isRight ? [right, left, above] : ((OxyRect, LabelPlace)[])[left, right, above])
        {
            if (IsInside(room) && !taken.Exists(other => Meet(room, other)))
            {
                taken.Add(room);
                return place;
            }
        }

        return null;
    }

    private bool IsInside(OxyRect room) =>
        room.Left >= layout.Left && room.Right <= layout.Width - PictureLayout.Edge + 0.5 && room.Top >= layout.Top - layout.Small;

    private static bool Meet(OxyRect one, OxyRect other) =>
        one.Left < other.Right && other.Left < one.Right && one.Top < other.Bottom && other.Top < one.Bottom;
}
