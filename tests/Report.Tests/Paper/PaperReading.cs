using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace MarginalConditional.Report.Tests.Paper;

/// <summary>Tables read back from what was written, as a reader of the format takes them.</summary>
internal static class PaperReading
{
    private static readonly XNamespace Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /// <summary>The cells of a pipe table, row by row: a backslash takes the meaning off the sign after it.</summary>
    public static string[][] Pipes(string markdown) =>
    [
        .. markdown.Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => Parts(line[2..^2], " | ", '\\').Select(cell => Plain(cell, '\\')).ToArray()),
    ];

    /// <summary>The cells of the rows of a tabular, as they are written.</summary>
    public static string[][] Tabular(string latex) =>
    [
        .. latex.Split('\n')
            .Where(line => line.EndsWith(" \\\\", StringComparison.Ordinal))
            .Select(line => Parts(line[..^3], " & ", '\0').ToArray()),
    ];

    /// <summary>The cells of an HTML table, row by row.</summary>
    public static string[][] Html(string html) =>
    [
        .. XDocument.Parse($"<x>{html.Replace("<br>", "\n", StringComparison.Ordinal)}</x>", LoadOptions.PreserveWhitespace)
            .Descendants("tr")
            .Select(row => row.Elements().Select(cell => cell.Value).ToArray()),
    ];

    /// <summary>The part of a file for Word that holds its text.</summary>
    public static XElement Body(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file));
        using var stream = archive.GetEntry("word/document.xml")!.Open();
        return XDocument.Load(stream).Root!.Element(Word + "body")!;
    }

    /// <summary>The cells of the tables of a file for Word, row by row, paragraphs of a cell by line.</summary>
    public static string[][] Cells(XElement body) =>
    [
        .. body.Descendants(Word + "tr").Select(row => row.Elements(Word + "tc")
            .Select(cell => string.Join('\n', cell.Elements(Word + "p").Select(paragraph => paragraph.Value)))
            .ToArray()),
    ];

    /// <summary>Parts a line where a separator stands that nothing escapes.</summary>
    private static IEnumerable<string> Parts(string line, string separator, char escape)
    {
        var part = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == escape && i + 1 < line.Length)
            {
                part.Append(line[i]).Append(line[++i]);
            }
            else if (string.CompareOrdinal(line, i, separator, 0, separator.Length) == 0)
            {
                yield return part.ToString();
                part.Clear();
                i += separator.Length - 1;
            }
            else
            {
                part.Append(line[i]);
            }
        }

        yield return part.ToString();
    }

    private static string Plain(string cell, char escape)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < cell.Length; i++)
        {
            i += cell[i] == escape && i + 1 < cell.Length ? 1 : 0;
            plain.Append(cell[i]);
        }

        return plain.ToString();
    }
}
