using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Fitters;

/// <summary>Generalized estimating equations of this library as laws see them.</summary>
public class GeeTrialEstimator : IDesignEstimator, IThreadedEstimator, IScoreEstimator
{
    /// <summary>How far a fit of the library stops from the solution, in standard errors.</summary>
    private const double Stops = 1e-6;

    /// <summary>What is left of the sum of scores beside their terms.</summary>
    private const double Scores = 1e-6;

    /// <inheritdoc/>
    public required TrialModel Model { get; init; }

    /// <summary>The working correlation. Default: exchangeable.</summary>
    public WorkingCorrelation Correlation { get; init; } = WorkingCorrelation.Exchangeable;

    /// <summary>The variance estimator. Default: robust.</summary>
    public GeeVariance Variance { get; init; } = GeeVariance.Robust;

    /// <summary>How moments are divided. Default: by n − p.</summary>
    public MomentConvention Moments { get; init; } = MomentConvention.LiangZeger;

    /// <inheritdoc/>
    public virtual string Name => $"gee, {Correlation.Name}, {Variance.Name}";

    /// <inheritdoc/>
    public EstimatorTraits Traits => new()
    {
        Target = Model.Covariates.Count > 0 ? StudyTarget.MarginalGivenCovariates : StudyTarget.Marginal,
        Tolerance = Stops,
        SmallSample = Variance != GeeVariance.Robust ? SmallSample.Leverage
            : Moments == MomentConvention.LiangZeger && Correlation != WorkingCorrelation.Independence ? SmallSample.Divisor
            : SmallSample.None,
        ScoreError = Scores,
    };

    /// <inheritdoc/>
    public EffectEstimate Estimate(TrialData trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var inference = Infer(TrialFrame.Of(trial), 1);
        var effect = inference.Fit.Frame.Design.Names.ToList().IndexOf(Model.Effect);
        return EffectEstimate.Of(
            inference.Fit.Coefficients[effect],
            inference.StandardErrors()[effect],
            inference.DegreesOfFreedom()?[effect],
            IsUsable(inference.Fit),
            inference.Warnings.Count > 0);
    }

    /// <inheritdoc/>
    public CoefficientEstimates Coefficients(TrialData trial) => Coefficients(trial, 1);

    /// <inheritdoc/>
    public CoefficientEstimates Coefficients(TrialData trial, int threads) => Read(Infer(TrialFrame.Of(trial), threads));

    /// <inheritdoc/>
    public CoefficientEstimates Coefficients(TrialData trial, ReadOnlySpan<double> change) =>
        Read(Infer(TrialFrame.Changed(TrialFrame.Of(trial), change), 1));

    /// <inheritdoc/>
    public IReadOnlyList<double[]>? ClusterScores(TrialData trial)
    {
        var fit = Fit(TrialFrame.Of(trial), 1);
        var p = fit.Coefficients.Length;
        return IsUsable(fit)
            ? [.. Enumerable.Range(0, fit.Frame.Clusters.Count).Select(c => fit.ClusterScores.Slice(c * p, p).ToArray())]
            : null;
    }

    /// <summary>The fit of a frame.</summary>
    private protected GeeFit Fit(ModelFrame frame, int threads) => GeeFitter.Fit(frame, new GeeOptions
    {
        Family = Model.Family,
        Link = Model.EffectiveLink,
        Correlation = Correlation,
        Moments = Moments,
        Threads = threads,
    });

    /// <summary>Whether there is an estimate: converged, and finite.</summary>
    private protected static bool IsUsable(GeeFit fit) => fit.Convergence.Converged && fit.Separated is null;

    private GeeInference Infer(ModelFrame frame, int threads) =>
        GeeInference.Of(Fit(frame, threads), Variance, GeeDegreesOfFreedom.Normal);

    private static CoefficientEstimates Read(GeeInference inference) =>
        new(inference.Fit.Coefficients, inference.Covariance, IsUsable(inference.Fit));
}
