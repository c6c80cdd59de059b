using System.Diagnostics.CodeAnalysis;

namespace MarginalConditional.Means;

/// <summary>How the factors that means average over are weighted.</summary>
public sealed class MeanWeighting
{
    private MeanWeighting(string name, string description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>Every combination alike, as in SAS's LSMEANS (<c>equal</c>).</summary>
    public static MeanWeighting Equal { get; } = new("equal", "weighted equally");

    /// <summary>By the frequency of each combination among all rows, SAS's OM (<c>proportional</c>).</summary>
    public static MeanWeighting Proportional { get; } = new("proportional", "weighted by their frequency in all rows");

    /// <summary>By the frequency among the rows of the mean's own cell (<c>cells</c>).</summary>
    public static MeanWeighting Cells { get; } = new("cells", "weighted by their frequency in the rows of each mean");

    /// <summary>By the product of the frequencies of each factor (<c>outer</c>).</summary>
    public static MeanWeighting Outer { get; } = new("outer", "weighted by the product of their frequencies");

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<MeanWeighting> All { get; } = [Equal, Proportional, Cells, Outer];

    /// <summary>The name on the command line.</summary>
    public string Name { get; }

    /// <summary>What is done with the factors, for people.</summary>
    public string Description { get; }

    /// <summary>The weighting of a name.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out MeanWeighting? weighting)
    {
        weighting = All.FirstOrDefault(candidate => candidate.Name == name);
        return weighting is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
