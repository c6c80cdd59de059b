namespace MarginalConditional.Compare.Choices;

/// <summary>Who gets one treatment or the other in a trial: a closed list.</summary>
public sealed class TreatedUnit
{
    private TreatedUnit(string name, string words)
    {
        Name = name;
        Words = words;
    }

    /// <summary>Whole clusters: a cluster-randomized trial.</summary>
    public static TreatedUnit Clusters { get; } = new("clusters", "whole clusters: all persons of a cluster get the same");

    /// <summary>Persons within clusters, such as patients of centres.</summary>
    public static TreatedUnit Persons { get; } = new("persons", "persons within clusters, such as patients of a centre");

    /// <summary>Clusters that change: a crossover of two periods, a stepped wedge of more.</summary>
    public static TreatedUnit OverTime { get; } = new("over-time", "clusters that change over time: a crossover or a stepped wedge");

    /// <summary>Persons with no clusters above them, seen once or several times.</summary>
    public static TreatedUnit Individuals { get; } = new("individuals", "persons by themselves, with no clusters above them");

    /// <summary>All of them, in the order they are offered.</summary>
    public static IReadOnlyList<TreatedUnit> All { get; } = [Clusters, Persons, OverTime, Individuals];

    /// <summary>As a file of answers writes it.</summary>
    public string Name { get; }

    /// <summary>What it means, for who has to choose.</summary>
    public string Words { get; }

    /// <summary>The design as a study file writes it.</summary>
    /// <param name="periods">The number of periods of a trial over time.</param>
    internal string Design(int periods) => this == Persons ? "by-person"
        : this == Clusters || this == Individuals ? "parallel"
        : periods == 2 ? "cluster-crossover"
        : "stepped-wedge";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
