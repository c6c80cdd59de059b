using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Dropout;
using MarginalConditional.Gee.Inference;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>
/// The coefficient of interest by generalized estimating equations weighted for dropout, with standard errors that account for the
/// estimation of the weights. Where nobody leaves, all weights are 1.
/// </summary>
public sealed class WeightedGeeEstimator : IEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => (Adjust ? StudyTarget.MarginalGivenCovariates : StudyTarget.Marginal).ForArm(Arm);

    /// <summary>The model of staying until the next wave: <c>stays ~ y + wave</c>, of the columns that replicates have as CSV.</summary>
    public required Formula Staying { get; init; }

    /// <summary>What is weighted. Default: rows.</summary>
    public DropoutWeighting Weighting { get; init; } = DropoutWeighting.Row;

    /// <summary>The working correlation; independence where rows are weighted. Default: independence.</summary>
    public WorkingCorrelation Correlation { get; init; } = WorkingCorrelation.Independence;

    /// <summary>The degrees of freedom. Default: normal.</summary>
    public GeeDegreesOfFreedom DegreesOfFreedom { get; init; } = GeeDegreesOfFreedom.Normal;

    /// <summary>The arm that is compared with the first, counted from 1. Default 2.</summary>
    public int Arm { get; init; } = 2;

    /// <summary>Whether the covariates are in the model. Default: no.</summary>
    public bool Adjust { get; init; }

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var name = replicate.Frame.Design.Names[replicate.ColumnOf(Arm)];
        var trial = TabulatedTrial.Of(replicate, Adjust);
        if (trial.Data is null || trial.Request is null)
        {
            throw new InvalidOperationException("Weights for dropout need a trial of the library's own designs.");
        }

        var options = new GeeOptions
        {
            Family = replicate.Model.Family,
            Link = replicate.Model.Link,
            Correlation = Correlation,
            Threads = 1,
        };
        var column = trial.ColumnOf(name, Arm);
        if (!AnyLeaves(trial.Frame))
        {
            var complete = GeeInference.Of(GeeFitter.Fit(trial.Frame, options), GeeVariance.Robust, DegreesOfFreedom);
            return EffectEstimate.Of(
                complete.Fit.Coefficients[column],
                complete.StandardErrors()[column],
                complete.DegreesOfFreedom()?[column],
                complete.Fit.Convergence.Converged,
                complete.Warnings.Count > 0);
        }

        var staying = ModelFrameBuilder.Build(StayingData.AddTo(trial.Data, trial.Frame), new FrameRequest
        {
            Formula = Staying,
            Cluster = trial.Request.Cluster,
            Wave = trial.Request.Wave,
        });
        var fit = DropoutFit.Create(trial.Frame, staying, options, Weighting);
        var row = fit.CoefficientTable(DegreesOfFreedom)[column];
        return EffectEstimate.Of(
            row.Estimate, row.StandardError, row.DegreesOfFreedom, fit.Converged, fit.Staying.Separated is not null);
    }

    private static bool AnyLeaves(ModelFrame frame)
    {
        var last = 0;
        foreach (var wave in frame.Waves)
        {
            last = Math.Max(last, wave);
        }

        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            if (frame.Waves[frame.Clusters.Start(c + 1) - 1] < last)
            {
                return true;
            }
        }

        return false;
    }
}
