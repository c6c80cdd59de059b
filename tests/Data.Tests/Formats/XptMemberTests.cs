using System.Text;
using MarginalConditional.Data.Files;
using MarginalConditional.Data.Files.Sas;

namespace MarginalConditional.Data.Tests.Formats;

/// <summary>The head of a data set is found where a writer that follows TS-140 line by line has put it.</summary>
public sealed class XptMemberTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void Variables_and_rows_stand_where_the_layout_puts_them(int rows)
    {
        var bytes = Written(rows);
        var member = XptMember.Read(new FileBytes("trial.xpt", "SAS transport file", bytes), 3 * XptHeader.Record);
        Assert.Equal("DM", member.Name);
        Assert.Equal(["ID", "AGE"], member.Variables.Select(variable => variable.Name));
        Assert.Equal([false, true], member.Variables.Select(variable => !variable.IsText));
        Assert.Equal([0, 5], member.Variables.Select(variable => variable.Position));
        Assert.Equal((13, rows, bytes.Length), (member.RowLength, member.Rows, member.End));
        Assert.Equal("s0001", Encoding.ASCII.GetString(bytes, member.RowStart, 5));
    }

    [Fact]
    public void A_file_of_several_hundred_variables_is_refused_when_they_do_not_fill_a_row()
    {
        var bytes = Written(3);
        bytes[(3 * XptHeader.Record) + (5 * XptHeader.Record) + 5] = 4;
        var refusal = Assert.Throws<InputException>(
            () => XptMember.Read(new FileBytes("trial.xpt", "SAS transport file", bytes), 3 * XptHeader.Record));
        Assert.Equal("The SAS transport file is damaged: its variables do not fill a row.", refusal.Message);
    }

    private static byte[] Written(int rows)
    {
        var file = new List<byte>();
        Header("LIBRARY");
        Text("SAS     SAS     SASLIB  9.4     X64_10PR".PadRight(64) + "26NOV26:12:00:00");
        Text("26NOV26:12:00:00");
        Header("MEMBER", "000000000000000001600000000140");
        Header("DSCRPTR");
        Text("SAS     DM      SASDATA 9.4     X64_10PR".PadRight(64) + "26NOV26:12:00:00");
        Text("26NOV26:12:00:00");
        Header("NAMESTR", "000000000200000000000000000000");
        Variable(2, 5, 1, "ID", 0);
        Variable(1, 8, 2, "AGE", 5);
        Pad();
        Header("OBS");
        for (var row = 1; row <= rows; row++)
        {
            file.AddRange(Encoding.ASCII.GetBytes($"s{row:0000}"));
            file.AddRange([0x42, (byte)row, 0, 0, 0, 0, 0, 0]);
        }

        Pad();
        return [.. file];

        void Header(string name, string digits = "000000000000000000000000000000") =>
            Text($"HEADER RECORD*******{name,-8}HEADER RECORD!!!!!!!{digits}");

        void Text(string line) => file.AddRange(Encoding.ASCII.GetBytes(line.PadRight(80)));

        void Pad()
        {
            while (file.Count % 80 != 0)
            {
                file.Add((byte)' ');
            }
        }

        void Variable(byte type, byte length, byte number, string name, byte position)
        {
            file.AddRange([0, type, 0, 0, 0, length, 0, number]);
            file.AddRange(Encoding.ASCII.GetBytes(name.PadRight(8) + new string(' ', 40) + new string(' ', 8)));
            file.AddRange([0, 0, 0, 0, 0, 0, 0, 0]);
            file.AddRange(Encoding.ASCII.GetBytes(new string(' ', 8)));
            file.AddRange([0, 0, 0, 0, 0, 0, 0, position]);
            file.AddRange(new byte[52]);
        }
    }
}
