using System.Text;

namespace MarginalConditional.Data.Tables;

/// <summary>The header of a text file whose beginning leaves no question: nothing is quoted, and one separator stands there.</summary>
/// <remarks>
/// So most files begin, and CsvHelper, which reads all others, need not be loaded for them. What it would find is found here as well.
/// </remarks>
/// <param name="Names">The names as they stand there, without the blanks around them.</param>
/// <param name="Start">The first byte after the line.</param>
/// <param name="Separator">What stands between fields.</param>
internal sealed record PlainHeader(string[] Names, int Start, char Separator)
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> Separators => ",;\t|"u8;

    /// <summary>Looks for the header at the beginning of a file.</summary>
    /// <param name="front">The first bytes, a few thousand at least, or all.</param>
    /// <param name="separator">What stands between fields; null if it has to be found.</param>
    /// <returns>The header; null if the beginning leaves a question.</returns>
    internal static PlainHeader? Of(ReadOnlySpan<byte> front, char? separator)
    {
        var from = front.StartsWith(Mark) ? Mark.Length : 0;
        var text = front[from..];
        var end = text.IndexOfAny((byte)'\n', (byte)'\r');
        if (end <= 0
            || !PlainLines.Are(front)
            || front.Contains((byte)0)
            || IsHint(text[..end])
            || (separator ?? Found(text, end)) is not { } known)
        {
            return null;
        }

        var names = Encoding.UTF8.GetString(text[..end]).Split(known);
        return new PlainHeader(Array.ConvertAll(names, name => name.Trim()), from + end + 1, known);
    }

    /// <summary>Whether the line says what the separator is, as Excel writes it.</summary>
    private static bool IsHint(ReadOnlySpan<byte> line) => Ascii.EqualsIgnoreCase(line[..Math.Min(4, line.Length)], "sep="u8);

    /// <summary>The separator that alone occurs, in the header too; a comma where none does.</summary>
    private static char? Found(ReadOnlySpan<byte> text, int end)
    {
        char? found = null;
        foreach (var separator in Separators)
        {
            if (text.Contains(separator))
            {
                if (found is not null || !text[..end].Contains(separator))
                {
                    return null;
                }

                found = (char)separator;
            }
        }

        return found ?? ',';
    }
}
