using System.Globalization;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Data;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads the settings of trials that are to be like one that was fitted. Each fit is read once.</summary>
/// <param name="file">The study file, from whose folder files are looked for first.</param>
/// <param name="reader">Reads kept fits; null when there is nobody to do it.</param>
internal sealed class LikeSettings(string file, ILikenessReader? reader)
{
    /// <summary>The setting that names the fit.</summary>
    public const string LikeKey = "like";

    private const string DataKey = "data";

    private const int MostClusters = 1_000_000;

    private readonly Dictionary<(string Fit, string? Data), KeptLikeness> known = [];

    /// <summary>All settings.</summary>
    public static IReadOnlyList<string> Keys { get; } = [LikeKey, DataKey, "treatment", "coefficient", "effect", "clusters"];

    /// <summary>Reads one scenario.</summary>
    /// <param name="section">The mechanisms.</param>
    /// <param name="cell">The settings of the scenario.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="varying">The settings that vary.</param>
    /// <exception cref="InputException">A setting is wrong; the line is given.</exception>
    public Scenario Read(
        YamlSection section, IReadOnlyDictionary<string, YamlNode> cell, int number, IReadOnlyList<string> varying)
    {
        var settings = cell.ToDictionary(pair => pair.Key, pair => section.Scalar(pair.Value, pair.Key), StringComparer.Ordinal);
        var effect = Number(section, cell, "effect", ScenarioCell.LargestEffect, isWhole: false);
        var clusters = Number(section, cell, "clusters", MostClusters, isWhole: true);
        var kept = section.Located(cell[LikeKey], () => Likeness(settings[LikeKey], settings.GetValueOrDefault(DataKey)));
        var source = section.Located(Blamed(cell), () => new LikeSource(
            kept.Likeness, settings.GetValueOrDefault("treatment"), settings.GetValueOrDefault("coefficient"), effect, (int?)clusters));
        var names = kept.Likeness.Frame.Design.Names;
        settings["treatment"] = names[source.TreatmentColumn];
        settings["effect"] = source.Effect.ToString("R", CultureInfo.InvariantCulture);
        settings["clusters"] = source.Clusters.ToString(CultureInfo.InvariantCulture);
        settings["model"] = kept.Model;
        settings["data-sha256"] = kept.DataHash;

        // What files are called changes no random number.
        return new Scenario(number, settings, varying, source, new HashSet<string>(StringComparer.Ordinal) { LikeKey, DataKey });
    }

    /// <summary>The line that an error about the scenario points to: the setting that was most likely changed.</summary>
    private static YamlNode Blamed(IReadOnlyDictionary<string, YamlNode> cell) =>
        cell.GetValueOrDefault("treatment") ?? cell.GetValueOrDefault("coefficient") ?? cell.GetValueOrDefault("effect")
            ?? cell.GetValueOrDefault("clusters") ?? cell[LikeKey];

    private static double? Number(
        YamlSection section, IReadOnlyDictionary<string, YamlNode> cell, string name, double most, bool isWhole)
    {
        if (!cell.TryGetValue(name, out var node))
        {
            return null;
        }

        var text = section.Scalar(node, name);
        var least = isWhole ? 0 : -most;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            && (!isWhole || value == Math.Floor(value))
            ? value + 0.0
            : throw section.Error(node, FormattableString.Invariant(
                $"The setting {name} is \"{text}\"; it must be a {(isWhole ? "whole number" : "number")} from {least:R} to {most:R}."));
    }

    private KeptLikeness Likeness(string fit, string? data)
    {
        if (reader is null)
        {
            throw new InputException("Nobody reads kept fits here, which \"like\" needs.")
            {
                Hint = "Run the study by margcond simulate, or give StudyReader a reader of fits.",
            };
        }

        var places = (Place(fit), data is null ? null : Place(data));
        if (!known.TryGetValue(places, out var likeness))
        {
            likeness = reader.Read(places.Item1, places.Item2);
            known.Add(places, likeness);
        }

        return likeness;
    }

    /// <summary>A file beside the study, or else as the working folder has it.</summary>
    private string Place(string name)
    {
        var folder = file.Length == 0 ? "." : Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".";
        var beside = Path.Combine(folder, name);
        return folder != "." && File.Exists(beside) ? beside : name;
    }
}
