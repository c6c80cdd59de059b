namespace MarginalConditional.Compare.Choices;

/// <summary>Whose effect a trial is to find: a closed list of rungs of the ladder.</summary>
public sealed class EffectPerspective
{
    private EffectPerspective(string name, string words, int rung, string? wordsWithoutClusters = null)
    {
        Name = name;
        Words = words;
        WordsWithoutClusters = wordsWithoutClusters;
        Rung = rung;
    }

    /// <summary>One participant's in their cluster: conditional.</summary>
    public static EffectPerspective Patient { get; } = new(
        "patient", "one participant's, compared with the same one untreated in the same cluster (conditional)", 0,
        "one participant's, compared with the same one, or one alike in the covariates, untreated (conditional)");

    /// <summary>All participants', each counted once.</summary>
    public static EffectPerspective Participants { get; } = new(
        "participants", "the population's, each participant counted once (participant average)", 3,
        "the population's, each participant counted once (unconditional)");

    /// <summary>All clusters', each counted once.</summary>
    public static EffectPerspective Clusters { get; } = new(
        "clusters", "the clusters', each counted once whatever its size (cluster average)", 4);

    /// <summary>All of them, from the most to the least conditional.</summary>
    public static IReadOnlyList<EffectPerspective> All { get; } = [Patient, Participants, Clusters];

    /// <summary>As a file of answers writes it.</summary>
    public string Name { get; }

    /// <summary>What it means, for who has to choose.</summary>
    public string Words { get; }

    /// <summary>What it means in a trial of persons without clusters; null where there is no such effect.</summary>
    internal string? WordsWithoutClusters { get; }

    /// <summary>The rung of the ladder of a trial in clusters: 0, 3 or 4.</summary>
    public int Rung { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
