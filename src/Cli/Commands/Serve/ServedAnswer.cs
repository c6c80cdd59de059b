using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Serve;

/// <summary>The lines that are written: a greeting, results, refusals.</summary>
internal static class ServedAnswer
{
    /// <summary>The number of the protocol, which grows when a client has to change.</summary>
    public const int Protocol = 1;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The first line.</summary>
    public static string Ready(string program) => Write(json =>
    {
        json.WriteString("ready", program);
        json.WriteNumber("protocol", Protocol);
    });

    /// <summary>The answer to a request that was run.</summary>
    /// <param name="request">The request.</param>
    /// <param name="code">The exit code of the command.</param>
    /// <param name="result">What the command wrote to standard output.</param>
    /// <param name="said">What it wrote to standard error.</param>
    /// <param name="failure">What made it fail; null where nothing did.</param>
    public static string Of(ServedRequest request, int code, string result, string said, Exception? failure) => Write(json =>
    {
        Begin(json, request, code);
        if (result.Length > 0 && AsksForJson(request.Arguments))
        {
            // Element by element: numbers keep the digits that the command wrote.
            using var document = JsonDocument.Parse(result);
            json.WritePropertyName("result");
            document.RootElement.WriteTo(json);
        }
        else if (result.Length > 0)
        {
            json.WriteString("text", result);
        }

        if (failure is not null)
        {
            Error(json, failure, said);
        }
        else if (said.Length > 0)
        {
            json.WriteString("messages", said);
        }
    });

    /// <summary>The answer to a line that is no request.</summary>
    public static string Refusal(ServedRequest request, InputException exception) => Write(json =>
    {
        Begin(json, request, ExitCode.BadInput);
        Error(json, exception, exception.Message);
    });

    private static bool AsksForJson(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "--format=json" or "--format:json" || (arguments[i] == "json" && i > 0 && arguments[i - 1] == "--format"))
            {
                return true;
            }
        }

        return false;
    }

    private static void Begin(Utf8JsonWriter json, ServedRequest request, int code)
    {
        json.WritePropertyName("id");
        json.WriteRawValue(request.Id);
        json.WriteNumber("exitCode", code);
    }

    private static void Error(Utf8JsonWriter json, Exception failure, string said)
    {
        var input = failure as InputException;
        json.WriteStartObject("error");
        json.WriteString("message", input?.Message ?? said.TrimEnd('\n'));
        Optional(json, "file", input?.File);
        Optional(json, "column", input?.Column);
        if (input?.Line is { } line)
        {
            json.WriteNumber("line", line);
        }

        if (input?.Position is { } position)
        {
            json.WriteNumber("position", position);
        }

        Optional(json, "hint", input?.Hint);
        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 12);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
