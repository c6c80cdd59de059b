using System.Text;
using MarginalConditional.Compare.Simulation.Designs;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>One cell of a study's grid: a mechanism with the settings that made it. Immutable.</summary>
public sealed class Scenario
{
    /// <summary>Creates a scenario.</summary>
    /// <param name="number">Its place in the grid, from 1.</param>
    /// <param name="settings">The mechanism's settings in canonical text.</param>
    /// <param name="factors">The names of the settings that vary over the grid.</param>
    /// <param name="mechanism">What the settings mean.</param>
    /// <param name="atDefault">The settings that say no more than their default: they do not enter the hash, so that writing a default out,
    /// or a later version with more settings, changes no random number. May be null.</param>
    public Scenario(
        int number,
        IReadOnlyCollection<KeyValuePair<string, string>> settings,
        IReadOnlyList<string> factors,
        Mechanism mechanism,
        IReadOnlySet<string>? atDefault = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(factors);
        ArgumentNullException.ThrowIfNull(mechanism);
        Number = number;
        Settings = [.. settings];
        Factors = [.. factors];
        Mechanism = mechanism;
        Hash = ContentHash(settings.Where(pair => atDefault?.Contains(pair.Key) != true));
    }

    /// <summary>Its place in the grid, from 1.</summary>
    public int Number { get; }

    /// <summary>The mechanism's settings with their names, in canonical text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; }

    /// <summary>The names of the settings that vary over the grid, in the file's order.</summary>
    public IReadOnlyList<string> Factors { get; }

    /// <summary>What the settings mean.</summary>
    public Mechanism Mechanism { get; }

    /// <summary>A hash of the settings: it names the scenario's random streams, whatever its place in a grid.</summary>
    public ulong Hash { get; }

    /// <summary>What tells it from the other scenarios: <c>sigma = 2, effect = 1</c>; empty in a study of one.</summary>
    public string Label => string.Join(", ", Factors.Select(factor => $"{factor} = {Setting(factor)}"));

    /// <summary>One setting in canonical text.</summary>
    /// <param name="name">Its name, which the scenario has to have.</param>
    public string Setting(string name) => Settings.First(pair => pair.Key == name).Value;

    /// <summary>FNV-1a of the lines "name=value" in ordinal order of the names (Fowler, Noll and Vo).</summary>
    private static ulong ContentHash(IEnumerable<KeyValuePair<string, string>> settings)
    {
        var hash = 14695981039346656037UL;
        foreach (var (name, value) in settings.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            foreach (var octet in Encoding.UTF8.GetBytes($"{name}={value}\n"))
            {
                hash = (hash ^ octet) * 1099511628211UL;
            }
        }

        return hash;
    }
}
