using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

public sealed class ReaderMessagesApproval
{
    [Theory]
    [InlineData("", "data.csv: The file is empty.\nA table has a header with the names of its columns, and a line for each row.")]
    [InlineData("\n\n", "data.csv: The file is empty.\nA table has a header with the names of its columns, and a line for each row.")]
    [InlineData("a,b\n", "data.csv: The file has a header but no rows.")]
    [InlineData(
        "a,b,a\n1,2,3\n",
        "data.csv, line 1: Two columns are called \"a\": the 1st and the 3rd.\nGive each column a name of its own.")]
    [InlineData("a,b\n1,2\n\n3\n", "data.csv, line 4: The line has 1 field, but the header has 2.\nWrite a missing value as NA or leave "
        + "its field empty, with the separators around it.")]
    [InlineData(
        "a,b\n1,2\n3,4,5\n",
        "data.csv, line 3: The line has 3 fields, but the header has 2.\nPut a field that contains the separator between double quotes.")]
    [InlineData("a,b\n1,2\n3,\"4\n5,6\n", "data.csv, line 3: A double quote is not closed, or text stands beside it.\nA quoted field "
        + "starts and ends with a double quote; one inside is written twice.")]
    [InlineData(
        "a\u0001b,c\n1,2\n",
        "data.csv, line 1: This is not a text file in UTF-8.\nExport the table as CSV, in the encoding UTF-8.")]
    [InlineData(
        "a\tb\n1\t2\n",
        "data.csv, line 1: A name in the header holds a tab.\n"
            + "If tabs stand between the columns, read the file with a tab as its separator.")]
    [InlineData(
        "1,0,1\n2,3,4\n",
        "data.csv, line 1: Two columns are called \"1\": the 1st and the 3rd.\n"
            + "A table begins with a line of its columns' names; here stand numbers.")]
    public void Files_that_are_no_tables_are_explained(string text, string expected) => Assert.Equal(expected, Files.Complaint(text));

    [Fact]
    public void Binary_content_is_no_text() =>
        Assert.StartsWith(
            "data.csv, line 1: This is not a text file in UTF-8.",
            Files.Complaint([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0xFF, 0xFE]),
            StringComparison.Ordinal);

    [Fact]
    public void Text_in_another_encoding_is_not_guessed_at() =>
        Assert.Equal(
            "data.csv, line 2, column f: \"Z\uFFFDrich\" is not UTF-8 text.\nSave the file in the encoding UTF-8.",
            Files.Complaint([.. "f,y\nZ"u8, 0xFC, .. "rich,1\n"u8]));

    [Fact]
    public void A_missing_file_is_named()
    {
        var exception = Assert.Throws<InputException>(() => DatasetReader.Read("no/such/file.csv"));
        Assert.Equal("no/such/file.csv: There is no such file.", $"{exception.Place}: {exception.Message}");
        Assert.StartsWith("Looked in ", exception.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_is_no_file() =>
        Assert.Equal(
            $"{AppContext.BaseDirectory}: This is a directory, not a file.",
            Files.Text(Assert.Throws<InputException>(() => DatasetReader.Read(AppContext.BaseDirectory))));

    [Fact]
    public void The_comma_cannot_have_two_meanings() =>
        Assert.Equal(
            "The comma cannot separate fields and be the decimal mark as well.\nName the separator of the fields, mostly a semicolon.",
            Files.Complaint("a\n1\n", options: new DatasetReaderOptions { DecimalComma = true }));
}
