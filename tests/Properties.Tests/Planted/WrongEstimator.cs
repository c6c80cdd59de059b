using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Fitters;
using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Tests.Planted;

/// <summary>A fitter of this library with a mistake in one of its answers.</summary>
internal sealed class WrongEstimator(ITrialEstimator right)
    : IDesignEstimator, IThreadedEstimator, IWeightedEstimator, IScoreEstimator, ILikelihoodEstimator, IMarginalizingEstimator
{
    public string Name => "planted";

    public TrialModel Model => right.Model;

    public EstimatorTraits Traits => right.Traits;

    /// <summary>What becomes of an estimate.</summary>
    public Func<EffectEstimate, TrialData, EffectEstimate> OfEstimate { get; init; } = (estimate, _) => estimate;

    /// <summary>What becomes of the trial before anything.</summary>
    public Func<TrialData, TrialData> OfTrial { get; init; } = trial => trial;

    /// <summary>What becomes of coefficients on so many threads.</summary>
    public Func<CoefficientEstimates, int, CoefficientEstimates> OfThreads { get; init; } = (estimates, _) => estimates;

    /// <summary>What becomes of coefficients of changed columns.</summary>
    public Func<CoefficientEstimates, CoefficientEstimates> OfChange { get; init; } = estimates => estimates;

    /// <summary>What becomes of scores.</summary>
    public Func<double[], double[]> OfScore { get; init; } = score => score;

    /// <summary>What becomes of a gradient.</summary>
    public Action<double[]> OfGradient { get; init; } = _ => { };

    /// <summary>What becomes of marginal effects.</summary>
    public Func<MarginalizedFit, MarginalizedFit> OfMarginal { get; init; } = fit => fit;

    public EffectEstimate Estimate(TrialData trial) => OfEstimate(right.Estimate(OfTrial(trial)), trial);

    public CoefficientEstimates Coefficients(TrialData trial) => ((ICoefficientEstimator)right).Coefficients(OfTrial(trial));

    public CoefficientEstimates Coefficients(TrialData trial, ReadOnlySpan<double> change) =>
        OfChange(((IDesignEstimator)right).Coefficients(trial, change));

    public CoefficientEstimates Coefficients(TrialData trial, int threads) =>
        OfThreads(((IThreadedEstimator)right).Coefficients(trial, threads), threads);

    public IReadOnlyList<double[]>? ClusterScores(TrialData trial) =>
        ((IScoreEstimator)right).ClusterScores(trial)?.Select(OfScore).ToArray();

    public double[]? Parameters(TrialData trial) => ((ILikelihoodEstimator)right).Parameters(trial);

    public double LogLikelihood(TrialData trial, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        var value = ((ILikelihoodEstimator)right).LogLikelihood(trial, parameters, gradient);
        var wrong = gradient.ToArray();
        OfGradient(wrong);
        wrong.CopyTo(gradient);
        return value;
    }

    public MarginalizedFit? Marginalize(TrialData trial) => right is IMarginalizingEstimator own && own.Marginalize(trial) is { } fit
        ? OfMarginal(fit)
        : null;
}
