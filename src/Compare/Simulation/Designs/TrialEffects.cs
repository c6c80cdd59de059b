namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>The fixed effects of a simulated trial, conditional on the cluster, link scale.</summary>
public sealed record TrialEffects
{
    /// <summary>The linear predictor of an average cluster under control, at the first wave. Default 0.</summary>
    public double Baseline { get; init; }

    /// <summary>The effect of interest: of the treatment, in a longitudinal trial of the treatment on the trend. Default 0.</summary>
    public double Effect { get; init; }

    /// <summary>Crossover: the second period against the first. Default 0.</summary>
    public double Period { get; init; }

    /// <summary>Crossover: what is left of the treatment's effect in the second period of those treated first. Default 0.</summary>
    public double CarryOver { get; init; }

    /// <summary>Longitudinal: the change per wave under control. Default 0.</summary>
    public double Trend { get; init; }

    /// <summary>Longitudinal: the difference of the arms at the first wave. Default 0.</summary>
    public double ArmDifference { get; init; }
}
