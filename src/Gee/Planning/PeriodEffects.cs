namespace MarginalConditional.Gee.Planning;

/// <summary>What the analysis of a stepped wedge assumes of change over periods that is no effect of the treatment.</summary>
public enum PeriodEffects
{
    /// <summary>A parameter for each period: nothing is assumed.</summary>
    Categorical,

    /// <summary>A straight line on the link scale.</summary>
    Linear,

    /// <summary>No change: periods then tell of the treatment, and any change is taken for its effect.</summary>
    None,
}
