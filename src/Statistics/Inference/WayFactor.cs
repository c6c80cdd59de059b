using System.Diagnostics.CodeAnalysis;

namespace MarginalConditional.Statistics.Inference;

/// <summary>What each sum of a two-way cluster variance is multiplied by for few clusters. A closed choice.</summary>
public abstract class WayFactor
{
    private WayFactor(string name) => Name = name;

    /// <summary>1: for many clusters of either way.</summary>
    public static WayFactor None { get; } = new One();

    /// <summary>G / (G − 1) with the number of clusters of that sum, as in R's <c>sandwich::vcovCL</c>.</summary>
    public static WayFactor Each { get; } = new Own();

    /// <summary>
    /// G / (G − 1) with the smaller number of the two ways for every sum, as in <c>fixest</c> (<c>cluster.df = "min"</c>).
    /// </summary>
    public static WayFactor Smallest { get; } = new Smaller();

    /// <summary>Every choice.</summary>
    public static IReadOnlyList<WayFactor> All { get; } = [None, Each, Smallest];

    /// <summary>The name on the command line.</summary>
    public string Name { get; }

    /// <summary>Finds a choice by its name.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out WayFactor? factor)
    {
        factor = All.FirstOrDefault(candidate => candidate.Name == name);
        return factor is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The factor of a sum.</summary>
    /// <param name="clusters">G of the sum.</param>
    /// <param name="smaller">The smaller G of the two ways.</param>
    internal abstract double Of(int clusters, int smaller);

    private sealed class One() : WayFactor("none")
    {
        internal override double Of(int clusters, int smaller) => 1;
    }

    private sealed class Own() : WayFactor("each")
    {
        internal override double Of(int clusters, int smaller) => clusters / (clusters - 1.0);
    }

    private sealed class Smaller() : WayFactor("smallest")
    {
        internal override double Of(int clusters, int smaller) => smaller / (smaller - 1.0);
    }
}
