using System.Globalization;
using System.Xml.Linq;
using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests.Drawing;

/// <summary>A drawing read back: its axes by the labels of their ticks, and its marks as numbers on these axes.</summary>
internal sealed class SvgReading
{
    private const string TickColour = "rgb(107,114,128)";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private readonly Picture picture;
    private readonly XElement[] marks;

    private SvgReading(XElement root, Picture picture)
    {
        this.picture = picture;
        Root = root;
        var groups = root.Elements(Svg + "g").ToArray();
        bool IsAround(XElement group) => group.Attribute("clip-path")!.Value.EndsWith("-clip1)", StringComparison.Ordinal);
        marks = [.. groups.Where(group => !IsAround(group)).Elements()];
        Around = [.. groups.Where(IsAround).Elements()];
        Across = new SvgAxis(picture.Across, Ticks("middle").Select(text => (Place(text).X, Shown(text))));
        Up = new SvgAxis(picture.Up, Ticks("end").Select(text => (Place(text).Y, Shown(text))));
    }

    /// <summary>The whole drawing.</summary>
    public XElement Root { get; }

    /// <summary>What stands around the marks.</summary>
    public IReadOnlyList<XElement> Around { get; }

    /// <summary>The horizontal axis.</summary>
    public SvgAxis Across { get; }

    /// <summary>The vertical axis.</summary>
    public SvgAxis Up { get; }

    /// <summary>Draws a picture and reads the drawing.</summary>
    public static SvgReading Of(Picture picture, DrawingOptions? options = null) =>
        new(XDocument.Parse(SvgDrawing.Draw(picture, options)).Root!, picture);

    /// <summary>Marks of an element's name, in the order in which they are painted.</summary>
    public XElement[] Marks(string name) => [.. marks.Where(mark => mark.Name == Svg + name)];

    /// <summary>The discs and rings as numbers, in the order in which they are painted.</summary>
    public (double Across, double Up)[] Discs() =>
        [.. Marks("ellipse").Select(disc => (Across.Value(Number(disc, "cx")), UpOf(Number(disc, "cy"))))];

    /// <summary>The lines as numbers.</summary>
    public (double Across, double Up)[][] Lines() => [.. Marks("polyline").Select(Points)];

    /// <summary>The filled shapes as numbers.</summary>
    public (double Across, double Up)[][] Areas() => [.. Marks("polygon").Select(Points)];

    /// <summary>The corners of a line or a shape as numbers; in a picture with rows the height is the row's.</summary>
    public (double Across, double Up)[] Points(XElement element) =>
        [.. Pixels(element).Select(point => (Across.Value(point.X), UpOf(point.Y)))];

    /// <summary>The corners of a line or a shape in pixels.</summary>
    public static (double X, double Y)[] Pixels(XElement element) =>
    [
        .. element.Attribute("points")!.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(point => point.Split(','))
            .Select(pair => (double.Parse(pair[0], CultureInfo.InvariantCulture), double.Parse(pair[1], CultureInfo.InvariantCulture))),
    ];

    /// <summary>The label of the row at a height; empty where none stands there.</summary>
    public string RowAt(double y) => picture.Rows.Select(row => row.Label).FirstOrDefault(label =>
        Around.Any(text => text.Name == Svg + "text" && Shown(text) == label && Math.Abs(Place(text).Y - y) < 0.01)) ?? string.Empty;

    /// <summary>The tooltip of an element; null for none.</summary>
    public static string? Tooltip(XElement element) => element.Element(Svg + "title")?.Value;

    /// <summary>A number among an element's attributes.</summary>
    public static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    /// <summary>A property of an element's style; null for none.</summary>
    public static string? Style(XElement element, string name) => element.Attribute("style")!.Value.Split(';')
        .Select(part => part.Split(':'))
        .FirstOrDefault(part => part[0] == name)?[1];

    /// <summary>What a text shows, without its tooltip.</summary>
    public static string Shown(XElement text) => string.Concat(text.Nodes().OfType<XText>().Select(node => node.Value));

    /// <summary>Where a text is anchored, pixels.</summary>
    public static (double X, double Y) Place(XElement text)
    {
        var place = text.Attribute("transform")!.Value["translate(".Length..].TrimEnd(')').Split(',');
        return (double.Parse(place[0], CultureInfo.InvariantCulture), double.Parse(place[1], CultureInfo.InvariantCulture));
    }

    /// <summary>All texts, around the marks and among them.</summary>
    public IEnumerable<XElement> Texts() => Root.Descendants(Svg + "text");

    /// <summary>The number at a height: of a row its place from the top, or -1 where none stands there.</summary>
    private double UpOf(double y) =>
        picture.Rows.Count == 0 ? Up.Value(y) : picture.Rows.Select(row => row.Label).ToList().IndexOf(RowAt(y));

    private IEnumerable<XElement> Ticks(string anchor) => Around.Where(text => text.Name == Svg + "text"
        && text.Attribute("fill")?.Value == TickColour && text.Attribute("text-anchor")?.Value == anchor);
}
