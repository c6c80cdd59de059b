using System.Diagnostics.CodeAnalysis;

namespace MarginalConditional.Gee.Inference;

/// <summary>The degrees of freedom of t tests of coefficients. A closed choice: each case is a nested sealed class.</summary>
public abstract partial class GeeDegreesOfFreedom
{
    private GeeDegreesOfFreedom(string name) => Name = name;

    /// <summary>All choices, in the order the program lists them.</summary>
    public static IReadOnlyList<GeeDegreesOfFreedom> All =>
        field ??= [Normal, ClustersMinusCoefficients, BetweenWithin, Satterthwaite, PanWall];

    /// <summary>The name as the program spells it, such as <c>k-p</c>.</summary>
    public string Name { get; }

    /// <summary>Finds a choice by its name.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out GeeDegreesOfFreedom? choice)
    {
        choice = All.FirstOrDefault(candidate => candidate.Name == name);
        return choice is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Whether it reads the A_i, which cost a pass over the data.</summary>
    internal virtual bool ReadsInformations => false;

    /// <summary>The degrees of freedom for lᵀβ; null means a normal reference.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="informations">A_i of each cluster, K matrices p×p; may be empty if they are not read.</param>
    /// <param name="contrast">l, p values.</param>
    internal abstract double? ForContrast(GeeFit fit, ReadOnlySpan<double> informations, ReadOnlySpan<double> contrast);
}
