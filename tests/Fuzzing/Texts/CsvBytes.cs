using System.Globalization;
using System.Text;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Fuzzing.Texts;

/// <summary>CSV files: tables with hostile fields, in several encodings, spoiled or not, and plain noise.</summary>
internal static class CsvBytes
{
    private static readonly byte[] NoiseAlphabet = "\",;\t\r\n1aN.e-\0\xff |"u8.ToArray();

    private static readonly string[] PlainNames = ["y", "x", "id", "g", "t", "u", "v", "w"];

    /// <summary>The bytes of a file.</summary>
    public static byte[] Make(Draws draws)
    {
        if (draws.OneIn(8))
        {
            return Noise(draws);
        }

        var text = Table(draws);
        if (draws.OneIn(4))
        {
            text = Mutation.Of(text, draws);
        }

        var bytes = Encoded(text, draws);
        if (draws.OneIn(6) && bytes.Length > 0)
        {
            for (var count = draws.Between(1, 5); count > 0; count--)
            {
                bytes[draws.Below(bytes.Length)] = (byte)draws.Below(256);
            }
        }

        return bytes;
    }

    /// <summary>A way of reading a file.</summary>
    public static DatasetReaderOptions Options(Draws draws) => new()
    {
        Separator = draws.Below(3) switch
        {
            0 => null,
            1 => ',',
            _ => draws.Pick(',', ';', '\t', '|', ' ', 'x', 'é', '.', '"', '\0'),
        },
        DecimalComma = draws.OneIn(6),
        MissingTokens = draws.OneIn(4) ? [draws.Pick(HostileWords.Fields), "."] : [],
        Factors = draws.OneIn(4) ? ["x", "g"] : [],
        Columns = draws.OneIn(4) ? ["y", "x"] : null,
    };

    /// <summary>The bytes as text: as base 64, which loses nothing, and as they look.</summary>
    public static string Show(byte[] bytes) => $"{Convert.ToBase64String(bytes)}\n{Encoding.UTF8.GetString(bytes)}";

    private static byte[] Noise(Draws draws)
    {
        var bytes = new byte[draws.Below(400)];
        var tame = draws.OneIn(2);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = tame ? draws.Pick(NoiseAlphabet) : (byte)draws.Below(256);
        }

        return bytes;
    }

    private static string Table(Draws draws)
    {
        var separator = draws.Pick(",", ",", ",", ";", "\t", "|", " ");
        var newLine = draws.Pick("\n", "\n", "\r\n", "\r", "\n\r");
        var (columns, rows, clean) = (draws.Between(1, 9), draws.Below(25), !draws.OneIn(3));
        var text = new StringBuilder(draws.OneIn(8) ? "\uFEFF" : string.Empty);
        text.AppendJoin(separator, PlainNames.Take(columns).Select(name => clean ? name : Quoted(draws.Pick(HostileWords.Names), draws)))
            .Append(newLine);
        int[] kinds = [.. Enumerable.Range(0, columns).Select(_ => draws.Below(5))];
        for (var row = 0; row < rows; row++)
        {
            var fields = draws.OneIn(60) ? draws.Below(12) : columns;
            text.AppendJoin(separator, Enumerable.Range(0, fields).Select(j => Field(kinds[j % columns], draws)))
                .Append(row == rows - 1 && draws.OneIn(2) ? string.Empty : newLine);
        }

        return text.ToString();
    }

    private static string Field(int kind, Draws draws) => kind switch
    {
        0 => draws.Pick("0", "1"),
        1 when draws.OneIn(100) => draws.Pick(HostileWords.Fields),
        1 => (draws.Uniform() * 10).ToString("R", CultureInfo.InvariantCulture),
        2 => draws.Pick("a", "b", "c"),
        3 => draws.Pick("1", "2", "3", "4"),
        _ => Quoted(draws.Pick(HostileWords.Fields), draws),
    };

    private static string Quoted(string field, Draws draws) =>
        !draws.OneIn(10) && (field.AsSpan().ContainsAny(",;\"\n\r\t|") || draws.OneIn(6))
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;

    private static byte[] Encoded(string text, Draws draws)
    {
        var encoding = draws.Below(14) switch
        {
            0 => Encoding.Unicode,
            1 => Encoding.BigEndianUnicode,
            2 => Encoding.UTF32,
            3 => Encoding.Latin1,
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        return encoding is UnicodeEncoding && draws.OneIn(2)
            ? [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]
            : encoding.GetBytes(text);
    }
}
