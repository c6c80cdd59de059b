using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace MarginalConditional.Compare.Simulation.Commands;

/// <summary>What a line of a child says.</summary>
internal static class ChildAnswer
{
    private const int LongestShown = 80;

    /// <summary>The object that a line holds.</summary>
    /// <param name="command">The child's command, for messages.</param>
    /// <param name="line">The line without its line feed.</param>
    /// <exception cref="ChildException">It holds no object.</exception>
    public static JsonElement Object(ChildCommand command, ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind == JsonValueKind.Object && IsText(line.Span))
            {
                return document.RootElement.Clone();
            }
        }
        catch (JsonException)
        {
            // Said below: the reader's own words are about bytes, and a person looks for the line.
        }

        throw new ChildException(
            $"the command \"{command}\" answered {Shown(Encoding.UTF8.GetString(line.Span))}, which is not an object of JSON");
    }

    /// <summary>The name and version that a first line gives.</summary>
    /// <param name="command">The child's command, for messages.</param>
    /// <param name="line">The object of the line.</param>
    /// <exception cref="ChildException">It gives none.</exception>
    public static string Ready(ChildCommand command, JsonElement line) =>
        line.TryGetProperty("ready", out var ready) && ready.ValueKind == JsonValueKind.String
            && ready.GetString() is { } name && !string.IsNullOrWhiteSpace(name)
            ? name
            : throw new ChildException(
                $"the command \"{command}\" began with {Shown(line.GetRawText())} and not with {{\"ready\": \"name version\"}}");

    /// <summary>
    /// Whether all names and texts of JSON can be read: bytes in UTF-8, and escapes without half of a pair of surrogates, which the reader
    /// finds only where it is asked for them.
    /// </summary>
    private static bool IsText(ReadOnlySpan<byte> json)
    {
        var isUtf8 = Utf8.IsValid(json);
        if (!isUtf8 || json.IndexOf("\\u"u8) < 0)
        {
            return isUtf8;
        }

        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader is { ValueIsEscaped: true, TokenType: JsonTokenType.String or JsonTokenType.PropertyName })
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The beginning of what a child said, without control characters.</summary>
    private static string Shown(string text)
    {
        var plain = string.Concat(text.Where(character => !char.IsControl(character)));
        return $"\"{(plain.Length > LongestShown ? plain[..LongestShown] + "\u2026" : plain)}\"";
    }
}
