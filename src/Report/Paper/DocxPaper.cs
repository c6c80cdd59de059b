using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Paper;

/// <summary>Writes a document for Word: the three parts that a file of text and tables needs, by hand.</summary>
/// <remarks>ECMA-376, part 1, sections 11.3.10 and 17.4. Every table has its grid: readers drop tables without one.</remarks>
public static class DocxPaper
{
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    private const string Main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

    /// <summary>The width of text on a page, twentieths of a point.</summary>
    private const int TextWidth = 9000;

    private static readonly XNamespace Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static readonly XNamespace Types = "http://schemas.openxmlformats.org/package/2006/content-types";

    /// <summary>The earliest time that an archive can hold: the file depends on its content alone.</summary>
    private static readonly DateTimeOffset Origin = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The file's bytes, the same for the same document. Pictures of characters are left out.</summary>
    public static byte[] Write(PaperDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(archive, "[Content_Types].xml", new XElement(
                Types + "Types",
                new XElement(
                    Types + "Default",
                    new XAttribute("Extension", "rels"),
                    new XAttribute("ContentType", "application/vnd.openxmlformats-package.relationships+xml")),
                new XElement(
                    Types + "Override", new XAttribute("PartName", "/word/document.xml"), new XAttribute("ContentType", Main))));
            XNamespace relations = Relations;
            Part(archive, "_rels/.rels", new XElement(
                relations + "Relationships",
                new XElement(
                    relations + "Relationship",
                    new XAttribute("Id", "rId1"),
                    new XAttribute("Type", Office),
                    new XAttribute("Target", "word/document.xml"))));
            Part(archive, "word/document.xml", new XElement(
                Word + "document",
                new XAttribute(XNamespace.Xmlns + "w", Word.NamespaceName),
                new XElement(Word + "body", document.Blocks.SelectMany(Block))));
        }

        return stream.ToArray();
    }

    private static void Part(ZipArchive archive, string name, XElement content)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Origin;
        using var writer = new StreamWriter(entry.Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        writer.Write(content.ToString(SaveOptions.DisableFormatting));
    }

    private static IEnumerable<XElement> Block(PaperBlock block) => block switch
    {
        PaperBlock.Text text => [Paragraph(text.Content, text.IsHeading)],
        PaperBlock.Table table => [Table(table), Paragraph(string.Empty)],
        _ => [],
    };

    private static XElement Table(PaperBlock.Table table)
    {
        var widths = Widths(table);
        return new XElement(
            Word + "tbl",
            new XElement(
                Word + "tblPr",
                new XElement(Word + "tblW", new XAttribute(Word + "w", 0), new XAttribute(Word + "type", "auto")),
                new XElement(Word + "tblBorders", Border("top", 8), Border("bottom", 8))),
            new XElement(Word + "tblGrid", widths.Select(width => new XElement(Word + "gridCol", new XAttribute(Word + "w", width)))),
            Row(table, table.Headings, widths, isHead: true),
            table.Rows.Select(row => Row(table, row, widths, isHead: false)));
    }

    private static XElement Row(PaperBlock.Table table, IReadOnlyList<string> cells, int[] widths, bool isHead) => new(
        Word + "tr",
        new XElement(
            Word + "trPr",
            new XElement(Word + "cantSplit"),
            isHead ? new XElement(Word + "tblHeader") : null),
        cells.Select((cell, j) => new XElement(
            Word + "tc",
            new XElement(
                Word + "tcPr",
                new XElement(Word + "tcW", new XAttribute(Word + "w", widths[j]), new XAttribute(Word + "type", "dxa")),
                isHead ? new XElement(Word + "tcBorders", Border("bottom", 4)) : null),
            cell.Split('\n').Select(line => Paragraph(line, isHead, table.IsRight[j])))));

    private static XElement Border(string side, int size) => new(
        Word + side,
        new XAttribute(Word + "val", "single"),
        new XAttribute(Word + "sz", size),
        new XAttribute(Word + "space", 0),
        new XAttribute(Word + "color", "auto"));

    private static XElement Paragraph(string text, bool bold = false, bool right = false) => new(
        Word + "p",
        new XElement(
            Word + "pPr",
            new XElement(Word + "spacing", new XAttribute(Word + "before", 20), new XAttribute(Word + "after", 20)),
            right ? new XElement(Word + "jc", new XAttribute(Word + "val", "right")) : null),
        text.Length == 0 ? null : new XElement(
            Word + "r",
            bold ? new XElement(Word + "rPr", new XElement(Word + "b")) : null,
            new XElement(Word + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), Clean(text))));

    /// <summary>Widths by the longest cells, as wide as the page at most.</summary>
    private static int[] Widths(PaperBlock.Table table)
    {
        const int Character = 110;
        int[] wanted = [.. table.Headings.Select((heading, j) => 200 + (Character * Math.Min(40, table.Rows
            .Select(row => row[j])
            .Append(heading)
            .SelectMany(cell => cell.Split('\n'))
            .Max(line => line.Length))))];
        var share = Math.Min(1, (double)TextWidth / wanted.Sum());
        return [.. wanted.Select(width => (int)(share * width))];
    }

    private static string Clean(string text) => string.Concat(
        VisibleText.Of(text).EnumerateRunes().Where(rune => rune.Value is not (0xFFFE or 0xFFFF)).Select(rune => rune.ToString()));
}
