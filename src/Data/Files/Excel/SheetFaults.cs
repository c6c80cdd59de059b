using System.IO.Compression;
using System.Xml;

namespace MarginalConditional.Data.Files.Excel;

/// <summary>Finds the cells of a sheet that would read as empty although they are not, by looking at the sheet's own XML.</summary>
/// <remarks>Source: ECMA-376, part 1, section 18.3: a cell of type e shows an error; a formula's value stands in v.</remarks>
internal static class SheetFaults
{
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>The faults of a sheet.</summary>
    /// <param name="content">The bytes of the workbook.</param>
    /// <param name="sheet">The place of the sheet in the workbook, from 0.</param>
    internal static List<SheetFault> Of(ReadOnlyMemory<byte> content, int sheet)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        var relation = Attributes(archive, "xl/workbook.xml", "sheet", "id", Relations).ElementAtOrDefault(sheet);
        var ids = Attributes(archive, "xl/_rels/workbook.xml.rels", "Relationship", "Id", string.Empty);
        var targets = Attributes(archive, "xl/_rels/workbook.xml.rels", "Relationship", "Target", string.Empty);
        var target = ids.Zip(targets).FirstOrDefault(pair => pair.First == relation).Second;
        var entry = target is null ? null
            : archive.GetEntry(target.StartsWith('/') ? target[1..] : $"xl/{target}");
        return entry is null ? [] : Faults(entry);
    }

    private static string[] Attributes(ZipArchive archive, string part, string element, string attribute, string space)
    {
        if (archive.GetEntry(part) is not { } entry)
        {
            return [];
        }

        using var stream = entry.Open();
        using var reader = XmlReader.Create(stream);
        var found = new List<string>();
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == element)
            {
                found.Add((space.Length > 0 ? reader.GetAttribute(attribute, space) : reader.GetAttribute(attribute)) ?? string.Empty);
            }
        }

        return [.. found];
    }

    private static List<SheetFault> Faults(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var reader = XmlReader.Create(stream);
        var faults = new List<SheetFault>();
        (string Cell, bool IsError, bool IsFormula, string? Value) cell = (string.Empty, false, false, null);
        var inValue = false;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.LocalName == "c":
                    cell = (reader.GetAttribute("r") ?? string.Empty, reader.GetAttribute("t") == "e", false, null);
                    break;
                case XmlNodeType.Element when reader.LocalName == "f":
                    cell.IsFormula = true;
                    break;
                case XmlNodeType.Element when reader.LocalName == "v":
                    inValue = !reader.IsEmptyElement;
                    break;
                case XmlNodeType.Text when inValue:
                    cell.Value = reader.Value;
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "v":
                    inValue = false;
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "c" && (cell.IsError || (cell.IsFormula && cell.Value is null)):
                    var (row, column) = Place(cell.Cell);
                    faults.Add(new SheetFault(row, column, cell.Cell, cell.IsError ? cell.Value ?? "#ERROR" : null));
                    break;
            }
        }

        return faults;
    }

    /// <summary>B7 as row 7 and column 1.</summary>
    private static (int Row, int Column) Place(string cell)
    {
        var (row, column) = (0, 0);
        foreach (var character in cell)
        {
            if (char.IsAsciiLetterUpper(character))
            {
                column = unchecked((26 * column) + character - 'A' + 1);
            }
            else if (char.IsAsciiDigit(character))
            {
                row = unchecked((10 * row) + character - '0');
            }
        }

        return (row, column - 1);
    }
}
