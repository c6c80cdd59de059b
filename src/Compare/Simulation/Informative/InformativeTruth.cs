using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Simulation.Informative;

/// <summary>The true rungs of the ladder in an <see cref="InformativeTrial"/>: those of its mechanism.</summary>
public sealed class InformativeTruth
{
    private readonly Mechanism mechanism;

    /// <summary>Prepares the truths of a trial.</summary>
    public InformativeTruth(InformativeTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        mechanism = trial.Mechanism();
    }

    /// <summary>The true value of a rung.</summary>
    /// <param name="rung">0 to 4.</param>
    /// <param name="weighting">Whom it averages over; rung 4 has the other one.</param>
    /// <param name="measure">The scale, ratios as logarithms.</param>
    public double Rung(int rung, ClusterWeighting weighting, EffectMeasure measure) =>
        StudyTarget.Rung(rung, weighting, measure).Truth(mechanism);
}
