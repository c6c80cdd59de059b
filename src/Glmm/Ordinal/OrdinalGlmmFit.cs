using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>A fitted cumulative mixed model, P(Y ≤ k) = F(θ_k − xβ − wγ_k − zb): a positive coefficient raises Y. Immutable.</summary>
/// <remarks>
/// The parameter vector is ψ = (θ, β, γ, τ): the J thresholds, the coefficients, those of nominal columns threshold by threshold, and the
/// lower Cholesky factor of D as in <see cref="GlmmFit"/>.
/// </remarks>
public sealed class OrdinalGlmmFit
{
    private readonly double[] parameters;
    private readonly double[] jointCovariance;
    private readonly double[] clusterScores;

    internal OrdinalGlmmFit(
        ModelFrame frame,
        OrdinalGlmmOptions options,
        OrdinalLayout layout,
        Solution? solution,
        double[] parameters,
        double[] jointCovariance,
        double[] clusterScores)
    {
        Frame = frame;
        Options = options;
        Layout = layout;
        Solution = solution;
        this.parameters = parameters;
        this.jointCovariance = jointCovariance;
        this.clusterScores = clusterScores;
    }

    /// <summary>The data fitted; the response are codes of <see cref="ModelFrame.Categories"/>.</summary>
    public ModelFrame Frame { get; }

    /// <summary>How it was fitted.</summary>
    public OrdinalGlmmOptions Options { get; }

    /// <summary>F.</summary>
    public CumulativeLink Link => Options.Link;

    /// <summary>Where the fixed parameters stand.</summary>
    public OrdinalLayout Layout { get; }

    /// <summary>ψ = (θ, β, γ, τ): all parameters.</summary>
    public ReadOnlySpan<double> Parameters => parameters;

    /// <summary>θ, β and γ, link scale.</summary>
    public ReadOnlySpan<double> FixedParameters => parameters.AsSpan(0, Layout.Count);

    /// <summary>The J thresholds, link scale.</summary>
    public ReadOnlySpan<double> Thresholds => parameters.AsSpan(0, Layout.Thresholds);

    /// <summary>The names of all parameters: those of the layout, then such as <c>theta[id]</c> followed by <c>(Intercept)</c>.</summary>
    public required IReadOnlyList<string> ParameterNames { get; init; }

    /// <summary>The inverse of the observed information of ψ, m×m, row-major; empty when it was not asked for.</summary>
    public ReadOnlySpan<double> JointCovariance => jointCovariance;

    /// <summary>
    /// The gradient of each cluster's log-likelihood with respect to ψ, K×m, row-major, K the frame's clusters; empty when random effects
    /// reach across them.
    /// </summary>
    public ReadOnlySpan<double> ClusterScores => clusterScores;

    /// <summary>One entry for each random-effects term, coarsest grouping first.</summary>
    public required IReadOnlyList<RandomEffectEstimate> RandomEffects { get; init; }

    /// <summary>The log-likelihood: the sum of log p of the rows, without a further constant.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>The number of parameters estimated, m.</summary>
    public int ParameterCount => parameters.Length;

    /// <summary>Akaike's criterion, −2ℓ + 2m.</summary>
    public double Aic => (-2 * LogLikelihood) + (2 * ParameterCount);

    /// <summary>Schwarz's criterion, −2ℓ + m log n with n the number of rows.</summary>
    public double Bic => (-2 * LogLikelihood) + (ParameterCount * Math.Log(Frame.Rows));

    /// <summary>The number of quadrature nodes a dimension that was used.</summary>
    public required int Nodes { get; init; }

    /// <summary>How the iteration ended.</summary>
    public required Convergence Convergence { get; init; }

    /// <summary>What the reader should know, one sentence each.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Where the iteration ended, in its own units; null when there was none.</summary>
    internal Solution? Solution { get; }

    /// <summary>Whether some coefficients have no finite estimate: nothing can be averaged over them.</summary>
    public bool HasInfiniteEstimates => Convergence.Status == ConvergenceStatus.Separation;

    /// <summary>In one line: what was fitted, to how many rows and clusters, and how it ended.</summary>
    public override string ToString() =>
        $"Ordinal GLMM of {Frame.ResponseName}: {Link}, {Frame.Categories.Count} categories; {Frame}; {Convergence}";
}
