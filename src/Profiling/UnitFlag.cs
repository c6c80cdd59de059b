namespace MarginalConditional.Profiling;

/// <summary>Where a unit stands against what is expected for its patients.</summary>
public enum UnitFlag
{
    /// <summary>The interval holds what is expected.</summary>
    AsExpected,

    /// <summary>The whole interval lies below what is expected.</summary>
    Below,

    /// <summary>The whole interval lies above what is expected.</summary>
    Above,
}
