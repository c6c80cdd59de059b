using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>What a kept fit that trials are like was made of.</summary>
/// <param name="Model">The command that makes it.</param>
/// <param name="Data">SHA-256 of its data.</param>
/// <param name="Joined">SHA-256 of the file that was joined to them; null without one.</param>
internal sealed record KeptHashes(string Model, string Data, string? Joined)
{
    /// <summary>Those of a scenario, from its settings; null where its trials are like no fit.</summary>
    public static KeptHashes? Of(Scenario scenario)
    {
        var settings = scenario.Settings.ToDictionary(StringComparer.Ordinal);
        if (!settings.TryGetValue("data-sha256", out var content))
        {
            return null;
        }

        var hashes = content.Split('+');
        return new KeptHashes(settings["model"], hashes[0], hashes.ElementAtOrDefault(1));
    }
}
