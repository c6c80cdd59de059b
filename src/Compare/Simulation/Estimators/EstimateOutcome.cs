namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>How a method ended on a replicate.</summary>
public enum EstimateOutcome : byte
{
    /// <summary>The replicate was not run: the study was stopped before it.</summary>
    NotRun,

    /// <summary>Converged, nothing to remark.</summary>
    Converged,

    /// <summary>Converged with a warning, such as a variance on its boundary.</summary>
    Warned,

    /// <summary>Not converged, or without a finite estimate and a positive standard error, or ended by an exception.</summary>
    Failed,
}
