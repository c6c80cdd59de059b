namespace MarginalConditional.Compare.Simulation.Stopping;

/// <summary>Why a scenario has no more replicates.</summary>
public enum StopReason
{
    /// <summary>Everything that the rule asks for is decided.</summary>
    Decided,

    /// <summary>The scenario has the most replicates that the study gives it, and something is not decided.</summary>
    Maximum,

    /// <summary>The run was interrupted.</summary>
    Interrupted,
}
