using System.Globalization;
using System.Text;
using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Paper;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Documents;

/// <summary>Fragments of HTML that reports are assembled from.</summary>
public static class ReportParts
{
    /// <summary>A table of a picture in the page shows no more rows than this.</summary>
    private const int MostRows = 250;

    /// <summary>More rows than this are drawn in pieces, each with an axis of its own: a page of paper holds one.</summary>
    private const int MostInPiece = 45;

    /// <summary>Pictures, each with its title, what its marks are, and its numbers to be opened.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="options">How large they are drawn.</param>
    public static string Figures(IReadOnlyList<Picture> pictures, DrawingOptions options)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        ArgumentNullException.ThrowIfNull(options);
        var html = new StringBuilder();
        for (var i = 0; i < pictures.Count; i++)
        {
            var picture = pictures[i];
            var id = string.Create(CultureInfo.InvariantCulture, $"{picture.Kind}-{i + 1}");
            html.Append(picture.Rows.Count > 0 ? "<figure>\n<div class=\"card\" tabindex=\"0\">\n"
                    : "<figure>\n<div class=\"card plot\" tabindex=\"0\">\n")
                .Append(Drawn(picture, options with { ShowsTexts = false }, id))
                .Append("</div>\n<figcaption><strong>")
                .Append(HtmlPaper.Escaped(picture.Title))
                .Append(".</strong> ")
                .Append(HtmlPaper.Escaped(picture.Caption))
                .Append("</figcaption>\n<details>\n<summary>Show the numbers</summary>\n<div class=\"wide\" tabindex=\"0\">\n")
                .Append(HtmlPaper.Write(new PaperDocument([Table(picture.Numbers)])))
                .Append("</div>\n")
                .Append(picture.Numbers.Rows.Count > MostRows
                    ? $"<p>The first {Wording.Figures.Count(MostRows)} of {Wording.Figures.Count(picture.Numbers.Rows.Count)} rows.</p>\n"
                    : string.Empty)
                .Append("</details>\n</figure>\n");
        }

        return html.ToString();
    }

    /// <summary>A picture, or its pieces where it has many rows.</summary>
    private static string Drawn(Picture picture, DrawingOptions options, string id)
    {
        var rows = picture.Rows.Count;
        if (rows <= MostInPiece || options.Height is not null)
        {
            return SvgDrawing.Draw(picture, options, id);
        }

        var pieces = (rows + MostInPiece - 1) / MostInPiece;
        var each = (rows + pieces - 1) / pieces;
        return string.Concat(Enumerable.Range(0, pieces).Select(piece =>
        {
            var (first, count) = (piece * each, Math.Min(each, rows - (piece * each)));
            var part = picture with
            {
                Title = $"{picture.Title}, rows {Wording.Figures.Count(first + 1)} to {Wording.Figures.Count(first + count)}",
            };
            return SvgDrawing.Draw(
                part, options with { Piece = (first, count) }, string.Create(CultureInfo.InvariantCulture, $"{id}-{piece + 1}"));
        }));
    }

    /// <summary>Tables and texts; a wide table scrolls by itself.</summary>
    public static string Tables(PaperDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return HtmlPaper.Write(document)
            .Replace("<table>", "<div class=\"wide\" tabindex=\"0\">\n<table>", StringComparison.Ordinal)
            .Replace("</table>", "</table>\n</div>", StringComparison.Ordinal);
    }

    /// <summary>Sentences as a list; a sentence in their place when there are none.</summary>
    /// <param name="sentences">The sentences.</param>
    /// <param name="none">What is said without any.</param>
    public static string Sentences(IReadOnlyList<string> sentences, string none)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        return sentences.Count == 0
            ? $"<p>{HtmlPaper.Escaped(none)}</p>\n"
            : $"<ul>\n{string.Concat(sentences.Select(sentence => $"<li>{HtmlPaper.Escaped(sentence)}</li>\n"))}</ul>\n";
    }

    /// <summary>Names with their values.</summary>
    public static string Facts(IEnumerable<(string Name, string Value)> facts) =>
        $"<dl>\n{string.Concat(facts.Select(fact =>
            $"<dt>{HtmlPaper.Escaped(fact.Name)}</dt><dd>{HtmlPaper.Escaped(fact.Value)}</dd>\n"))}</dl>\n";

    private static PaperBlock.Table Table(NumberTable numbers)
    {
        var shown = numbers.Rows.Take(MostRows).ToArray();
        return new PaperBlock.Table(
            numbers.Columns,
            [.. numbers.Columns.Select((_, j) => !shown.Any(row => row[j].Text is not null))],
            [.. shown.Select(row => (IReadOnlyList<string>)[.. row.Select(Shown)])]);
    }

    private static string Shown(TableCell cell) => cell switch
    {
        { Text: { } text } => text,
        { Number: { } number } => number == Math.Round(number) && Math.Abs(number) < 1e7
            ? Wording.Figures.Count((long)number)
            : Wording.Figures.Significant(number, 4),
        _ => string.Empty,
    };
}
