namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>The fixed effects of a simulated trial, conditional on the cluster, link scale. Immutable.</summary>
public sealed record TrialEffects
{
    /// <summary>The linear predictor of an average cluster under control, at the first wave. Default 0.</summary>
    public double Baseline { get; init; }

    /// <summary>The effect of interest: of the treatment, in a longitudinal trial of the treatment on the trend. Default 0.</summary>
    public double Effect { get; init; }

    /// <summary>The effects of the third arm, the fourth and so on against the first. Default: none, which are 0.</summary>
    public IReadOnlyList<double> FurtherEffects { get; init; } = [];

    /// <summary>Crossover: the second period against the first. Default 0.</summary>
    public double Period { get; init; }

    /// <summary>Crossovers: what is left of the treatment's effect in a period without it after one with it. Default 0.</summary>
    public double CarryOver { get; init; }

    /// <summary>Longitudinal and designs of periods: the change per wave or period under control. Default 0.</summary>
    public double Trend { get; init; }

    /// <summary>Longitudinal: the difference of the arms at the first wave. Default 0.</summary>
    public double ArmDifference { get; init; }

    /// <summary>The effect of an arm against the control.</summary>
    /// <param name="treatment">The code of its treatment, from 1.</param>
    public double EffectOf(int treatment) =>
        treatment == 1 ? Effect : FurtherEffects.Count > treatment - 2 ? FurtherEffects[treatment - 2] : 0;
}
