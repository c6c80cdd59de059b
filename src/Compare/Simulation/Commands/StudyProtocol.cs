using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MarginalConditional.Compare.Simulation.Estimators;

namespace MarginalConditional.Compare.Simulation.Commands;

/// <summary>The lines that pass between a study and its children: see <c>docs/protocol.md</c>.</summary>
internal static class StudyProtocol
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Asks for a data set.</summary>
    /// <param name="settings">The scenario's settings.</param>
    /// <param name="replicate">The replicate's number, from 1.</param>
    /// <param name="seed">What the child seeds its random numbers with.</param>
    public static string Generate(IReadOnlyList<KeyValuePair<string, string>> settings, int replicate, int seed) => Line(json =>
    {
        json.WriteString("do", "generate");
        WriteReplicate(json, settings, replicate, seed);
    });

    /// <summary>Asks for an estimate.</summary>
    /// <param name="method">The method's name.</param>
    /// <param name="replicate">The data's replicate.</param>
    /// <param name="seed">What the child seeds its random numbers with.</param>
    /// <param name="path">The file that the data stand in; null sends them in the line.</param>
    public static string Estimate(string method, Replicate replicate, int seed, string? path) => Line(json =>
    {
        json.WriteString("do", "estimate");
        json.WriteString("method", method);
        WriteReplicate(json, replicate.Settings, replicate.Number + 1, seed);
        json.WriteStartObject("model");
        json.WriteString("family", replicate.Model.Cumulative is null ? replicate.Model.Family.Name : "ordinal");
        json.WriteString("link", replicate.Model.Cumulative?.Name ?? replicate.Model.Link.Name);
        json.WriteString("effect", replicate.EffectName);
        json.WriteEndObject();
        json.WriteString(path is null ? "csv" : "path", path ?? replicate.Csv);
    });

    /// <summary>Reads a generated data set: its text, or the text of the file that it names.</summary>
    /// <exception cref="ChildException">The answer holds neither, or the file cannot be read.</exception>
    public static string Data(ChildCommand command, JsonElement answer)
    {
        RequireNoError(command, answer);
        if (Text(answer, "csv") is { } csv)
        {
            return csv;
        }

        try
        {
            return Text(answer, "path") is { } path
                ? FileText(command, Path.Combine(command.Folder, path))
                : throw new ChildException($"the command \"{command}\" answered without \"csv\" or \"path\"");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ChildException($"the data that the command \"{command}\" names cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads an estimate. What is not a number, such as R's "NA", makes it a failed one.</summary>
    /// <exception cref="ChildException">The answer says an error, or lacks <c>estimate</c> or <c>se</c>.</exception>
    public static EffectEstimate Answer(ChildCommand command, JsonElement answer)
    {
        RequireNoError(command, answer);
        foreach (var name in new[] { "estimate", "se" })
        {
            if (!answer.TryGetProperty(name, out _))
            {
                throw new ChildException($"the command \"{command}\" answered without \"{name}\"");
            }
        }

        var converged = !answer.TryGetProperty("converged", out var flag) || flag.ValueKind == JsonValueKind.True;
        return EffectEstimate.Of(
            Number(answer, "estimate"),
            Number(answer, "se"),
            double.IsNaN(Number(answer, "df")) ? null : Number(answer, "df"),
            converged,
            HasWarnings(answer));
    }

    /// <summary>The text of a file, which may be as long as a line, and no longer: a device has no end.</summary>
    private static string FileText(ChildCommand command, string path)
    {
        using var reader = new StreamReader(path);
        var (text, block) = (new StringBuilder(), new char[1 << 15]);
        while (reader.Read(block) is > 0 and var read)
        {
            if (text.Length + read > command.MostBytes)
            {
                throw new ChildException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"the data that the command \"{command}\" names are more than {command.MostBytes / (1024 * 1024)} MB"));
            }

            text.Append(block, 0, read);
        }

        return text.ToString();
    }

    private static void WriteReplicate(
        Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> settings, int replicate, int seed)
    {
        json.WriteStartObject("settings");
        foreach (var (name, value) in settings)
        {
            if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            {
                json.WriteNumber(name, number);
            }
            else
            {
                json.WriteString(name, value);
            }
        }

        json.WriteEndObject();
        json.WriteNumber("replicate", replicate);
        json.WriteNumber("seed", seed);
    }

    private static string Line(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void RequireNoError(ChildCommand command, JsonElement answer)
    {
        if (answer.TryGetProperty("error", out var error))
        {
            throw new ChildException($"the command \"{command}\" says: {error}");
        }
    }

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double Number(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;

    private static bool HasWarnings(JsonElement answer) => answer.TryGetProperty("warnings", out var warnings) && warnings.ValueKind switch
    {
        JsonValueKind.Array => warnings.GetArrayLength() > 0,
        JsonValueKind.String => warnings.GetString() is { Length: > 0 },
        _ => false,
    };
}
