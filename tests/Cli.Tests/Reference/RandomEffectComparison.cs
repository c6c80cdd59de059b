using System.Text.Json;

namespace MarginalConditional.Cli.Tests.Reference;

/// <summary>Compares standard deviations and modes of random effects, by group and level.</summary>
internal static class RandomEffectComparison
{
    /// <summary>lme4 splits uncorrelated effects into groups named g and g.1: their deviations are compared together.</summary>
    public static void Terms(JsonElement output, JsonElement expected, Agreement agreement)
    {
        static string Key(string group) => string.Join(':', group.Split('.')[0].Split(':').Order(StringComparer.Ordinal));
        static IEnumerable<double> Values(JsonElement sd) =>
            sd.ValueKind == JsonValueKind.Array ? sd.EnumerateArray().Select(value => value.GetDouble()) : [sd.GetDouble()];
        var actual = output.GetProperty("randomEffects").EnumerateArray().ToLookup(
            term => Key(term.GetProperty("group").GetString()!),
            term => Values(term.GetProperty("sd")));
        foreach (var group in expected.EnumerateObject().GroupBy(entry => Key(entry.Name), entry => Values(entry.Value.GetProperty("sd"))))
        {
            var got = actual[group.Key].SelectMany(sd => sd).ToArray();
            var want = group.SelectMany(sd => sd).ToArray();
            if (got.Length != want.Length)
            {
                agreement.Say($"random effects of {group.Key}: {got.Length} deviations, expected {want.Length}");
                continue;
            }

            for (var i = 0; i < want.Length; i++)
            {
                agreement.NearRelative($"random deviation {i} of {group.Key}", got[i], want[i], 2e-3);
            }
        }
    }

    /// <summary>Modes, each beside the largest of its level.</summary>
    public static void Modes(JsonElement output, JsonElement expected, Agreement agreement)
    {
        static string Key(string name) => string.Join(':', name.Split(':').Order(StringComparer.Ordinal));
        var modes = output.GetProperty("randomEffects").EnumerateArray().ToDictionary(
            term => Key(term.GetProperty("group").GetString()!),
            term => term.GetProperty("modes"));
        foreach (var group in expected.EnumerateObject())
        {
            var actual = modes[Key(group.Name)].EnumerateObject().ToDictionary(level => Key(level.Name), level => level.Value);
            foreach (var level in group.Value.EnumerateObject())
            {
                var want = level.Value.ValueKind == JsonValueKind.Array
                    ? level.Value.EnumerateArray().Select(value => value.GetDouble()).ToArray()
                    : [level.Value.GetDouble()];
                var scale = Math.Max(1, want.Max(Math.Abs));
                for (var i = 0; i < want.Length; i++)
                {
                    agreement.Near(
                        $"mode {i} of {group.Name} = {level.Name}",
                        actual[Key(level.Name)][i].GetDouble() / scale,
                        want[i] / scale,
                        2e-3,
                        beside: 1);
                }
            }
        }
    }
}
