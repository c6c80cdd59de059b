using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Pseudo;

/// <summary>A generalized linear mixed model fitted by pseudo-likelihood: the linear mixed model of the last linearization.</summary>
/// <param name="Linear">The linear mixed model of the working response on
/// the link scale; inference on the coefficients is inference on it.</param>
/// <param name="Options">How it was fitted.</param>
/// <param name="Convergence">How the linearizations ended.</param>
/// <param name="Warnings">What the reader should know, one sentence each.</param>
public sealed record PseudoLikelihoodFit(
    LmmFit Linear,
    PseudoLikelihoodOptions Options,
    Convergence Convergence,
    IReadOnlyList<string> Warnings)
{
    /// <summary>β on the link scale, p values.</summary>
    public ReadOnlySpan<double> Coefficients => Linear.Coefficients;

    /// <summary>The random effects on the link scale.</summary>
    public IReadOnlyList<RandomEffectEstimate> RandomEffects => Linear.RandomEffects;

    /// <summary>φ: 1 where the family has none.</summary>
    public double Dispersion => Linear.ResidualVariance;

    /// <summary>
    /// The maximized log-likelihood of the working response. It belongs to the last linearization and must not be compared between models.
    /// </summary>
    public double PseudoLogLikelihood => Linear.LogLikelihood;

    /// <summary>In one line: what was fitted, to how many rows and clusters, and how it ended.</summary>
    public override string ToString() => $"GLMM by pseudo-likelihood, its last {Linear}";
}
