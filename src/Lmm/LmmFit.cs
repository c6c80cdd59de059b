using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm;

/// <summary>A fitted linear mixed model: the prepared data and the solution. Immutable.</summary>
/// <remarks>
/// Whatever is asked later works on a likelihood of its own (<see cref="Open"/>),
/// so that neither threads nor the order of questions change an answer.
/// </remarks>
public sealed class LmmFit
{
    private readonly double[] coefficients;
    private readonly double[] covariance;
    private readonly double[] theta;

    internal LmmFit(ModelFrame frame, LmmOptions options, LinearMixedData data, double[] theta, double[] coefficients, double[] covariance)
    {
        Frame = frame;
        Options = options;
        Data = data;
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

    /// <summary>
    /// The model-based covariance of β, (XᵀV⁻¹X)⁻¹, p×p, row-major; under ML σ² is the ML estimate, without a factor N / (N − p).
    /// </summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>σ²: the residual variance; with a heterogeneous structure that of the first wave (and group).</summary>
    public required double ResidualVariance { get; init; }

    /// <summary>
    /// The residual covariance over waves of each group, one entry without groups; empty for independent residuals of one variance.
    /// </summary>
    public IReadOnlyList<ResidualCovarianceEstimate> ResidualCovariances { get; init; } = [];

    /// <summary>The random terms' covariances, conditional modes and their conditional standard deviations.</summary>
    public IReadOnlyList<RandomEffectEstimate> RandomEffects { get; init; } = [];

    /// <summary>
    /// The maximized log-likelihood, restricted or full, with all constants (REML without log|XᵀX|, as lme4 and nlme report it).
    /// </summary>
    public required double LogLikelihood { get; init; }

    /// <summary>The number of parameters: coefficients, covariance parameters, and σ² unless it is known.</summary>
    public int ParameterCount => coefficients.Length + theta.Length + (Options.FixedResidualVariance is null ? 1 : 0);

    /// <summary>−2ℓ + 2 × <see cref="ParameterCount"/>.</summary>
    public double Aic => (-2 * LogLikelihood) + (2 * ParameterCount);

    /// <summary>−2ℓ + log n × <see cref="ParameterCount"/>.</summary>
    public double Bic => (-2 * LogLikelihood) + (Math.Log(Frame.Rows) * ParameterCount);

    /// <summary>How the fit ended.</summary>
    public required Convergence Convergence { get; init; }

    /// <summary>What the reader should know, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>What the likelihood is computed from.</summary>
    internal LinearMixedData Data { get; }

    /// <summary>Whether σ² is known.</summary>
    internal bool ScaleIsFixed => Options.FixedResidualVariance is not null;

    /// <summary>θ: relative factors and residual parameters.</summary>
    internal ReadOnlySpan<double> Theta => theta;

    /// <summary>A new likelihood, evaluated at the estimate: the state from which every later question starts.</summary>
    internal LinearMixedLikelihood Open()
    {
        var likelihood = new LinearMixedLikelihood(Data, Options.Restricted, Options.FixedResidualVariance, Options.Threads);
        likelihood.Evaluate(theta, ResidualVariance, []);
        return likelihood;
    }

    /// <summary>The same with crossed effects spread over every row, for formulas that need them so; the data are prepared anew.</summary>
    /// <exception cref="Data.InputException">That would take too much memory.</exception>
    internal LinearMixedLikelihood OpenSpread()
    {
        var likelihood = new LinearMixedLikelihood(SpreadData(), Options.Restricted, Options.FixedResidualVariance, Options.Threads);
        likelihood.Evaluate(theta, ResidualVariance, []);
        return likelihood;
    }

    /// <summary>The data with crossed effects spread over every row; <see cref="Data"/> when they are nested.</summary>
    internal LinearMixedData SpreadData() => Data.Hierarchy.Layout is null
        ? Data
        : Data.Spread(Frame.RandomTerms);

    /// <summary>The standard error of a coefficient.</summary>
    public double StandardError(int coefficient) => Math.Sqrt(covariance[coefficient * (coefficients.Length + 1)]);

    /// <summary>In one line: what was fitted, to how many rows and clusters, and how it ended.</summary>
    public override string ToString() => $"LMM of {Frame.ResponseName}: {(Options.Restricted ? "REML" : "ML")}; {Frame}; {Convergence}";
}
