using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>
/// How well a mixed model tells units apart: the clusters' shrunken effects, as <c>profile</c> has them, beside the true ones of the
/// replicate. The standard error is that of the average over the replicate's units.
/// </summary>
public sealed class UnitProfileEstimator : IEstimator
{
    private const double Level = 0.95;

    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <summary>What is measured.</summary>
    public required UnitMeasure Measure { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => Measure.Target;

    /// <summary>Quadrature nodes of the fit; 0 means the fitter's default.</summary>
    public int Nodes { get; init; }

    /// <summary>Whether the covariates are in the model. Default: no.</summary>
    public bool Adjust { get; init; }

    /// <summary>Units count as high whose true effect lies above it, link scale. Default 1.</summary>
    public double Beyond { get; init; } = 1;

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var truths = replicate.UnitEffects;
        if (truths is null || truths.Length != replicate.Frame.Clusters.Count)
        {
            throw new InvalidOperationException("The true effects of the units are not known: the data are from elsewhere or incomplete.");
        }

        var fit = MixedModelEstimator.Fit(replicate, Nodes, Adjust);
        if (fit.HasInfiniteEstimates)
        {
            return EffectEstimate.Failed;
        }

        var effects = fit.RandomEffects[0];
        var z = Coefficient.CriticalValue(Level, null);
        var units = new UnitMeasure.Unit[truths.Length];
        for (var c = 0; c < units.Length; c++)
        {
            units[c] = new UnitMeasure.Unit(truths[c], effects.Modes[c], z * effects.ModeStandardErrors[c]);
        }

        var (value, error) = Measure.Of(units, Beyond);
        return EffectEstimate.Of(value, error, null, fit.Convergence.Converged, fit.Warnings.Count > 0);
    }
}
