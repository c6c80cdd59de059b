using System.Diagnostics.CodeAnalysis;

namespace MarginalConditional.Lmm.Inference;

/// <summary>What tests and intervals of fixed effects refer to.</summary>
public abstract class LmmReference
{
    private LmmReference(string name, string description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>The standard normal: right for many clusters.</summary>
    public static LmmReference Normal { get; } = new Asymptotic();

    /// <summary>t and F with Satterthwaite's degrees of freedom (Satterthwaite 1946; Fai and Cornelius 1996).</summary>
    public static LmmReference Satterthwaite { get; } = new Moments();

    /// <summary>
    /// t and F with Kenward and Roger's degrees of freedom and their adjusted covariance (Kenward and Roger 1997, 2009), by the information
    /// that is usual for the model (<see cref="CovarianceInformation.DefaultOf"/>).
    /// </summary>
    public static LmmReference KenwardRoger { get; } = new Adjusted(null);

    /// <summary>
    /// The standard normal with sandwich standard errors, which hold whatever the covariance is in truth, given many clusters.
    /// </summary>
    public static LmmReference Robust { get; } = new Sandwich(SandwichCorrection.None, moments: false);

    /// <summary>The choices of degrees of freedom, all with model-based standard errors.</summary>
    public static IReadOnlyList<LmmReference> All { get; } = [Normal, Satterthwaite, KenwardRoger];

    /// <summary>The name on the command line.</summary>
    public string Name { get; }

    /// <summary>A few words for people.</summary>
    public string Description { get; }

    /// <summary>Whether standard errors are those of the model.</summary>
    public virtual bool IsModelBased => true;

    /// <summary>Sandwich standard errors.</summary>
    /// <param name="correction">The correction for few clusters.</param>
    /// <param name="moments">Whether t and F refer to Satterthwaite's degrees of freedom
    /// (Bell and McCaffrey 2002; Pustejovsky and Tipton 2018); else the normal.</param>
    public static LmmReference WithSandwich(SandwichCorrection correction, bool moments)
    {
        ArgumentNullException.ThrowIfNull(correction);
        return new Sandwich(correction, moments);
    }

    /// <summary><see cref="KenwardRoger"/> by a given information.</summary>
    public static LmmReference KenwardRogerBy(CovarianceInformation information)
    {
        ArgumentNullException.ThrowIfNull(information);
        return new Adjusted(information);
    }

    /// <summary>The choice of a name.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out LmmReference? reference)
    {
        reference = All.FirstOrDefault(candidate => candidate.Name == name);
        return reference is not null;
    }

    /// <summary>Prepares inference on a fit.</summary>
    public LmmInference Of(LmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return Create(fit);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private protected abstract LmmInference Create(LmmFit fit);

    private sealed class Asymptotic() : LmmReference("normal", "the standard normal")
    {
        private protected override LmmInference Create(LmmFit fit) => new NormalInference(fit);
    }

    private sealed class Sandwich(SandwichCorrection correction, bool moments) : LmmReference(correction.Name, correction.Description)
    {
        private readonly SandwichCorrection kind = correction;
        private readonly bool byMoments = moments;

        public override bool IsModelBased => false;

        private protected override LmmInference Create(LmmFit fit) =>
            byMoments
                ? RobustInference.Create(fit, kind)
                : new NormalInference(fit, ClusterSandwich.Of(fit, kind, keepsParts: false).Covariance.ToArray());
    }

    private sealed class Moments() : LmmReference("satterthwaite", "t with Satterthwaite's degrees of freedom")
    {
        private protected override LmmInference Create(LmmFit fit) => SatterthwaiteInference.Create(fit);
    }

    private sealed class Adjusted(CovarianceInformation? chosen)
        : LmmReference("kenward-roger", "t with Kenward and Roger's degrees of freedom and covariance")
    {
        private readonly CovarianceInformation? information = chosen;

        private protected override LmmInference Create(LmmFit fit) =>
            KenwardRogerInference.Create(fit, information ?? CovarianceInformation.DefaultOf(fit));
    }
}
