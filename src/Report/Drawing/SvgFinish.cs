using System.Globalization;
using System.Xml.Linq;

namespace MarginalConditional.Report.Drawing;

/// <summary>
/// What a drawing still needs as it comes from OxyPlot: a title and a description, ids of its own, tooltips, text that stands where it is
/// meant to in programs without baselines, and no more than is seen.
/// </summary>
internal static class SvgFinish
{
    /// <summary>The font that texts are drawn in; it is taken from every text and stands once, as <see cref="Fonts"/>.</summary>
    public const string Font = "sans-serif";

    private const string Fonts = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The finished drawing, with line feeds and without an XML declaration.</summary>
    /// <param name="drawn">The drawing as OxyPlot writes it.</param>
    /// <param name="id">Begins every id in it.</param>
    /// <param name="title">Its title.</param>
    /// <param name="description">It in words.</param>
    /// <param name="tooltips">What its marked texts stand for.</param>
    public static string Of(string drawn, string id, string title, string description, TooltipList tooltips)
    {
        var root = XDocument.Parse(drawn).Root!;
        Texts(root, tooltips);
        Clips(root, id);
        foreach (var element in root.Descendants())
        {
            element.Attribute("shape-rendering")?.Remove();
            if (element.Attribute("style") is { } style)
            {
                style.Value = style.Value.TrimEnd(';');
            }
        }

        root.Attributes().Where(attribute => attribute.Name.LocalName is "xlink" or "version").Remove();
        root.SetAttributeValue("role", "img");
        root.SetAttributeValue("aria-labelledby", $"{id}-title {id}-desc");
        root.SetAttributeValue("font-family", Fonts);
        root.SetAttributeValue("style", "max-width:100%;height:auto");
        var (width, height) = (Pixels(root, "width"), Pixels(root, "height"));
        root.SetAttributeValue("viewBox", FormattableString.Invariant($"0 0 {width} {height}"));
        root.AddFirst(
            new XElement(Svg + "title", new XAttribute("id", id + "-title"), title),
            new XElement(Svg + "desc", new XAttribute("id", id + "-desc"), description));
        return root.ToString().Replace("\r\n", "\n", StringComparison.Ordinal) + "\n";
    }

    private static double Pixels(XElement root, string name)
    {
        var attribute = root.Attribute(name)!;
        var value = double.Parse(attribute.Value.Replace("px", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture);
        attribute.Value = value.ToString(CultureInfo.InvariantCulture);
        return value;
    }

    private static void Texts(XElement root, TooltipList tooltips)
    {
        foreach (var text in root.Descendants(Svg + "text").ToList())
        {
            var (shown, full) = tooltips.Read(text.Value);
            var baseline = text.Attribute("dominant-baseline");
            var size = double.Parse(text.Attribute("font-size")!.Value, CultureInfo.InvariantCulture);
            text.SetAttributeValue("dy", (size * Drop(baseline?.Value)).ToString("0.##", CultureInfo.InvariantCulture));
            baseline?.Remove();
            text.Attribute("font-family")?.Remove();
            if (text.Attribute("font-weight")?.Value == "400")
            {
                text.Attribute("font-weight")!.Remove();
            }

            if (full is null)
            {
                continue;
            }

            // A tooltip without text of its own belongs to the shape after it.
            var owner = shown.Length > 0 ? text : text.ElementsAfterSelf().First();
            text.Value = shown;
            owner.AddFirst(new XElement(Svg + "title", full));
            if (owner != text)
            {
                text.Remove();
            }
        }
    }

    private static double Drop(string? baseline) => baseline switch
    {
        "middle" => 0.35,
        "hanging" => 0.78,
        _ => 0,
    };

    /// <summary>Gives clip paths ids of their own, one for each rectangle, and leaves out groups that hold nothing.</summary>
    private static void Clips(XElement root, string id)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var kept = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var clip in root.Descendants(Svg + "clipPath").ToList())
        {
            var rectangle = string.Join(' ', clip.Elements().SelectMany(element => element.Attributes()).Select(value => value.Value));
            var old = clip.Attribute("id")!.Value;
            if (kept.TryGetValue(rectangle, out var same))
            {
                names[old] = same.Attribute("id")!.Value;
            }
            else
            {
                names[old] = FormattableString.Invariant($"{id}-clip{kept.Count + 1}");
                kept.Add(rectangle, new XElement(Svg + "clipPath", new XAttribute("id", names[old]), clip.Elements()));
            }
        }

        root.Descendants(Svg + "defs").Remove();
        XElement? before = null;
        foreach (var group in root.Elements(Svg + "g").ToList())
        {
            var name = group.Attribute("clip-path")?.Value["url(#".Length..^1];
            if (name is not null)
            {
                group.SetAttributeValue("clip-path", $"url(#{names[name]})");
            }

            if (!group.HasElements)
            {
                group.Remove();
            }
            else if (before is not null && before.Attribute("clip-path")?.Value == group.Attribute("clip-path")?.Value)
            {
                before.Add(group.Elements());
                group.Remove();
            }
            else
            {
                before = group;
            }
        }

        var used = root.Elements(Svg + "g").Select(group => group.Attribute("clip-path")?.Value).ToHashSet(StringComparer.Ordinal);
        root.AddFirst(new XElement(
            Svg + "defs", kept.Values.Where(clip => used.Contains($"url(#{clip.Attribute("id")!.Value})"))));
    }
}
