using System.Security.Cryptography;
using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Help;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Report.Documents;
using MarginalConditional.Report.Paper;

namespace MarginalConditional.Cli.Publishing;

/// <summary>Writes the report that <c>--report</c> asks for.</summary>
internal static class ReportFile
{
    /// <summary>Assembles the parts and writes the page, if it is asked for.</summary>
    /// <param name="context">Where to, and how large pictures are.</param>
    /// <param name="publication">Title, answer, data and pictures.</param>
    /// <param name="tables">The result's tables.</param>
    /// <param name="notes">What the reader should know.</param>
    /// <param name="warnings">What the reader should beware of.</param>
    public static void Write(
        CommandContext context,
        Publication publication,
        Func<PaperDocument> tables,
        IReadOnlyList<string> notes,
        IReadOnlyList<string> warnings)
    {
        if (context.Output.ReportPath is { } path)
        {
            Write(context, path, publication, tables, notes, warnings);
        }
    }

    /// <summary>Assembles the parts and writes the page.</summary>
    /// <param name="context">How large pictures are, and the command.</param>
    /// <param name="path">Where to.</param>
    /// <param name="publication">Title, answer, data and pictures.</param>
    /// <param name="tables">The result's tables.</param>
    /// <param name="notes">What the reader should know.</param>
    /// <param name="warnings">What the reader should beware of.</param>
    public static void Write(
        CommandContext context,
        string path,
        Publication publication,
        Func<PaperDocument> tables,
        IReadOnlyList<string> notes,
        IReadOnlyList<string> warnings)
    {
        var pen = new ReportPen(context, publication, notes, warnings);
        IReadOnlyList<ReportPart> parts = publication.Parts.Count > 0
            ? publication.Parts
            :
            [
                new("Results", _ => ReportParts.Tables(tables())), new("Pictures", one => one.Pictures()),
                new("Warnings", one => one.Warnings()), new("Data", one => one.Data()),
            ];
        ReportSection[] sections = [.. parts.Select(part => part.Write(pen)).Where(section => section.Body.Length > 0)];
        AtomicFile.Write(path, HtmlReport.Write(publication.Title, publication.Answer, sections, new ReportOrigin
        {
            Command = ShellText.Of(["margcond", .. context.Arguments]),
            Program = $"margcond {VersionAction.Version}",
            Data = publication.Data.Path,
            DataHash = HashOf(publication.Data) + JoinedHashOf(publication.Data),
            Time = context.Output.NoTimestamp || publication.LeavesTimeOut ? null : context.Time,
        }));
    }

    /// <summary>The hash of the file that is joined to the data, in words; nothing without one.</summary>
    private static string JoinedHashOf(DataArguments data) => data.JoinPath is not { } joined ? string.Empty
        : $", joined {joined} {HashOf(data with { Path = joined, Content = data.Tables?.Find(joined) })}";

    private static string HashOf(DataArguments data)
    {
        if (data.Content is { } content)
        {
            return Convert.ToHexStringLower(SHA256.HashData(content.Span));
        }

        return FileHash.Of(data.Path);
    }
}
