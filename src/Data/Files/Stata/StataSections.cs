using System.Text;

namespace MarginalConditional.Data.Files.Stata;

/// <summary>The head of a Stata file: its release, its size, and where its sections start.</summary>
internal sealed class StataSections
{
    private const int Entries = 14;

    private readonly long[] starts;

    private StataSections(FileBytes file, StataLayout layout, long variables, long rows, long[] starts)
    {
        File = file;
        Layout = layout;
        Variables = (int)variables;
        RowCount = rows;
        this.starts = starts;
    }

    /// <summary>The file, with its order of bytes.</summary>
    internal FileBytes File { get; }

    /// <summary>The widths of fields.</summary>
    internal StataLayout Layout { get; }

    /// <summary>The number of variables.</summary>
    internal int Variables { get; }

    /// <summary>The number of rows that the file says it has.</summary>
    internal long RowCount { get; }

    /// <summary>Reads the head.</summary>
    /// <exception cref="InputException">The file is damaged or of another release.</exception>
    internal static StataSections Read(string source, ReadOnlyMemory<byte> content)
    {
        var file = new FileBytes(source, "Stata file", content);
        long place = 0;
        Skip(file, ref place, "<stata_dta><header><release>");
        var release = Encoding.ASCII.GetString(file.At(place, 3, "its head"));
        var layout = release switch
        {
            "117" or "118" or "119" => new StataLayout { Release = release[2] - '0' + 110 },
            _ => throw new InputException($"This is a Stata file of release {release}; releases 117, 118 and 119 are read.")
            {
                File = source,
                Hint = "In Stata say: saveold trial, version(14).",
            },
        };
        place += 3;
        Skip(file, ref place, "</release><byteorder>");
        var order = Encoding.ASCII.GetString(file.At(place, 3, "its head"));
        if (order is not ("LSF" or "MSF"))
        {
            throw file.Broken("it does not say the order of its bytes");
        }

        file = new FileBytes(source, "Stata file", content) { IsLittleEndian = order == "LSF" };
        place += 3;
        Skip(file, ref place, "</byteorder><K>");
        var variables = Count(file, ref place, layout.CountBytes);
        Skip(file, ref place, "</K><N>");
        var rows = Count(file, ref place, layout.RowCountBytes);
        Skip(file, ref place, "</N><label>");
        var label = Count(file, ref place, layout.LabelLengthBytes);
        place += label;
        Skip(file, ref place, "</label><timestamp>");
        var time = Count(file, ref place, 1);
        place += time;
        Skip(file, ref place, "</timestamp></header><map>");
        var starts = new long[Entries];
        for (var i = 0; i < starts.Length; i++)
        {
            starts[i] = Count(file, ref place, 8);
        }

        return variables == 0 || variables > file.Length
            ? throw file.Broken("it has no variables, or more than it has bytes")
            : new StataSections(file, layout, variables, rows, starts);
    }

    /// <summary>The place after a section's opening tag.</summary>
    /// <param name="entry">The section's place in the map.</param>
    /// <param name="tag">Its name.</param>
    internal long Start(int entry, string tag)
    {
        var place = starts[entry];
        Skip(File, ref place, $"<{tag}>");
        return place;
    }

    private static void Skip(FileBytes file, ref long place, string tag)
    {
        var expected = Encoding.ASCII.GetBytes(tag);
        if (!file.At(place, expected.Length, "its head").SequenceEqual(expected))
        {
            throw file.Broken($"\"{tag}\" is not where it has to be");
        }

        place += expected.Length;
    }

    private static long Count(FileBytes file, ref long place, int length)
    {
        var value = file.Unsigned(place, length, "its head");
        place += length;
        return value <= long.MaxValue ? (long)value : throw file.Broken("it says that a part of it has more bytes than any file");
    }
}
