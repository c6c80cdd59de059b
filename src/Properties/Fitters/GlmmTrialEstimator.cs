using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Intercept;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Fitters;

/// <summary>The generalized linear mixed model of this library with one normal intercept a cluster, as laws see it.</summary>
/// <remarks>Its log-likelihood, and the equations that it solves, are there for binomial and Poisson outcomes.</remarks>
public sealed class GlmmTrialEstimator
    : IDesignEstimator, IThreadedEstimator, IWeightedEstimator, IScoreEstimator, ILikelihoodEstimator, IMarginalizingEstimator
{
    /// <summary>How far a fit of the library stops from the solution, in standard errors.</summary>
    private const double Stops = 1e-5;

    /// <summary>What is left of the sum of scores beside their terms: they are derivatives of the likelihood that is maximized.</summary>
    private const double Scores = 1e-6;

    /// <summary>
    /// Nodes of the likelihood as a function: its gradient is that of the integral, so that differences agree as far as quadrature does.
    /// </summary>
    private const int NodesOfGradient = 60;

    /// <summary>A σ that is none: its equation has terms of the size of σ.</summary>
    private const double Boundary = 1e-4;

    /// <inheritdoc/>
    public required TrialModel Model { get; init; }

    /// <summary>Quadrature nodes. Default 25.</summary>
    public int Nodes { get; init; } = 25;

    /// <inheritdoc/>
    public string Name => FormattableString.Invariant($"glmm, {Nodes} nodes");

    /// <inheritdoc/>
    public EstimatorTraits Traits => new()
    {
        Target = StudyTarget.Conditional,
        Tolerance = Stops,
        SmallSample = SmallSample.None,
        ScoreError = Scores,
    };

    /// <inheritdoc/>
    public EffectEstimate Estimate(TrialData trial)
    {
        var fit = Fit(TrialFrame.Of(trial), 1);
        var effect = Effect(fit);
        return EffectEstimate.Of(fit.Coefficients[effect], fit.StandardErrors[effect], null, IsUsable(fit), fit.Warnings.Count > 0);
    }

    /// <inheritdoc/>
    public CoefficientEstimates Coefficients(TrialData trial) => Coefficients(trial, 1);

    /// <inheritdoc/>
    public CoefficientEstimates Coefficients(TrialData trial, int threads) => Read(Fit(TrialFrame.Of(trial), threads));

    /// <inheritdoc/>
    public CoefficientEstimates Coefficients(TrialData trial, ReadOnlySpan<double> change) =>
        Read(Fit(TrialFrame.Changed(TrialFrame.Of(trial), change), 1));

    /// <inheritdoc/>
    public IReadOnlyList<double[]>? ClusterScores(TrialData trial)
    {
        var fit = Fit(TrialFrame.Of(trial), 1);
        if (ParametersOf(fit) is not { } parameters)
        {
            return null;
        }

        var m = fit.ParameterCount;
        var scores = fit.ClusterScores.ToArray();

        // At σ = 0 the likelihood may still rise towards variances that do not exist: that equation is none.
        var equations = parameters[^1] > Boundary ? m : m - 1;
        return [.. Enumerable.Range(0, scores.Length / m).Select(c => scores.AsSpan(c * m, equations).ToArray())];
    }

    /// <inheritdoc/>
    public double[]? Parameters(TrialData trial) => ParametersOf(Fit(TrialFrame.Of(trial), 1));

    /// <inheritdoc/>
    public double LogLikelihood(TrialData trial, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        var model = Intercept(TrialFrame.Of(trial));
        var m = model.ParameterCount;
        var (own, information, scores) = (new double[m], new double[m * m], new double[model.Clusters * m]);
        var value = model.Open(Math.Max(Nodes, NodesOfGradient)).Evaluate(model.ToScaled(parameters), own, information, scores, []);
        model.ScoresToData(scores);
        gradient.Clear();
        for (var k = 0; k < scores.Length; k++)
        {
            gradient[k % m] += scores[k];
        }

        return value;
    }

    /// <inheritdoc/>
    public MarginalizedFit? Marginalize(TrialData trial)
    {
        var fit = Fit(TrialFrame.Of(trial), 1);
        if (!IsUsable(fit))
        {
            return null;
        }

        var effect = Effect(fit);
        var marginal = Marginalizer.Marginalize(ConditionalModel.Of(fit)).Estimates;
        return new MarginalizedFit((fit.Coefficients[0], fit.Coefficients[effect]), (marginal[0], marginal[effect]), Deviation(fit));
    }

    private static bool IsUsable(GlmmFit fit) => fit.Convergence.Converged && !fit.HasInfiniteEstimates && !fit.IsUnbounded;

    private static double Deviation(GlmmFit fit) => Math.Sqrt(fit.RandomEffects[0].Covariance[0]);

    private static CoefficientEstimates Read(GlmmFit fit)
    {
        var p = fit.Coefficients.Length;
        var m = fit.ParameterCount;
        var covariance = new double[p * p];
        for (var j = 0; j < p; j++)
        {
            fit.JointCovariance.Slice(j * m, p).CopyTo(covariance.AsSpan(j * p));
        }

        return new CoefficientEstimates(fit.Coefficients, covariance, IsUsable(fit));
    }

    private static double[]? ParametersOf(GlmmFit fit) => IsUsable(fit) ? [.. fit.Coefficients, Deviation(fit)] : null;

    private int Effect(GlmmFit fit) => fit.Frame.Design.Names.ToList().IndexOf(Model.Effect);

    private InterceptModel Intercept(ModelFrame frame) =>
        new(frame, Model.Family, Model.EffectiveLink, InterceptLaw.Normal, isMarginal: false, threads: 1);

    private GlmmFit Fit(ModelFrame frame, int threads) => GlmmFitter.Fit(TrialFrame.WithIntercept(frame), new GlmmOptions
    {
        Family = Model.Family,
        Link = Model.EffectiveLink,
        Nodes = Nodes,
        CheckNodes = false,
        Threads = threads,
    });
}
