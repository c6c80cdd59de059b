using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Drawing;

/// <summary>The texts of a row as they are written: broken at spaces where they are too wide, cut where even that does not help.</summary>
/// <param name="Label">Its label's lines.</param>
/// <param name="Text">Its text's lines.</param>
/// <param name="FullLabel">The whole label where it is cut; null where it is not.</param>
/// <param name="FullText">The whole text where it is cut; null where it is not.</param>
internal sealed record RowText(IReadOnlyList<string> Label, IReadOnlyList<string> Text, string? FullLabel, string? FullText)
{
    private const int MostLines = 3;
    private const char Indent = '\u2003';
    private const string Between = " \u00B7 ";

    /// <summary>A further line is this much lower, in heights of a row of one line.</summary>
    public const double LineShare = 0.82;

    /// <summary>How high it is, in heights of a row of one line.</summary>
    public double Height => 1 + (LineShare * (Math.Max(Label.Count, Text.Count) - 1));

    /// <summary>Breaks the texts of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="ruler">Measures.</param>
    /// <param name="size">Of the text, pixels.</param>
    /// <param name="labelWidth">The room for the label, pixels.</param>
    /// <param name="textWidth">The room for the text, pixels.</param>
    /// <param name="breaks">Whether there is room for further lines; if not, texts are cut.</param>
    public static RowText Of(PictureRow row, TextRuler ruler, double size, double labelWidth, double textWidth, bool breaks)
    {
        var (label, fullLabel) = Broken(CleanText.Of(row.Label), ruler, size, labelWidth, row.IsSummary, breaks);
        var (text, fullText) = Broken(CleanText.Of(row.Text), ruler, size, textWidth, row.IsSummary, breaks);
        return new RowText(label, text, fullLabel, fullText);
    }

    private static (IReadOnlyList<string> Lines, string? Full) Broken(
        string text, TextRuler ruler, double size, double width, bool bold, bool breaks)
    {
        if (ruler.Width(text, size, bold) <= width)
        {
            return (text.Length == 0 ? [] : [text], null);
        }

        if (!breaks)
        {
            return ([ruler.Shortened(text, size, width, bold)], text);
        }

        if (Parted(text, ruler, size, width, bold) is { } parted)
        {
            return (parted, null);
        }

        var words = text.TrimStart(Indent);
        var indent = new string(Indent, text.Length - words.Length);
        var lines = ruler.Lines(words, size, width - ruler.Width(indent, size, bold), bold);
        var kept = lines.Count <= MostLines
            ? lines
            : [.. lines.Take(MostLines - 1), ruler.Shortened(
                string.Join(' ', lines.Skip(MostLines - 1)), size, width - ruler.Width(indent, size, bold), bold)];
        var isWhole = lines.Count <= MostLines
            && string.Join(' ', kept) == string.Join(' ', words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return ([.. kept.Select(line => indent + line)], isWhole ? null : text);
    }

    /// <summary>
    /// A label of two parts, such as scenario and method: the second on a line of its own, indented as those of the rows below; null where
    /// it has no such parts or they do not fit.
    /// </summary>
    private static IReadOnlyList<string>? Parted(string text, TextRuler ruler, double size, double width, bool bold)
    {
        var place = text.LastIndexOf(Between, StringComparison.Ordinal);
        if (place <= 0)
        {
            return null;
        }

        var last = Indent + text[(place + Between.Length)..];
        var first = ruler.Lines(text[..place], size, width, bold);
        return first.Count < MostLines && string.Join(' ', first) == text[..place] && ruler.Width(last, size, bold) <= width
            ? [.. first, last]
            : null;
    }
}
