using System.Diagnostics.CodeAnalysis;

namespace MarginalConditional.Lmm.Inference;

/// <summary>What a sandwich covariance does about residuals that are smaller than the errors they stand for.</summary>
/// <remarks>
/// The whitened residuals of a cluster are multiplied by (I − H)^(−d), H the cluster's block of the hat matrix in the metric of the
/// model's covariance: d = 0 (CR0), ½ (CR2, Bell and McCaffrey 2002) or 1 (CR3). CR2 is the form of mmrm's
/// <c>Empirical-Bias-Reduced</c>; clubSandwich takes another root of the same matrix when clusters' covariances differ.
/// </remarks>
public abstract class SandwichCorrection
{
    private SandwichCorrection(string name, string description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>None (CR0; <c>robust</c>): for many clusters.</summary>
    public static SandwichCorrection None { get; } = new Uncorrected();

    /// <summary>Unbiased when the model's covariance is right (CR2; <c>bias-reduced</c>).</summary>
    public static SandwichCorrection BiasReduced { get; } = new Half();

    /// <summary>Nearly the jackknife over clusters, somewhat too large (CR3; <c>jackknife</c>).</summary>
    public static SandwichCorrection Jackknife { get; } = new Whole();

    /// <summary>Every correction.</summary>
    public static IReadOnlyList<SandwichCorrection> All { get; } = [None, BiasReduced, Jackknife];

    /// <summary>The name on the command line.</summary>
    public string Name { get; }

    /// <summary>A few words for people.</summary>
    public string Description { get; }

    /// <summary>The correction of a name.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out SandwichCorrection? correction)
    {
        correction = All.FirstOrDefault(candidate => candidate.Name == name);
        return correction is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>x^(−d) for an eigenvalue x of I − H, in [0, 1].</summary>
    internal abstract double Factor(double eigenvalue);

    private sealed class Uncorrected() : SandwichCorrection("robust", "robust standard errors")
    {
        internal override double Factor(double eigenvalue) => 1;
    }

    private sealed class Half() : SandwichCorrection("bias-reduced", "bias-reduced robust standard errors")
    {
        internal override double Factor(double eigenvalue) => 1 / Math.Sqrt(eigenvalue);
    }

    private sealed class Whole() : SandwichCorrection("jackknife", "jackknife robust standard errors")
    {
        internal override double Factor(double eigenvalue) => 1 / eigenvalue;
    }
}
