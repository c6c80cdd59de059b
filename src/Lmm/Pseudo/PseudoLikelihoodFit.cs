using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Lmm.Pseudo;

/// <summary>A generalized linear mixed model fitted by pseudo-likelihood: the linear mixed model of the last linearization.</summary>
/// <param name="Linear">The linear mixed model of the working response on
/// the link scale; inference on the coefficients is inference on it. Of separated outcomes it means nothing.</param>
/// <param name="Options">How it was fitted.</param>
/// <param name="Convergence">How the linearizations ended.</param>
/// <param name="Warnings">What the reader should know, one sentence each.</param>
public sealed record PseudoLikelihoodFit(
    LmmFit Linear,
    PseudoLikelihoodOptions Options,
    Convergence Convergence,
    IReadOnlyList<string> Warnings)
{
    private readonly double[] limits = [];

    /// <summary>
    /// The rows that the design separates, for which there is no finite estimate; null when there are none. A linearization cannot leave
    /// them out, so that nothing else is estimated either.
    /// </summary>
    public SeparatedRows? Separated { get; private init; }

    /// <summary>β on the link scale, p values; of separated outcomes what is infinite, and not a number for the others.</summary>
    public ReadOnlySpan<double> Coefficients => Separated is null ? Linear.Coefficients : limits;

    /// <summary>The random effects on the link scale; none of separated outcomes.</summary>
    public IReadOnlyList<RandomEffectEstimate> RandomEffects => Separated is null ? Linear.RandomEffects : [];

    /// <summary>φ: 1 where the family has none; not a number of separated outcomes.</summary>
    public double Dispersion => Separated is null ? Linear.ResidualVariance : double.NaN;

    /// <summary>
    /// The maximized log-likelihood of the working response. It belongs to the last linearization and must not be compared between models.
    /// Not a number of separated outcomes.
    /// </summary>
    public double PseudoLogLikelihood => Separated is null ? Linear.LogLikelihood : double.NaN;

    /// <summary>This fit without the estimates of its last linearization, which stand for infinite ones.</summary>
    /// <param name="separated">The rows that are separated.</param>
    internal PseudoLikelihoodFit AtTheLimit(SeparatedRows separated) =>
        new(this, separated, [.. separated.Limits.ToArray().Select(limit => limit == 0 ? double.NaN : limit)]);

    private PseudoLikelihoodFit(PseudoLikelihoodFit fit, SeparatedRows separated, double[] limits)
        : this(fit.Linear, fit.Options, fit.Convergence, [])
    {
        Separated = separated;
        this.limits = limits;
        Convergence = fit.Convergence with
        {
            Status = ConvergenceStatus.Separation,
            Message = SeparationSentence.Of(
                fit.Linear.Frame.Design.Names,
                separated,
                ", or leave out --method: quadrature estimates what is finite, and all of it with --penalty",
                estimatesOthers: false),
        };
    }

    /// <summary>In one line: what was fitted, to how many rows and clusters, and how it ended.</summary>
    public override string ToString() =>
        $"GLMM by pseudo-likelihood of {Linear.Frame.ResponseName}: {Options.Family}; {Linear.Frame}; {Convergence}";
}
