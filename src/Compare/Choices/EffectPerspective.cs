namespace MarginalConditional.Compare.Choices;

/// <summary>Whose effect a trial is to find: a closed list of rungs of the ladder.</summary>
public sealed class EffectPerspective
{
    private EffectPerspective(string name, string words, int rung)
    {
        Name = name;
        Words = words;
        Rung = rung;
    }

    /// <summary>One participant's in their cluster: conditional.</summary>
    public static EffectPerspective Patient { get; } = new(
        "patient", "one participant's, compared with the same one untreated in the same cluster (conditional)", 0);

    /// <summary>All participants', each counted once.</summary>
    public static EffectPerspective Participants { get; } = new(
        "participants", "the population's, each participant counted once (participant average)", 3);

    /// <summary>All clusters', each counted once.</summary>
    public static EffectPerspective Clusters { get; } = new(
        "clusters", "the clusters', each counted once whatever its size (cluster average)", 4);

    /// <summary>All of them, from the most to the least conditional.</summary>
    public static IReadOnlyList<EffectPerspective> All { get; } = [Patient, Participants, Clusters];

    /// <summary>As a file of answers writes it.</summary>
    public string Name { get; }

    /// <summary>What it means, for who has to choose.</summary>
    public string Words { get; }

    /// <summary>The rung of the ladder: 0, 3 or 4.</summary>
    public int Rung { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
