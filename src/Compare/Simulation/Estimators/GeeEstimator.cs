using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>
/// The coefficient of interest by generalized estimating equations. With independence it is the ordinary generalized linear model.
/// </summary>
public sealed class GeeEstimator : IEstimator, IOrdinalMethod
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => (Adjust ? StudyTarget.MarginalGivenCovariates : StudyTarget.Marginal).ForArm(Arm);

    /// <summary>The working correlation. Default: exchangeable.</summary>
    public WorkingCorrelation Correlation { get; init; } = WorkingCorrelation.Exchangeable;

    /// <summary>The variance estimator. Default: robust.</summary>
    public GeeVariance Variance { get; init; } = GeeVariance.Robust;

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
        var column = replicate.ColumnOf(Arm);
        if (replicate.Model.Cumulative is { } link)
        {
            return Estimate(replicate, link, column);
        }

        var inference = Infer(replicate);
        return Read(inference, column);
    }

    /// <inheritdoc/>
    bool IOrdinalMethod.Takes(bool ordered) => true;

    /// <summary>The coefficient of the cumulative model of an ordered outcome.</summary>
    private EffectEstimate Estimate(Replicate replicate, CumulativeLink link, int column)
    {
        var fit = OrdinalTrial.Fit(replicate, new OrdinalGeeOptions { Link = link, Correlation = Correlation, Threads = 1 }, Adjust);
        return fit.Indicators.Separated is not null
            ? EffectEstimate.Failed
            : Read(GeeInference.Of(fit.Indicators, Variance, DegreesOfFreedom), OrdinalTrial.PlaceOf(fit.Frame, column));
    }

    private static EffectEstimate Read(GeeInference inference, int column)
    {
        var fit = inference.Fit;
        return EffectEstimate.Of(
            fit.Coefficients[column],
            inference.StandardErrors()[column],
            inference.DegreesOfFreedom()?[column],
            fit.Convergence.Converged,
            inference.Warnings.Count > 0);
    }

    /// <summary>Fits the replicate, or takes the fit of another method with the same options.</summary>
    internal GeeInference Infer(Replicate replicate)
    {
        var options = new GeeOptions
        {
            Family = replicate.Model.Family,
            Link = replicate.Model.Link,
            Correlation = Correlation,
            Threads = 1,
        };
        object key = Adjust ? (options, Adjust) : options;
        var fit = replicate.Known<GeeFit>(key)
            ?? replicate.Keep(key, GeeFitter.Fit(Adjust ? replicate.AdjustedFrame : replicate.Frame, options));
        return GeeInference.Of(fit, Variance, DegreesOfFreedom);
    }
}
