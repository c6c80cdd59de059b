using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Lmm.Pseudo;

/// <summary>How a generalized linear mixed model is fitted by pseudo-likelihood.</summary>
public sealed record PseudoLikelihoodOptions
{
    /// <summary>The distribution of the response given the random effects.</summary>
    public required Family Family { get; init; }

    /// <summary>The link; null means the family's default.</summary>
    public Link? Link { get; init; }

    /// <summary>
    /// Whether each linear mixed model is fitted by restricted likelihood (SAS's RSPL) rather than the full one (MSPL). Default: yes.
    /// </summary>
    public bool Restricted { get; init; } = true;

    /// <summary>The correlation of the working residuals over waves. Default: identity.</summary>
    public ResidualStructure Residual { get; init; } = ResidualStructure.Identity;

    /// <summary>
    /// Whether a dispersion is estimated; null, the default, estimates it for
    /// the families that have one (not binomial, Poisson, negative binomial).
    /// </summary>
    public bool? EstimateDispersion { get; init; }

    /// <summary>The relative change of every parameter at which the iteration stops. Default: 1e-8.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>The thresholds of each linear mixed model.</summary>
    public LmmTolerances Tolerances { get; init; } = new();

    /// <summary>The cap on linearizations, at least 1. Default: 100.</summary>
    public int MaximumIterations { get; init; } = 100;

    /// <summary>Threads to work with; 0, the default, for all processors.</summary>
    public int Threads { get; init; }

    /// <summary>The link in force.</summary>
    public Link EffectiveLink => Link ?? Family.DefaultLink;
}
