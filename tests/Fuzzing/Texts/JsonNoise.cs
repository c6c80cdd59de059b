using System.Text;
using System.Text.Json;

namespace MarginalConditional.Fuzzing.Texts;

/// <summary>
/// Spoils JSON: members and values exchanged for hostile ones, lost and doubled, which leaves JSON that says something else, and then now
/// and then characters and bytes, which mostly leaves none.
/// </summary>
internal static class JsonNoise
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "1.5", "2147483648", "50000000", "-0", "1e999", "-1e999", "1e-400", "4.9e-324", "1e300",
        "123456789012345678901234567890", "\"\"", "\" \"", "\"NA\"", "\"x\"", "\"1\"", "\"\\ud800\"", "\"\\udc00\\ud800\"",
        "\"\\u0000\"", "\"\\u001b[31mx\"", "\"a\\nb\"", "\"\\u202eabc\"", "\"é\"", "\"..\"", "\"/dev/null\"", "\"-\"", "\"--out\"", "[]",
        "{}", "[[[]]]", "[null]", "[1, \"a\"]", "{\"a\": 1}", "{\"\\ud800\": 1}", "{\"a\": {\"a\": {}}}", "NaN", "Infinity", "'x'",
    ];

    private static readonly string[] Bytes =
        ["\u00ff", "\u00c3", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00ef\u00bb\u00bf", "\0", "\u001b", "\r"];

    private static readonly string[] Names = ["\"\\ud800\"", "\"\"", "\"\\u0000\"", "\"a\"", "\"id\"", "\"__proto__\"", "a"];

    private enum Part
    {
        Value,
        Name,
        Member,
    }

    /// <summary>Some JSON of this kind, in UTF-8 but where the noise says otherwise.</summary>
    /// <param name="json">Good JSON on which it is modelled.</param>
    /// <param name="draws">The choices.</param>
    public static byte[] Of(string json, Draws draws)
    {
        var text = json;
        for (var count = draws.Pick(0, 1, 1, 1, 2, 4); count > 0; count--)
        {
            text = WithOtherPart(text, draws);
        }

        text = draws.Below(8) switch
        {
            0 => Mutation.Of(text, draws),
            1 => text[..draws.Below(text.Length + 1)],
            2 => Deep(text, draws),
            _ => text,
        };
        var bytes = Encoding.UTF8.GetBytes(text);
        return draws.OneIn(12) ? WithBytes(bytes, draws) : bytes;
    }

    /// <summary>A hostile value.</summary>
    public static string Value(Draws draws) =>
        draws.OneIn(3) ? JsonSerializer.Serialize(draws.Pick(HostileWords.Fields)) : draws.Pick(Values);

    /// <summary>Exchanges, removes or doubles one member, element or name.</summary>
    private static string WithOtherPart(string text, Draws draws)
    {
        var parts = Parts(text);
        if (parts.Count == 0)
        {
            return text;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        string Of(int start, int end) => Encoding.UTF8.GetString(bytes, start, end - start);
        var (kind, first, last) = draws.Pick([.. parts]);
        var (before, part, after) = (Of(0, first), Of(first, last), Of(last, bytes.Length));
        switch (kind)
        {
            case Part.Name:
                return before + (draws.OneIn(2) ? draws.Pick(Names) : JsonSerializer.Serialize(draws.Pick(HostileWords.Names))) + after;
            case Part.Member when draws.OneIn(2):
                return before + part + ", " + part + after;
            case Part.Member:
                return before.TrimEnd() is [.., ','] trimmed ? trimmed[..^1] + after : before + after.TrimStart(' ', ',');
            default:
                var (_, start, end) = draws.Pick([.. parts.Where(other => other.Kind == Part.Value)]);
                return before + (draws.OneIn(5) ? Of(start, end) : Value(draws)) + after;
        }
    }

    /// <summary>Where values, names and whole members begin and end, in bytes; none from where on the text is no JSON.</summary>
    private static List<(Part Kind, int Start, int End)> Parts(string text)
    {
        var parts = new List<(Part Kind, int Start, int End)>();
        var open = new Stack<(int Start, int? Name)>();
        int? name = null;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            while (reader.Read())
            {
                var (start, end) = ((int)reader.TokenStartIndex, (int)reader.BytesConsumed);
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        open.Push((start, name));
                        name = null;
                        continue;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        (start, name) = open.Pop();
                        break;
                    case JsonTokenType.PropertyName:
                        parts.Add((Part.Name, start, start + reader.ValueSpan.Length + 2));
                        name = start;
                        continue;
                }

                parts.Add((Part.Value, start, end));
                if (name is { } member)
                {
                    parts.Add((Part.Member, member, end));
                }

                name = null;
            }
        }
        catch (JsonException)
        {
            // An earlier part has made it something else: what comes before that place can still be spoiled.
        }

        return parts.Exists(part => part.Kind == Part.Value) ? parts : [];
    }

    /// <summary>The text within more brackets than a reader can follow, or with as many in it.</summary>
    private static string Deep(string text, Draws draws)
    {
        var depth = draws.Pick(3, 63, 64, 65, 2_000, 50_000);
        var brackets = (Open: new string('[', depth), Close: new string(']', depth));
        var at = text.IndexOf('1', StringComparison.Ordinal);
        return at < 0 || draws.OneIn(2)
            ? brackets.Open + text + brackets.Close
            : text[..at] + brackets.Open + brackets.Close + text[(at + 1)..];
    }

    private static byte[] WithBytes(byte[] bytes, Draws draws)
    {
        var at = draws.Below(bytes.Length + 1);
        return [.. bytes[..at], .. draws.Pick(Bytes).Select(character => (byte)character), .. bytes[at..]];
    }
}
