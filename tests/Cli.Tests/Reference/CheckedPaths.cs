using System.Text.Json;

namespace MarginalConditional.Cli.Tests.Reference;

/// <summary>Values at paths into JSON: a name is a member, a number a place, an object the first item that has its members.</summary>
internal static class CheckedPaths
{
    /// <summary>Compares every path of a case.</summary>
    public static void Check(ReferenceCase reference, JsonElement output, Agreement agreement)
    {
        foreach (var check in reference.Checks)
        {
            var (what, expected) = (Words(check.GetProperty("at")), check.GetProperty("value"));
            var found = Find(output, check.GetProperty("at"));
            if (expected.ValueKind != JsonValueKind.Number)
            {
                if (found?.ToString() != expected.ToString())
                {
                    agreement.Say($"{what}: {found}, expected {expected}");
                }

                continue;
            }

            var tolerance = check.TryGetProperty("tolerance", out var own) ? own.GetDouble() : reference.Tolerance;
            var actual = found is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : (double?)null;
            if (check.TryGetProperty("relative", out var relative) && relative.GetBoolean())
            {
                agreement.NearRelative(what, actual, expected.GetDouble(), tolerance);
            }
            else
            {
                agreement.Near(what, actual, expected.GetDouble(), tolerance);
            }
        }
    }

    /// <summary>What stands at a path, if anything does.</summary>
    public static JsonElement? Find(JsonElement output, JsonElement path) => path.EnumerateArray().Aggregate(
        (JsonElement?)output,
        (node, step) => node is { } known ? Step(known, step) : null);

    /// <summary>A path in words on one line.</summary>
    public static string Words(JsonElement path) => path.ValueKind switch
    {
        JsonValueKind.Array => string.Join(' ', path.EnumerateArray().Select(Words)),
        JsonValueKind.Object => string.Join(':', path.EnumerateObject().Select(member => Words(member.Value))),
        _ => path.ToString(),
    };

    private static JsonElement? Step(JsonElement node, JsonElement step) => step.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateArray()
            .Where(item => step.EnumerateObject().All(member =>
                item.TryGetProperty(member.Name, out var own)
                && (own.ToString() == member.Value.ToString() || JsonElement.DeepEquals(own, member.Value))))
            .Select(item => (JsonElement?)item)
            .FirstOrDefault(),
        JsonValueKind.Number => node[step.GetInt32()],
        _ => node.TryGetProperty(step.GetString()!, out var member) ? member : null,
    };
}
