using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Options;
using MarginalConditional.Report.Paper;

namespace MarginalConditional.Cli.Commands.Reporting;

/// <summary>Writes a document for a paper in the form that its file's name says.</summary>
internal static class PaperForms
{
    /// <summary>Whether a form is one of documents.</summary>
    public static bool IsPaper(OutputFormat? form) =>
        form is OutputFormat.Markdown or OutputFormat.Html or OutputFormat.Latex or OutputFormat.Docx;

    /// <summary>Writes the document; Markdown where the name says no form of documents.</summary>
    public static void Write(string path, PaperDocument document)
    {
        switch (FileEnding.FormOf(path))
        {
            case OutputFormat.Html:
                AtomicFile.Write(path, HtmlPaper.Write(document));
                break;
            case OutputFormat.Latex:
                AtomicFile.Write(path, LatexPaper.Write(document));
                break;
            case OutputFormat.Docx:
                AtomicFile.Write(path, DocxPaper.Write(document));
                break;
            default:
                AtomicFile.Write(path, MarkdownPaper.Write(document));
                break;
        }
    }
}
