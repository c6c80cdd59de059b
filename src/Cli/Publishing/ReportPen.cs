using MarginalConditional.Cli.Hosting;
using MarginalConditional.Report.Documents;
using MarginalConditional.Report.Paper;
using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Cli.Publishing;

/// <summary>Writes what the parts of a report are made of.</summary>
/// <param name="context">Level, sizes, and the console that tables are printed to.</param>
/// <param name="publication">The result.</param>
/// <param name="notes">What the reader should know.</param>
/// <param name="warnings">What the reader should beware of.</param>
internal sealed class ReportPen(
    CommandContext context, Publication publication, IReadOnlyList<string> notes, IReadOnlyList<string> warnings)
{
    /// <summary>The pictures on a page are this wide.</summary>
    private const int Width = 820;

    /// <summary>Those of the result's pictures that are of the given kinds; all that cost little where none is given.</summary>
    public string Pictures(params string[] kinds) => Pictures(publication.Pictures
        .Where(one => one.Missing is null && (kinds.Length == 0 ? !one.IsCostly : kinds.Contains(one.Kind, StringComparer.Ordinal)))
        .Select(one => one.Make()));

    /// <summary>Pictures made for the report.</summary>
    public string Pictures(IEnumerable<Picture> pictures) =>
        ReportParts.Figures([.. pictures], context.Output.Drawing with { Width = Width });

    /// <summary>What is printed for people, as tables and paragraphs.</summary>
    public string Printed(Action print) => ReportParts.Tables(context.Paper(print));

    /// <summary>A table.</summary>
    public static string Table(PaperBlock.Table table, string? caption = null) => ReportParts.Tables(new PaperDocument(
        caption is null ? [table] : [new PaperBlock.Text(caption) { IsHeading = true }, table]));

    /// <summary>Paragraphs, one a sentence or more.</summary>
    public static string Paragraphs(params IEnumerable<string> texts) =>
        string.Concat(texts.Select(text => $"<p>{HtmlPaper.Escaped(text)}</p>\n"));

    /// <summary>A part that is closed until the reader opens it.</summary>
    /// <param name="summary">What opens it.</param>
    /// <param name="html">A fragment of HTML.</param>
    public static string Folded(string summary, string html) =>
        $"<details>\n<summary>{HtmlPaper.Escaped(summary)}</summary>\n{html}</details>\n";

    /// <summary>Tables, closed until the reader opens them where they have more than a hundred rows.</summary>
    /// <param name="html">The tables as HTML.</param>
    /// <param name="rows">Their rows.</param>
    public static string FoldedIfLong(string html, int rows) =>
        rows > 100 ? Folded($"Show the tables ({Figures.Counted(rows, "row")})", html) : html;

    /// <summary>The warnings, or that there are none.</summary>
    public string Warnings() => ReportParts.Sentences(warnings, "None: what was fitted converged.");

    /// <summary>What is known of the data, and what to know of how they were read.</summary>
    public string Data() =>
        ReportParts.Facts(publication.DataFacts) + (notes.Count == 0 ? string.Empty : ReportParts.Sentences(notes, string.Empty));
}
