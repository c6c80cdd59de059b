using System.Text.Json;

namespace MarginalConditional.Cli.Tests.Harness;

/// <summary>Holds JSON to a schema of the few keywords that the documents use; one that is not known here is a fault as well.</summary>
internal static class JsonSchema
{
    private static readonly string[] Remarks = ["$schema", "title", "then", "else"];

    /// <summary>A committed schema.</summary>
    public static JsonElement Load(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.File("docs", "protocol", name + ".schema.json")));
        return document.RootElement.Clone();
    }

    /// <summary>Requires the value to meet the schema.</summary>
    public static void Require(JsonElement schema, string value)
    {
        using var document = JsonDocument.Parse(value);
        var faults = Faults(schema, document.RootElement, "$").ToArray();
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    /// <summary>What is wrong with the value, a sentence each.</summary>
    public static IEnumerable<string> Faults(JsonElement schema, JsonElement value, string path)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return schema.ValueKind == JsonValueKind.False ? [$"{path} is not allowed"] : [];
        }

        return schema.EnumerateObject().SelectMany(rule => Faults(rule, schema, value, path));
    }

    private static IEnumerable<string> Faults(JsonProperty rule, JsonElement schema, JsonElement value, string path)
    {
        var isObject = value.ValueKind == JsonValueKind.Object;
        return rule.Name switch
        {
            _ when Remarks.Contains(rule.Name, StringComparer.Ordinal) => [],
            "type" => Names(rule.Value).Any(type => IsOf(type, value)) ? [] : [$"{path} is not of type {rule.Value.GetRawText()}"],
            "const" => JsonElement.DeepEquals(rule.Value, value) ? [] : [$"{path} is not {rule.Value.GetRawText()}"],
            "enum" => rule.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)) ? [] : [$"{path} is none of the enum"],
            "minimum" => Number(value) < Number(rule.Value) ? [$"{path} is too small"] : [],
            "maximum" => Number(value) > Number(rule.Value) ? [$"{path} is too large"] : [],
            "required" => isObject
                ? Names(rule.Value).Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{path} lacks {name}")
                : [],
            "properties" => isObject
                ? value.EnumerateObject().Where(member => rule.Value.TryGetProperty(member.Name, out _))
                    .SelectMany(member => Faults(rule.Value.GetProperty(member.Name), member.Value, $"{path}.{member.Name}"))
                : [],
            "additionalProperties" => isObject
                ? value.EnumerateObject()
                    .Where(member => !(schema.TryGetProperty("properties", out var known) && known.TryGetProperty(member.Name, out _)))
                    .SelectMany(member => Faults(rule.Value, member.Value, $"{path}.{member.Name}"))
                : [],
            "items" => value.ValueKind == JsonValueKind.Array
                ? value.EnumerateArray().SelectMany((item, i) => Faults(rule.Value, item, $"{path}[{i}]"))
                : [],
            "oneOf" => Count(rule.Value, value, path) == 1 ? [] : [$"{path} meets {Count(rule.Value, value, path)} of oneOf"],
            "anyOf" => Count(rule.Value, value, path) > 0 ? [] : [$"{path} meets none of anyOf"],
            "not" => Faults(rule.Value, value, path).Any() ? [] : [$"{path} meets what it must not"],
            "if" => schema.TryGetProperty(Faults(rule.Value, value, path).Any() ? "else" : "then", out var branch)
                ? Faults(branch, value, path)
                : [],
            _ => [$"the keyword {rule.Name} is not known"],
        };
    }

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;

    private static int Count(JsonElement schemas, JsonElement value, string path) =>
        schemas.EnumerateArray().Count(schema => !Faults(schema, value, path).Any());

    private static IEnumerable<string> Names(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(item => item.GetString()!) : [value.GetString()!];

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && Math.Floor(value.GetDouble()) == value.GetDouble(),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
