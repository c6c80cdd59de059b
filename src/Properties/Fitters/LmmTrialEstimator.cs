using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Fitters;

/// <summary>The linear mixed model of this library with one intercept a cluster, as laws see it.</summary>
public sealed class LmmTrialEstimator : IDesignEstimator, IThreadedEstimator
{
    /// <summary>
    /// How far a fit of the library stops from the solution, in standard errors: the criterion is flat at the top, so that its rounding
    /// of 10⁻¹⁶ leaves variances at 10⁻⁶.
    /// </summary>
    private const double Stops = 1e-5;

    /// <inheritdoc/>
    public required TrialModel Model { get; init; }

    /// <summary>Whether the restricted likelihood is maximized. Default: no.</summary>
    public bool Restricted { get; init; }

    /// <inheritdoc/>
    public string Name => Restricted ? "lmm, restricted" : "lmm";

    /// <inheritdoc/>
    public EstimatorTraits Traits => new()
    {
        Target = StudyTarget.Conditional,
        Tolerance = Stops,
        SmallSample = Restricted ? SmallSample.Divisor : SmallSample.None,
    };

    /// <inheritdoc/>
    public EffectEstimate Estimate(TrialData trial)
    {
        var fit = Fit(TrialFrame.Of(trial), 1);
        var effect = fit.Frame.Design.Names.ToList().IndexOf(Model.Effect);
        return EffectEstimate.Of(
            fit.Coefficients[effect], fit.StandardError(effect), null, fit.Convergence.Converged, fit.Warnings.Count > 0);
    }

    /// <inheritdoc/>
    public CoefficientEstimates Coefficients(TrialData trial) => Coefficients(trial, 1);

    /// <inheritdoc/>
    public CoefficientEstimates Coefficients(TrialData trial, int threads) => Read(Fit(TrialFrame.Of(trial), threads));

    /// <inheritdoc/>
    public CoefficientEstimates Coefficients(TrialData trial, ReadOnlySpan<double> change) =>
        Read(Fit(TrialFrame.Changed(TrialFrame.Of(trial), change), 1));

    private static CoefficientEstimates Read(LmmFit fit) => new(fit.Coefficients, fit.Covariance, fit.Convergence.Converged);

    private LmmFit Fit(ModelFrame frame, int threads) =>
        LmmFitter.Fit(TrialFrame.WithIntercept(frame), new LmmOptions { Restricted = Restricted, Threads = threads });
}
