using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Separation;

namespace MarginalConditional.Glmm;

/// <summary>
/// A fitted generalized linear mixed model. Immutable: whatever is asked of it
/// opens a likelihood of its own at the solution, so any number of threads may ask.
/// </summary>
/// <remarks>
/// The parameter vector is ψ = (β, θ, γ, log φ): the p coefficients, the lower Cholesky factor of D (absolute, column by column, term by
/// term; of an uncorrelated term only the diagonal; for a random intercept θ = σ ≥ 0), the coefficients of the log odds of excess zeros
/// where there are any, and for families with a free dispersion its logarithm.
/// </remarks>
public sealed class GlmmFit
{
    private readonly double[] parameters;
    private readonly double[] jointCovariance;
    private readonly double[] clusterScores;
    private readonly double[] standardErrors;

    internal GlmmFit(
        PreparedModel model,
        Solution solution,
        double[] parameters,
        double[] jointCovariance,
        double[] clusterScores,
        double[] standardErrors)
    {
        Model = model;
        Solution = solution;
        Frame = model.Frame;
        Options = model.Options;
        this.parameters = parameters;
        this.jointCovariance = jointCovariance;
        this.clusterScores = clusterScores;
        this.standardErrors = standardErrors;
    }

    /// <summary>The data fitted.</summary>
    public ModelFrame Frame { get; }

    /// <summary>How it was fitted.</summary>
    public GlmmOptions Options { get; }

    /// <summary>The conditional distribution.</summary>
    public Family Family => Options.Family;

    /// <summary>The link.</summary>
    public Link Link => Options.EffectiveLink;

    /// <summary>β, the p conditional (subject-specific) coefficients on the link scale.</summary>
    public ReadOnlySpan<double> Coefficients => parameters.AsSpan(0, Frame.Design.Columns);

    /// <summary>ψ = (β, θ, log φ): all parameters.</summary>
    public ReadOnlySpan<double> Parameters => parameters;

    /// <summary>
    /// The names of all parameters: the coefficients', then such as <c>theta[id]</c> followed by the effect's <c>(Intercept)</c>, then
    /// <c>log dispersion</c>.
    /// </summary>
    public required IReadOnlyList<string> ParameterNames { get; init; }

    /// <summary>
    /// The inverse of the observed information of ψ, m×m, row-major; rows of
    /// parameters on the boundary are 0; empty when it was not asked for.
    /// </summary>
    public ReadOnlySpan<double> JointCovariance => jointCovariance;

    /// <summary>
    /// The gradient of each cluster's log-likelihood with respect to ψ, K×m, row-major, K the clusters of the coarsest grouping; with
    /// crossed effects the frame's clusters, and empty when one of their groups lies in several of them.
    /// </summary>
    public ReadOnlySpan<double> ClusterScores => clusterScores;

    /// <summary>The p standard errors of β from the observed information; NaN when the covariance was not asked for.</summary>
    public ReadOnlySpan<double> StandardErrors => standardErrors;

    /// <summary>γ, the coefficients of the log odds of excess zeros; empty without any.</summary>
    public ReadOnlySpan<double> InflationCoefficients => parameters.AsSpan(Model.Map.InflationStart, Model.Map.InflationColumns);

    /// <summary>One entry for each random-effects term, coarsest grouping first.</summary>
    public required IReadOnlyList<RandomEffectEstimate> RandomEffects { get; init; }

    /// <summary>
    /// The family's second parameter: φ = 1 for binomial and Poisson, the residual variance for gaussian,
    /// 1 / shape for gamma, variance / μ³ for inverse gaussian, 1 / size for the negative binomial, 1 / precision (the sum
    /// of the two shapes) for the beta-binomial.
    /// </summary>
    public required double Dispersion { get; init; }

    /// <summary>
    /// Whether the dispersion was estimated as 0, where the negative binomial is a Poisson and the beta-binomial a binomial distribution.
    /// </summary>
    public bool IsDispersionZero => GlmmWarnings.IsDispersionZero(Model, Dispersion);

    /// <summary>
    /// How much counts or proportions vary beside what their distribution allows; null where that means nothing, such as for single
    /// outcomes of yes or no, and without convergence.
    /// </summary>
    public PearsonDispersion? Pearson { get; init; }

    /// <summary>The log-likelihood with all constants.</summary>
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

    /// <summary>The rows that the fixed effects separate, and what becomes of the coefficients; null when the outcomes overlap.</summary>
    public SeparatedRows? Separated { get; private init; }

    /// <summary>
    /// The fit of the rows that are not separated, with the columns that these tell
    /// apart: where finite estimates come from. Null when no or every row is separated.
    /// </summary>
    public GlmmFit? Finite { get; private init; }

    /// <summary>Whether the likelihood rises for ever as a variance grows: no parameter has an estimate.</summary>
    public bool IsUnbounded { get; private init; }

    /// <summary>Whether some coefficients have no finite estimate: nothing can be averaged over them.</summary>
    public bool HasInfiniteEstimates => Separated is not null || IsUnbounded;

    /// <summary>Whether the model has excess zeros, and their probability is not estimated as 0.</summary>
    public bool HasExcessZeros => Options.ZeroInflation && !GlmmWarnings.IsInflationZero(Model, parameters);

    /// <summary>The probability that a row is 0 whatever its mean; 0 without excess zeros.</summary>
    /// <param name="row">The row of the frame.</param>
    public double InflationOf(int row) => InflationProbability.Of(Frame, InflationCoefficients, row);

    /// <summary>How excess zeros move the predictor of a mean; not at all without any.</summary>
    /// <param name="inflation">w, the row of their log odds; empty where one probability holds for all.</param>
    public ThinnedPredictor Thinned(ReadOnlySpan<double> inflation) =>
        InflationCoefficients.IsEmpty ? ThinnedPredictor.None
        : ThinnedPredictor.Of(Link, inflation.IsEmpty ? InflationCoefficients[0] : Dense.Dot(inflation, InflationCoefficients));

    /// <summary>Turns the gradient of a predictor η into that of the predictor of the mean, which excess zeros thin.</summary>
    /// <param name="predictor">η (link scale).</param>
    /// <param name="inflation">w, the row of the log odds of excess zeros; empty where one probability holds for all.</param>
    /// <param name="gradient">∂η/∂ψ, m values; becomes ∂(aη + b)/∂ψ.</param>
    public void ThinGradient(double predictor, ReadOnlySpan<double> inflation, Span<double> gradient)
    {
        if (InflationCoefficients.IsEmpty)
        {
            return;
        }

        var thinned = Thinned(inflation);
        SpanMath.Multiply(gradient, thinned.Scale, gradient);
        AddInflationSlope(thinned.Slope(predictor), inflation, gradient);
    }

    /// <summary>Adds a slope in the log odds of a row's excess zeros to derivatives in ψ.</summary>
    /// <param name="slope">The slope.</param>
    /// <param name="inflation">w, the row of the log odds; empty where one probability holds for all.</param>
    /// <param name="gradient">m values.</param>
    public void AddInflationSlope(double slope, ReadOnlySpan<double> inflation, Span<double> gradient)
    {
        for (var j = 0; j < Model.Map.InflationColumns; j++)
        {
            gradient[Model.Map.InflationStart + j] += slope * (inflation.IsEmpty ? 1 : inflation[j]);
        }
    }

    /// <summary>The variance of a row's outcome (a proportion, where rows have trials) given its random effects, weight counted.</summary>
    /// <param name="row">The row of the frame.</param>
    /// <param name="mean">Its mean given the random effects, g⁻¹(η).</param>
    public double VarianceOf(int row, double mean) =>
        new RowLaw(Options, Dispersion).Variance(mean, Frame.Trials.IsEmpty ? 1 : Frame.Trials[row], InflationOf(row))
            / (Frame.Weights.IsEmpty ? 1 : Frame.Weights[row]);

    /// <summary>This fit without numbers, for a likelihood that has no maximum.</summary>
    /// <param name="supremum">What it tends to.</param>
    internal GlmmFit WithoutMaximum(double supremum) => new(
        Model,
        Solution,
        Nothing(parameters.Length),
        Nothing(jointCovariance.Length),
        clusterScores,
        Nothing(standardErrors.Length))
    {
        ParameterNames = ParameterNames,
        RandomEffects = UnknownEffects(),
        Dispersion = Dispersion,
        LogLikelihood = supremum,
        Nodes = Nodes,
        Convergence = Convergence,
        Warnings = [Convergence.Message],
        IsUnbounded = true,
    };

    /// <summary>The random effects without numbers.</summary>
    private RandomEffectEstimate[] UnknownEffects() =>
    [
        .. RandomEffects.Select(term => new RandomEffectEstimate(
            term.Group,
            term.Names,
            Nothing(term.Covariance.Length),
            Nothing(term.Modes.Length),
            Nothing(term.Modes.Length),
            term.Label)),
    ];

    private static double[] Nothing(int count) => [.. Enumerable.Repeat(double.NaN, count)];

    /// <summary>
    /// This fit with the estimates that its coefficients tend to; all else is that of the rows that are not separated. Where every row is,
    /// each outcome has probability 1 at the limit, whatever the random effects: they have no estimate, and ℓ tends to 0.
    /// </summary>
    /// <param name="separated">The rows that are separated.</param>
    /// <param name="finite">The fit of the others; null without any.</param>
    internal GlmmFit AtTheLimit(SeparatedRows separated, GlmmFit? finite)
    {
        var p = Coefficients.Length;
        double[] limits =
        [
            .. separated.Spread(finite is null ? [] : finite.Coefficients),
            .. finite is null ? Nothing(ParameterCount - p) : finite.Parameters[^(ParameterCount - p)..],
        ];
        var covariance = finite is null
            ? [.. Enumerable.Repeat(double.NaN, jointCovariance.Length)]
            : finite.JointCovariance.IsEmpty ? [] : separated.SpreadMatrix(finite.JointCovariance);
        double[] errors = [.. Enumerable.Range(0, p)
            .Select(j => covariance.Length == 0 ? double.NaN : Math.Sqrt(covariance[j * (ParameterCount + 1)]))];
        return new GlmmFit(Model, Solution, limits, covariance, clusterScores, errors)
        {
            ParameterNames = ParameterNames,
            RandomEffects = finite?.RandomEffects ?? UnknownEffects(),
            Dispersion = (finite ?? this).Dispersion,
            LogLikelihood = finite?.LogLikelihood ?? 0,
            Nodes = (finite ?? this).Nodes,
            Convergence = Convergence,
            Warnings = finite is null ? Warnings : [Convergence.Message, .. finite.Warnings],
            Separated = separated,
            Finite = finite,
        };
    }

    /// <summary>The prepared data, for what is computed after the fit.</summary>
    internal PreparedModel Model { get; }

    /// <summary>Where the iteration ended, in scaled units.</summary>
    internal Solution Solution { get; }

    /// <summary>In one line: what was fitted, to how many rows and clusters, and how it ended.</summary>
    public override string ToString() => $"GLMM of {Frame.ResponseName}: {Family}, {Link}, {Nodes} nodes; {Frame}; {Convergence}";
}
