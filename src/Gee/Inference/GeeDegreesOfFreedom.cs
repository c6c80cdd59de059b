using System.Diagnostics.CodeAnalysis;

namespace MarginalConditional.Gee.Inference;

/// <summary>The degrees of freedom of t tests of coefficients. A closed choice: each case is a nested sealed class.</summary>
public abstract partial class GeeDegreesOfFreedom
{
    private GeeDegreesOfFreedom(string name) => Name = name;

    /// <summary>All choices, in the order the program lists them.</summary>
    public static IReadOnlyList<GeeDegreesOfFreedom> All => field ??= [Normal, ClustersMinusCoefficients, BetweenWithin, Satterthwaite, PanWall];

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

    /// <summary>The degrees of freedom for lᵀβ; null means a normal reference.</summary>
    internal abstract double? ForContrast(GeeFit fit, ReadOnlySpan<double> contrast);

    /// <summary>The degrees of freedom of each coefficient; null means a normal reference.</summary>
    internal double[]? ForCoefficients(GeeFit fit)
    {
        var p = fit.Frame.Design.Columns;
        var result = new double[p];
        var contrast = new double[p];
        for (var j = 0; j < p; j++)
        {
            contrast[j] = 1;
            if (ForContrast(fit, contrast) is not { } value)
            {
                return null;
            }

            result[j] = value;
            contrast[j] = 0;
        }

        return result;
    }
}
