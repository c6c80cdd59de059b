namespace MarginalConditional.Report.Pictures;

/// <summary>Something drawn in a picture, in the order of the list, later ones over earlier ones.</summary>
/// <remarks>In a picture with rows the vertical place is the number of the row, counted from 0 at the top.</remarks>
public abstract class PictureMark
{
    private PictureMark()
    {
    }

    /// <summary>What it stands for. Default: <see cref="PictureTone.Ink"/>.</summary>
    public PictureTone Tone { get; init; }

    /// <summary>Its name above the picture; empty to leave it out there.</summary>
    public string Legend { get; init; } = string.Empty;

    /// <summary>A line through points; a point without a place breaks it.</summary>
    /// <param name="points">In order.</param>
    public sealed class Line(IReadOnlyList<PicturePoint> points) : PictureMark
    {
        /// <summary>In order.</summary>
        public IReadOnlyList<PicturePoint> Points { get; } = points;

        /// <summary>How it is drawn. Default: without gaps.</summary>
        public PictureStroke Stroke { get; init; }

        /// <summary>Its width in pixels. Default: 2.</summary>
        public double Width { get; init; } = 2;

        /// <summary>How much it covers, in (0, 1]. Default: 1.</summary>
        public double Opacity { get; init; } = 1;
    }

    /// <summary>Points.</summary>
    /// <param name="points">In any order.</param>
    public sealed class Dots(IReadOnlyList<PicturePoint> points) : PictureMark
    {
        /// <summary>In any order.</summary>
        public IReadOnlyList<PicturePoint> Points { get; } = points;

        /// <summary>Their shape. Default: a disc.</summary>
        public PictureShape Shape { get; init; }

        /// <summary>Half their width in pixels. Default: 4.</summary>
        public double Radius { get; init; } = 4;

        /// <summary>The area of each relative to that of <see cref="Radius"/>, as many as points; empty when all have it.</summary>
        public IReadOnlyList<double> Areas { get; init; } = [];

        /// <summary>What each is, for a tooltip, as many as points; empty for none.</summary>
        public IReadOnlyList<string> Names { get; init; } = [];

        /// <summary>How much they cover, in (0, 1]. Default: 1.</summary>
        public double Opacity { get; init; } = 1;
    }

    /// <summary>An interval along one axis; an end beyond the picture is drawn as an arrow.</summary>
    /// <param name="at">Its place on the other axis.</param>
    /// <param name="lower">Its lower limit.</param>
    /// <param name="upper">Its upper limit.</param>
    public sealed class Range(double at, double lower, double upper) : PictureMark
    {
        /// <summary>Its place on the other axis.</summary>
        public double At { get; } = at;

        /// <summary>Its lower limit.</summary>
        public double Lower { get; } = lower;

        /// <summary>Its upper limit.</summary>
        public double Upper { get; } = upper;

        /// <summary>Whether it runs along the vertical axis. Default: no.</summary>
        public bool IsVertical { get; init; }

        /// <summary>How it is drawn. Default: without gaps.</summary>
        public PictureStroke Stroke { get; init; }

        /// <summary>Its width in pixels. Default: 1.5.</summary>
        public double Width { get; init; } = 1.5;
    }

    /// <summary>An area between two lines.</summary>
    /// <param name="lower">The points of one of them, left to right.</param>
    /// <param name="upper">The points of the other, left to right.</param>
    public sealed class Band(IReadOnlyList<PicturePoint> lower, IReadOnlyList<PicturePoint> upper) : PictureMark
    {
        /// <summary>The points of one of them, left to right.</summary>
        public IReadOnlyList<PicturePoint> Lower { get; } = lower;

        /// <summary>The points of the other, left to right.</summary>
        public IReadOnlyList<PicturePoint> Upper { get; } = upper;

        /// <summary>How much it covers, in (0, 1]. Default: 0.12.</summary>
        public double Opacity { get; init; } = 0.12;
    }

    /// <summary>A line through the whole picture at one value.</summary>
    /// <param name="value">On the axis that it crosses.</param>
    public sealed class Rule(double value) : PictureMark
    {
        /// <summary>On the axis that it crosses.</summary>
        public double Value { get; } = value;

        /// <summary>Whether it is horizontal, at a value of the vertical axis. Default: no.</summary>
        public bool IsHorizontal { get; init; }

        /// <summary>How it is drawn. Default: in dashes.</summary>
        public PictureStroke Stroke { get; init; } = PictureStroke.Dashed;
    }

    /// <summary>A horizontal bar.</summary>
    /// <param name="at">Its place on the vertical axis.</param>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it ends.</param>
    public sealed class Bar(double at, double from, double to) : PictureMark
    {
        /// <summary>Its place on the vertical axis.</summary>
        public double At { get; } = at;

        /// <summary>Where it begins.</summary>
        public double From { get; } = from;

        /// <summary>Where it ends.</summary>
        public double To { get; } = to;

        /// <summary>Its thickness on the scale of the vertical axis. Default: 0.6.</summary>
        public double Thickness { get; init; } = 0.6;
    }

    /// <summary>A combined estimate: a diamond as wide as its interval.</summary>
    /// <param name="at">Its place on the vertical axis.</param>
    /// <param name="lower">The lower limit.</param>
    /// <param name="center">The estimate.</param>
    /// <param name="upper">The upper limit.</param>
    public sealed class Lozenge(double at, double lower, double center, double upper) : PictureMark
    {
        /// <summary>Its place on the vertical axis.</summary>
        public double At { get; } = at;

        /// <summary>The lower limit.</summary>
        public double Lower { get; } = lower;

        /// <summary>The estimate.</summary>
        public double Center { get; } = center;

        /// <summary>The upper limit.</summary>
        public double Upper { get; } = upper;
    }

    /// <summary>A short text beside a point.</summary>
    /// <param name="point">The point.</param>
    /// <param name="text">The text.</param>
    public sealed class Label(PicturePoint point, string text) : PictureMark
    {
        /// <summary>The point.</summary>
        public PicturePoint Point { get; } = point;

        /// <summary>The text.</summary>
        public string Text { get; } = text;

        /// <summary>Whether the text has a line of its own, as wide as the picture. Default: no.</summary>
        public bool IsLine { get; init; }
    }
}
