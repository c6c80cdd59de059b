using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm;

/// <summary>How a linear mixed model is fitted.</summary>
public sealed record LmmOptions
{
    /// <summary>Whether the restricted likelihood is maximized rather than the full one. Default: yes.</summary>
    public bool Restricted { get; init; } = true;

    /// <summary>The covariance of a subject's residuals over waves; the frame's clusters are the subjects. Default: identity.</summary>
    public ResidualStructure Residual { get; init; } = ResidualStructure.Identity;

    /// <summary>
    /// An auxiliary column of the frame: subjects of each of its values have a
    /// residual covariance of their own. Null, the default, for one covariance.
    /// </summary>
    public string? ResidualBy { get; init; }

    /// <summary>The residual variance when it is known, such as 1; null, the default, to estimate it.</summary>
    public double? FixedResidualVariance { get; init; }

    /// <summary>
    /// The largest decrease of minus twice the log-likelihood that one more step may promise at convergence. Default: 1e-10.
    /// </summary>
    public double Tolerance { get; init; } = 1e-10;

    /// <summary>Every other threshold, named and defaulted on one page.</summary>
    public LmmTolerances Tolerances { get; init; } = new();

    /// <summary>The cap on iterations, at least 1. Default: 200.</summary>
    public int MaximumIterations { get; init; } = 200;

    /// <summary>Threads to work with; 0, the default, for all processors. The results have the same bits for any number.</summary>
    public int Threads { get; init; }
}
