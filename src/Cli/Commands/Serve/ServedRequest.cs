using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Serve;

/// <summary>What one line asks for.</summary>
internal sealed record ServedRequest
{
    private static readonly string[] Members = ["id", "arguments", "tables"];
    private static readonly string[] Forms = ["csv", "json", "base64"];

    /// <summary>A request of which nothing is known yet.</summary>
    public static ServedRequest Unread { get; } = new();

    /// <summary>What the answer is to be known by, as JSON: a text, a number or null.</summary>
    public string Id { get; private init; } = "null";

    /// <summary>The command line after the program's name.</summary>
    public IReadOnlyList<string> Arguments { get; private init; } = [];

    /// <summary>Tables to be kept under a name, as the bytes of a file; null for one to be forgotten.</summary>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte>? Content)> Tables { get; private init; } = [];

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, without its line feed.</param>
    /// <param name="request">Becomes the request; if it cannot be read, its <see cref="Id"/> is known as far as the line gave one.</param>
    /// <exception cref="InputException">The line is not such a request.</exception>
    public static void Read(ReadOnlyMemory<byte> line, ref ServedRequest request)
    {
        RequestLines.RequireWhole(line.Span);
        using var document = Parse(line);
        try
        {
            Read(document.RootElement, ref request);
        }
        catch (InvalidOperationException exception)
        {
            throw new InputException("A name or a text in the line is not UTF-8, or holds half of a pair of surrogates.", exception)
            {
                Hint = "See docs/protocol.md.",
            };
        }
    }

    private static void Read(JsonElement root, ref ServedRequest request)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("A request is a JSON object.");
        }

        request = new ServedRequest { Id = ReadId(root) };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            if (!Members.Contains(member.Name, StringComparer.Ordinal))
            {
                throw Wrong($"A request has no member \"{Suggestion.Short(member.Name)}\".{Suggestion.Sentence(member.Name, Members)}");
            }

            if (!seen.Add(member.Name))
            {
                throw Wrong($"The member \"{member.Name}\" is given twice.");
            }
        }

        request = request with
        {
            Arguments = root.TryGetProperty("arguments", out var words) ? ReadArguments(words) : throw Wrong("\"arguments\" is missing."),
            Tables = root.TryGetProperty("tables", out var tables) ? ReadTables(tables) : [],
        };
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException exception)
        {
            throw new InputException(
                FormattableString.Invariant($"The line is not a JSON object, wrong from byte {(exception.BytePositionInLine ?? 0) + 1}."),
                exception)
            {
                Hint = "Write one object without line breaks in it: {\"id\": 1, \"arguments\": [\"gee\", ...]}.",
            };
        }
    }

    /// <summary>The id as it is written into the answer: control characters of a text escaped, which a terminal would follow.</summary>
    private static string ReadId(JsonElement root) =>
        !root.TryGetProperty("id", out var id) ? "null"
        : id.ValueKind is JsonValueKind.String
            ? $"\"{JsonEncodedText.Encode(id.GetString()!, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""
            : id.ValueKind is JsonValueKind.Number or JsonValueKind.Null ? id.GetRawText()
            : throw Wrong("\"id\" has to be a text or a number.");

    private static IReadOnlyList<string> ReadArguments(JsonElement words)
    {
        if (words.ValueKind != JsonValueKind.Array || words.EnumerateArray().Any(word => word.ValueKind != JsonValueKind.String))
        {
            throw Wrong("\"arguments\" has to be an array of texts, the words of the command line.");
        }

        return [.. words.EnumerateArray().Select(word => word.GetString()!)];
    }

    private static List<(string Name, ReadOnlyMemory<byte>? Content)> ReadTables(JsonElement tables)
    {
        if (tables.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("\"tables\" has to be an object with a table a name.");
        }

        var read = new List<(string Name, ReadOnlyMemory<byte>? Content)>();
        foreach (var table in tables.EnumerateObject())
        {
            if (table.Name.Length == 0 || table.Name.StartsWith('-'))
            {
                throw Wrong($"A table cannot be named \"{Suggestion.Short(table.Name)}\": it would be read as an option.");
            }

            var isForgotten = table.Value.ValueKind == JsonValueKind.Null;
            read.Add((table.Name, isForgotten ? default(ReadOnlyMemory<byte>?) : ReadTable(table.Name, table.Value)));
        }

        return read;
    }

    private static ReadOnlyMemory<byte> ReadTable(string name, JsonElement table)
    {
        var forms = table.ValueKind == JsonValueKind.Object ? table.EnumerateObject().ToArray() : [];
        if (forms is not [{ Name: var form, Value: var content }] || !Forms.Contains(form, StringComparer.Ordinal))
        {
            throw Wrong(
                $"The table \"{Suggestion.Short(name)}\" has to be an object with one of \"csv\", \"json\" and \"base64\", or null.");
        }

        if (form == "json")
        {
            return content.ValueKind == JsonValueKind.Object
                ? Encoding.UTF8.GetBytes(content.GetRawText())
                : throw Wrong($"The \"json\" of the table \"{Suggestion.Short(name)}\" has to be an object.");
        }

        if (content.ValueKind != JsonValueKind.String)
        {
            throw Wrong($"The \"{form}\" of the table \"{Suggestion.Short(name)}\" has to be a text.");
        }

        return form == "csv" ? Encoding.UTF8.GetBytes(content.GetString()!)
            : content.TryGetBytesFromBase64(out var bytes) ? bytes
            : throw Wrong($"The \"base64\" of the table \"{Suggestion.Short(name)}\" is not in base64.");
    }

    private static InputException Wrong(string sentence) => new(sentence) { Hint = "See docs/protocol.md." };
}
