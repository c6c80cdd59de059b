using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Drawing;

/// <summary>The values an axis shows.</summary>
/// <param name="Lower">The least.</param>
/// <param name="Upper">The largest.</param>
internal readonly record struct AxisRange(double Lower, double Upper)
{
    private const double Margin = 0.04;

    /// <summary>What the axis asks for, and where it does not, or for no number, all marks with a margin.</summary>
    public static AxisRange Of(PictureAxis axis, IReadOnlyList<PictureMark> marks, bool across)
    {
        var (lower, upper) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in marks.SelectMany(mark => Values(mark, across)).Concat(axis.Ticks.Select(tick => tick.Value)))
        {
            if (double.IsFinite(value))
            {
                (lower, upper) = (Math.Min(lower, value), Math.Max(upper, value));
            }
        }

        if (lower > upper)
        {
            (lower, upper) = (0, 1);
        }

        var margin = upper > lower ? Margin * (upper - lower) : Math.Max(0.5 * Math.Abs(upper), 0.5);
        (lower, upper) = (
            axis.Minimum is { } least && double.IsFinite(least) ? least : lower - margin,
            axis.Maximum is { } most && double.IsFinite(most) ? most : upper + margin);
        return upper > lower ? new AxisRange(lower, upper) : new AxisRange(lower, lower + 1);
    }

    private static IEnumerable<double> Values(PictureMark mark, bool across) => mark switch
    {
        PictureMark.Line line => line.Points.Select(point => Of(point, across)),
        PictureMark.Dots dots => dots.Points.Select(point => Of(point, across)),
        PictureMark.Range range => range.IsVertical == across ? [range.At] : [range.Lower, range.Upper],
        PictureMark.Band band => band.Lower.Concat(band.Upper).Select(point => Of(point, across)),
        PictureMark.Rule rule => rule.IsHorizontal == across ? [] : [rule.Value],
        PictureMark.Bar bar => across ? [bar.From, bar.To] : [bar.At - (bar.Thickness / 2), bar.At + (bar.Thickness / 2)],
        PictureMark.Lozenge lozenge => across ? [lozenge.Lower, lozenge.Upper] : [lozenge.At],
        PictureMark.Label label => [Of(label.Point, across)],
        _ => [],
    };

    private static double Of(PicturePoint point, bool across) => across ? point.Across : point.Up;
}
