using MarginalConditional.Compare.Simulation.Calibration;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>One cell of a study's grid: where its data come from, with the settings that say so. Immutable.</summary>
public sealed class Scenario
{
    /// <summary>Creates a scenario.</summary>
    /// <param name="number">Its place in the grid, from 1.</param>
    /// <param name="settings">The mechanism's settings in canonical text.</param>
    /// <param name="factors">The names of the settings that vary over the grid.</param>
    /// <param name="source">What the settings mean: a mechanism, or anything else that data come from.</param>
    /// <param name="atDefault">The settings that say no more than their default: they do not enter the hash, so that writing a default out,
    /// or a later version with more settings, changes no random number. May be null.</param>
    public Scenario(
        int number,
        IReadOnlyCollection<KeyValuePair<string, string>> settings,
        IReadOnlyList<string> factors,
        IDataSource source,
        IReadOnlySet<string>? atDefault = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(factors);
        ArgumentNullException.ThrowIfNull(source);
        Number = number;
        Settings = [.. settings];
        Factors = [.. factors];
        Source = source;
        Hash = ContentHash.Of(settings.Where(pair => atDefault?.Contains(pair.Key) != true));
    }

    /// <summary>Its place in the grid, from 1.</summary>
    public int Number { get; }

    /// <summary>The mechanism's settings with their names, in canonical text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; }

    /// <summary>The names of the settings that vary over the grid, in the file's order.</summary>
    public IReadOnlyList<string> Factors { get; }

    /// <summary>What the settings mean: where the data come from.</summary>
    public IDataSource Source { get; }

    /// <summary>The mechanism that the library generates the data by; null when they come from elsewhere.</summary>
    public Mechanism? Mechanism => Source as Mechanism;

    /// <summary>The parameters solved from what the trial is to look like; null where the settings are the parameters.</summary>
    public CalibratedTrial? Solved { get; init; }

    /// <summary>A hash of the settings: it names the scenario's random streams, whatever its place in a grid.</summary>
    public ulong Hash { get; }

    /// <summary>What tells it from the other scenarios: <c>sigma = 2, effect = 1</c>; empty in a study of one.</summary>
    public string Label => string.Join(", ", Factors.Select(factor => $"{factor} = {Setting(factor)}"));

    /// <summary>One setting in canonical text.</summary>
    /// <param name="name">Its name, which the scenario has to have.</param>
    public string Setting(string name) => Settings.First(pair => pair.Key == name).Value;

    /// <summary>The true value of an estimand; not a number where nobody knows it.</summary>
    public double Truth(IEstimand estimand)
    {
        ArgumentNullException.ThrowIfNull(estimand);
        return Source is Mechanism mechanism ? estimand.Truth(mechanism) ?? double.NaN
            : (Source as ITruthSource)?.TruthOf(estimand)?.Value ?? double.NaN;
    }

    /// <summary>The kind of an estimand's truth; empty where nobody knows it.</summary>
    public string TruthLabel(IEstimand estimand)
    {
        ArgumentNullException.ThrowIfNull(estimand);
        return Source is Mechanism mechanism ? estimand.TruthLabel(mechanism)
            : (Source as ITruthSource)?.TruthOf(estimand)?.Label ?? string.Empty;
    }
}
