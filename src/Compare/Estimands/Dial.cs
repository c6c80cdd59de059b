namespace MarginalConditional.Compare.Estimands;

/// <summary>An assumption that is turned step by step, to see how far it must fail before the conclusion turns.</summary>
public sealed class Dial
{
    private Dial(string name) => Name = name;

    /// <summary>Outcomes after dropout differ from what was seen: not missing at random.</summary>
    public static Dial Dropout { get; } = new("dropout");

    /// <summary>The effect goes with the size of the clusters.</summary>
    public static Dial Size { get; } = new("size");

    /// <summary>The random effects follow another law than the normal.</summary>
    public static Dial Law { get; } = new("law");

    /// <summary>All of them, in the order they are shown.</summary>
    public static IReadOnlyList<Dial> All { get; } = [Dropout, Size, Law];

    /// <summary>The name as <c>--dial</c> spells it.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
