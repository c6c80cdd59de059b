namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>What the kinds of truth are called by, T1 to T3, said once beside them.</summary>
internal static class TruthKinds
{
    private static readonly (string Kind, string Meaning)[] Kinds =
    [
        ("T1", "a parameter of the mechanism"),
        ("T2", "an effect on means over its population"),
        ("T3", "what GEE with working independence tends to"),
    ];

    /// <summary>A sentence that explains the kinds that labels name, or nothing where they name none.</summary>
    public static string Sentence(IEnumerable<string> labels)
    {
        string[] all = [.. labels];
        string[] named =
        [
            .. Kinds.Where(kind => Array.Exists(all, label => label.Contains(kind.Kind, StringComparison.Ordinal)))
                .Select(kind => $"{kind.Kind}: {kind.Meaning}"),
        ];
        return named.Length == 0 ? string.Empty : string.Join("; ", named) + ".";
    }
}
