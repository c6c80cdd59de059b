using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm;

/// <summary>A fitted linear mixed model.</summary>
public sealed class LmmFit
{
    private readonly double[] coefficients;
    private readonly double[] covariance;
    private readonly double[] theta;

    internal LmmFit(ModelFrame frame, LmmOptions options, LinearMixedLikelihood likelihood, double[] theta, double[] coefficients, double[] covariance)
    {
        Frame = frame;
        Options = options;
        Likelihood = likelihood;
        this.theta = theta;
        this.coefficients = coefficients;
        this.covariance = covariance;
    }

    /// <summary>What was fitted.</summary>
    public ModelFrame Frame { get; }

    /// <summary>How it was fitted.</summary>
    public LmmOptions Options { get; }

    /// <summary>β, p values.</summary>
    public ReadOnlySpan<double> Coefficients => coefficients;

    /// <summary>The model-based covariance of β, (X'V⁻¹X)⁻¹, p×p, row-major; under ML σ² is the ML estimate, without a factor N / (N − p).</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>σ²: the residual variance; with a heterogeneous structure that of the first wave (and group).</summary>
    public required double ResidualVariance { get; init; }

    /// <summary>The residual covariance over waves of each group, one entry without groups; empty for independent residuals of one variance.</summary>
    public IReadOnlyList<ResidualCovarianceEstimate> ResidualCovariances { get; init; } = [];

    /// <summary>The random terms' covariances, conditional modes and their conditional standard deviations.</summary>
    public IReadOnlyList<RandomEffectEstimate> RandomEffects { get; init; } = [];

    /// <summary>The maximized log-likelihood, restricted or full, with all constants (REML without log|X'X|, as lme4 and nlme report it).</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>The number of parameters: coefficients, covariance parameters, and σ² unless it is known.</summary>
    public int ParameterCount => coefficients.Length + theta.Length + (Options.FixedResidualVariance is null ? 1 : 0);

    /// <summary>−2ℓ + 2 × <see cref="ParameterCount"/>.</summary>
    public double Aic => -2 * LogLikelihood + 2 * ParameterCount;

    /// <summary>−2ℓ + log n × <see cref="ParameterCount"/>.</summary>
    public double Bic => -2 * LogLikelihood + Math.Log(Frame.Rows) * ParameterCount;

    /// <summary>How the fit ended.</summary>
    public required Convergence Convergence { get; init; }

    /// <summary>What the reader should know, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The likelihood, for inference after the fit; its state is that of its last evaluation.</summary>
    internal LinearMixedLikelihood Likelihood { get; }

    /// <summary>θ: relative factors and residual parameters.</summary>
    internal ReadOnlySpan<double> Theta => theta;

    /// <summary>The standard error of a coefficient.</summary>
    public double StandardError(int coefficient) => Math.Sqrt(covariance[coefficient * (coefficients.Length + 1)]);
}
