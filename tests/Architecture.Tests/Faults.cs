namespace MarginalConditional.Architecture.Tests;

/// <summary>What breaks a rule, told in full: a rule over the whole house is mended at many places at once.</summary>
internal static class Faults
{
    private const int Most = 200;

    /// <summary>Fails with every sentence, if there is one.</summary>
    public static void None(IEnumerable<string> faults)
    {
        var all = faults.Distinct(StringComparer.Ordinal).ToArray();
        Assert.True(all.Length == 0, $"{all.Length} faults:\n{string.Join('\n', all.Take(Most))}");
    }
}
