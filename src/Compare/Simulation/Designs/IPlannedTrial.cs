namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>A generator that knows the rows of the trial drawn last by its design.</summary>
internal interface IPlannedTrial
{
    /// <summary>The distinct rows of the whole trial; another object when they change. Null before the first draw.</summary>
    DistinctRows? DistinctRows { get; }

    /// <summary>The intercepts of the clusters drawn last, in their order, valid until the next draw; null for none.</summary>
    double[]? ClusterEffects => null;

    /// <summary>The whole trial of which only some rows are seen; null when all are.</summary>
    PartlySeen? Seen => null;
}
