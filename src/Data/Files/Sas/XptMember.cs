using System.Buffers.Binary;

namespace MarginalConditional.Data.Files.Sas;

/// <summary>One data set of a SAS transport file: its variables, and where its rows stand.</summary>
internal sealed class XptMember
{
    private const int NameLength = 8;
    private const int LongName = 32;
    private const int LabelLength = 40;

    private readonly FileBytes file;
    private readonly bool isLong;

    private XptMember(FileBytes file, bool isLong)
    {
        this.file = file;
        this.isLong = isLong;
    }

    /// <summary>Its name.</summary>
    internal string Name { get; private set; } = string.Empty;

    /// <summary>Its variables.</summary>
    internal XptVariable[] Variables { get; private set; } = [];

    /// <summary>The place of the first row.</summary>
    internal int RowStart { get; private set; }

    /// <summary>The bytes of a row.</summary>
    internal int RowLength { get; private set; }

    /// <summary>The number of rows.</summary>
    internal int Rows { get; private set; }

    /// <summary>The rows of blanks at the end, which may be the file's padding.</summary>
    internal int BlankRows { get; private set; }

    /// <summary>The place after the member.</summary>
    internal int End { get; private set; }

    /// <summary>Reads the head of a member.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">The place of its first header record.</param>
    /// <exception cref="InputException">The head is damaged.</exception>
    internal static XptMember Read(FileBytes file, int start)
    {
        var kind = XptHeader.Name(file.At(start, XptHeader.Record, "the head of a data set"));
        var member = new XptMember(file, kind == "MEMBV8");
        if (kind is not ("MEMBER" or "MEMBV8"))
        {
            throw file.Broken("the head of a data set is not where it has to be");
        }

        var size = (int)XptHeader.Number(file.At(start, XptHeader.Record, "the head of a data set"), 26, 30);
        if (size is not (136 or 140))
        {
            throw file.Broken("the description of a variable has neither 140 nor 136 bytes");
        }

        member.Require(start + XptHeader.Record, "DSCRPTR", "DSCPTV8");
        var name = file.At(start + (2L * XptHeader.Record) + NameLength, member.isLong ? LongName : NameLength, "the name of a data set");
        member.Name = TextLevels.DecodeEnded(name).Trim();
        var place = start + (4 * XptHeader.Record);
        member.Require(place, "NAMESTR", "NAMSTV8");
        member.ReadVariables(place, size);
        return member;
    }

    private void Require(int place, string name, string longName)
    {
        if (XptHeader.Name(file.At(place, XptHeader.Record, "the head of a data set")) != (isLong ? longName : name))
        {
            throw file.Broken($"the record {(isLong ? longName : name)} is not where it has to be");
        }
    }

    private void ReadVariables(int header, int size)
    {
        var record = file.At(header, XptHeader.Record, "the head of a data set");
        var place = header + XptHeader.Record;

        // The count has four digits; files of more variables let it run on to six.
        long count = -1;
        var next = 0L;
        foreach (var digits in new[] { 10, 12 })
        {
            var asked = XptHeader.Number(record, 6, digits);
            next = place + Padded(asked * size);
            if (asked > 0 && next + XptHeader.Record <= file.Length && XptHeader.Name(file.All.Span[(int)next..]) is not null)
            {
                count = asked;
                break;
            }
        }

        if (count < 0)
        {
            throw file.Broken("the descriptions of its variables do not end where their number says");
        }

        Variables = new XptVariable[count];
        for (var i = 0; i < Variables.Length; i++)
        {
            Variables[i] = Variable(file.At(place + ((long)i * size), size, "the description of a variable"));
        }

        var after = (int)next;
        if (isLong && XptHeader.Name(file.All.Span[after..]) is "LABELV8" or "LABELV9")
        {
            after = ReadLabels(after);
        }

        Require(after, "OBS", "OBSV8");
        FindRows(after);
    }

    private XptVariable Variable(ReadOnlySpan<byte> record)
    {
        var name = isLong && record.Length >= 120 ? record.Slice(88, LongName) : record.Slice(8, NameLength);
        var short8 = TextLevels.DecodeEnded(record.Slice(8, NameLength)).Trim();
        var full = TextLevels.DecodeEnded(name).Trim();
        var (type, length) = (BinaryPrimitives.ReadInt16BigEndian(record), BinaryPrimitives.ReadInt16BigEndian(record[4..]));
        var position = BinaryPrimitives.ReadInt32BigEndian(record[84..]);
        return type is 1 or 2 && length >= 1 && (type == 2 || length is >= 2 and <= SasNumber.Longest) && position >= 0
            ? new XptVariable
            {
                Name = full.Length > 0 ? full : short8,
                Label = TextLevels.DecodeEnded(record.Slice(16, LabelLength)).Trim(),
                Format = TextLevels.DecodeEnded(record.Slice(56, NameLength)).Trim(),
                IsText = type == 2,
                Position = position,
                Length = length,
            }
            : throw file.Broken("a variable is neither a number nor text, or has no length");
    }

    /// <summary>Names, labels and formats that are longer than the fixed fields.</summary>
    private int ReadLabels(int header)
    {
        var record = file.At(header, XptHeader.Record, "the long labels");
        var numbers = XptHeader.Name(record) == "LABELV9" ? 5 : 3;
        var count = XptHeader.Number(record, 0, 30);
        long place = header + XptHeader.Record;
        for (var entry = 0L; entry < count; entry++)
        {
            var index = file.Int16(place, "the long labels") - 1;
            var lengths = new int[numbers - 1];
            for (var i = 0; i < lengths.Length; i++)
            {
                lengths[i] = file.Int16(place + (2 * (i + 1)), "the long labels");
            }

            place += 2 * numbers;
            var texts = new string[lengths.Length];
            for (var i = 0; i < lengths.Length; place += lengths[i++])
            {
                texts[i] = TextLevels.DecodeEnded(file.At(place, lengths[i], "the long labels")).Trim();
            }

            if ((uint)index >= (uint)Variables.Length)
            {
                throw file.Broken("a label belongs to no variable");
            }

            Variables[index] = Variables[index] with
            {
                Name = texts[0].Length > 0 ? texts[0] : Variables[index].Name,
                Label = texts[1],
                Format = texts is [_, _, { Length: > 0 } format, ..] ? format : Variables[index].Format,
            };
        }

        return (int)Math.Min(header + XptHeader.Record + Padded(place - header - XptHeader.Record), file.Length);
    }

    private void FindRows(int header)
    {
        RowStart = header + XptHeader.Record;
        End = XptHeader.NextMember(file.All.Span, RowStart);
        var width = Variables.Sum(variable => (long)variable.Length);
        if (width != Variables.Max(variable => (long)variable.Position + variable.Length))
        {
            throw file.Broken("its variables do not fill a row");
        }

        RowLength = (int)width;
        var most = (End - RowStart) / RowLength;
        var said = isLong ? XptHeader.Number(file.At(header, XptHeader.Record, "the head of the rows"), 0, 15) : 0;
        if (said > most)
        {
            throw file.Broken(FormattableString.Invariant($"it says that it has {said} rows, and has {most}"));
        }

        Rows = said > 0 ? (int)said : most;
        while (said <= 0 && Rows > 0
            && file.At(RowStart + ((long)(Rows - 1) * RowLength), RowLength, "the rows").IndexOfAnyExcept((byte)' ') < 0)
        {
            Rows--;
        }

        BlankRows = said <= 0 && Array.TrueForAll(Variables, variable => variable.IsText) ? most - Rows : 0;
    }

    private static long Padded(long length) => (length + XptHeader.Record - 1) / XptHeader.Record * XptHeader.Record;
}
