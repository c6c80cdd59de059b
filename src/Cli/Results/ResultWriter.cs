using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Report.Paper;

namespace MarginalConditional.Cli.Results;

/// <summary>Writes a result in the format asked for; notes and warnings go beside a table or CSV, and inside JSON.</summary>
internal static class ResultWriter
{
    /// <summary>Writes the result and what there is to remark on it.</summary>
    /// <param name="context">Where to, and in which format.</param>
    /// <param name="json">The whole document, with its warnings.</param>
    /// <param name="csv">The whole table.</param>
    /// <param name="table">Prints the result for people.</param>
    /// <param name="notes">What the reader should know, one sentence each.</param>
    /// <param name="warnings">What the reader should beware of, one sentence each.</param>
    /// <param name="publication">What pictures and the report are made of; null for a command without them.</param>
    public static void Write(
        CommandContext context, Func<string> json, Func<ResultTable> csv, Action table, IEnumerable<string> notes,
        IEnumerable<string> warnings, Publication? publication = null)
    {
        notes = [.. notes];
        warnings = [.. warnings];
        if (publication is not null)
        {
            PictureFiles.Write(context, publication.Pictures);
            ReportFile.Write(context, publication, () => context.Paper(table), [.. notes], [.. warnings]);
        }

        Write(context, context.Output.Format, json, csv, table, [
            .. notes.Select(note => "Note. " + note), .. warnings.Select(warning => "Warning. " + warning),
        ]);
        if (context.Output.Format == OutputFormat.Json)
        {
            return;
        }

        foreach (var note in notes)
        {
            context.Note(note);
        }

        foreach (var warning in warnings)
        {
            context.Warn(warning);
        }
    }

    /// <summary>Writes a result on which there is nothing to remark, or whose command says it itself.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="format">The format asked for.</param>
    /// <param name="json">The whole document.</param>
    /// <param name="csv">The whole table.</param>
    /// <param name="table">Prints the result for people.</param>
    /// <param name="remarks">What goes under the tables of a paper; null for nothing.</param>
    public static void Write(
        CommandContext context, OutputFormat format, Func<string> json, Func<ResultTable> csv, Action table,
        IReadOnlyList<string>? remarks = null)
    {
        PaperDocument Paper() => context.Paper(table).With(remarks ?? []);
        switch (format)
        {
            case OutputFormat.Json:
                context.Text.Write(context.Ascii ? AsciiText.OfJson(json()) : json());
                break;
            case OutputFormat.Csv or OutputFormat.Parquet or OutputFormat.Xlsx:
                context.WriteResult(csv());
                break;
            case OutputFormat.Markdown:
                context.Text.Write(Plain(MarkdownPaper.Write(Paper())));
                break;
            case OutputFormat.Html:
                context.Text.Write(HtmlPaper.Write(Paper()));
                break;
            case OutputFormat.Latex:
                context.Text.Write(Plain(LatexPaper.Write(Paper())));
                break;
            case OutputFormat.Docx:
                context.WriteBytes(DocxPaper.Write(Paper()));
                break;
            default:
                table();
                break;
        }

        string Plain(string text) => context.Ascii ? AsciiText.Of(text) : text;
    }
}
