using System.IO.Compression;
using System.Text;
using MarginalConditional.Data.Files.Excel;

namespace MarginalConditional.Data.Tests.Formats;

/// <summary><see cref="SheetFaults"/> on workbooks written by hand: errors, and formulas that nobody computed.</summary>
public sealed class SheetFaultsTests
{
    private const string Cells = """
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2</v></c></row>
        <row r="2"><c r="A2" t="e"><v>#DIV/0!</v></c><c r="B2"><f>1+1</f><v>2</v></c></row>
        <row r="12"><c r="AB12"><f>RAND()</f></c><c r="AC12" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="AD12"><f>A1</f><v/></c></row>
        <row r="13"><c r="A13"/><c r="B13" t="e"/><c r="ZZ13" t="e"><v></v></c></row>
        """;

    [Fact]
    public void Errors_and_formulas_without_a_value_are_found_at_their_place() => Assert.Equal(
        [
            new SheetFault(2, 0, "A2", "#DIV/0!"), new SheetFault(12, 27, "AB12", null), new SheetFault(12, 28, "AC12", "#DIV/0!"),
            new SheetFault(12, 29, "AD12", null), new SheetFault(13, 701, "ZZ13", "#ERROR"),
        ],
        SheetFaults.Of(Workbook("worksheets/sheet1.xml"), 0));

    [Theory]
    [InlineData("worksheets/sheet1.xml")]
    [InlineData("/xl/worksheets/sheet1.xml")]
    public void A_sheet_is_found_through_its_relation_wherever_it_stands(string target)
    {
        Assert.Equal(5, SheetFaults.Of(Workbook(target), 0).Count);
        Assert.Empty(SheetFaults.Of(Workbook(target), 1));
        Assert.Empty(SheetFaults.Of(Workbook(target), 2));
    }

    [Fact]
    public void A_workbook_whose_parts_are_not_there_has_no_faults()
    {
        Assert.Empty(SheetFaults.Of(Workbook("worksheets/elsewhere.xml"), 0));
        Assert.Empty(SheetFaults.Of(Archive([]), 0));
    }

    /// <summary>A workbook of two sheets, the second without faults; relations stand in another order than sheets.</summary>
    private static byte[] Workbook(string target) => Archive(
    [
        ("xl/workbook.xml", """
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
              xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
              <sheets><sheet name="one" sheetId="1" r:id="rId7"/><sheet name="two" sheetId="2" r:id="rId3"/></sheets>
            </workbook>
            """),
        ("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
              <Relationship Id="rId3" Type="t" Target="worksheets/sheet2.xml"/>
              <Relationship Id="rId7" Type="t" Target="{target}"/>
            </Relationships>
            """),
        ("xl/worksheets/sheet1.xml", Sheet(Cells)), ("xl/worksheets/sheet2.xml", Sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")),
    ]);

    private static string Sheet(string rows) =>
        $"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>";

    private static byte[] Archive(IEnumerable<(string Name, string Text)> parts)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }
}
