using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>
/// A row of the comparison of a trial by person: every row of the data is a person by itself, and clusters, where there are any, are not
/// looked at. Rows of one comparison share it.
/// </summary>
public sealed class PersonComparisonEstimator : IEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => Row.Target.ForArm(Arm);

    /// <summary>The row.</summary>
    public required PersonRow Row { get; init; }

    /// <summary>How standard errors of standardized effects are found. Default: by influence.</summary>
    public StandardizedErrors Errors { get; init; } = StandardizedErrors.Influence;

    /// <summary>Whether tests and intervals refer to the normal rather than to t with n − p degrees of freedom. Default: no.</summary>
    public bool NormalReference { get; init; }

    /// <summary>The arm that is compared with the first, counted from 1. Default 2.</summary>
    public int Arm { get; init; } = 2;

    /// <summary>Whether the covariates are in the model. Default: no.</summary>
    public bool Adjust { get; init; }

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var trial = TabulatedTrial.Of(replicate, Adjust);
        var comparison = replicate.Shared((nameof(PersonComparison), Errors, NormalReference, Adjust), () => PersonComparer.Compare(
            Persons(trial),
            new PersonOptions
            {
                Treatment = trial.Treatment,
                Family = replicate.Model.Family,
                Link = replicate.Model.Link,
                Errors = Errors,
                NormalReference = NormalReference,
                CheckReasons = false,
                Threads = 1,
            }));
        return Row.Find(comparison, trial.Level(Arm)) is not { } inference
            ? EffectEstimate.Failed
            : EffectEstimate.Of(
                inference.Estimate,
                inference.StandardError,
                inference.DegreesOfFreedom,
                comparison.Convergence.Converged,
                comparison.Warnings.Count > 0);
    }

    /// <summary>The rows without their clusters.</summary>
    private static ModelFrame Persons(TabulatedTrial trial) => trial.Frame.Clusters.MaximumSize == 1 ? trial.Frame
        : trial is { Data: { } data, Request: { } request }
            ? ModelFrameBuilder.Build(data, request with { Cluster = null, Wave = null })
        : throw new InvalidOperationException("The rows of the fitted trial are in clusters: they were not randomized by person.");
}
