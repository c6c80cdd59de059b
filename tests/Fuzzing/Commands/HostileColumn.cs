namespace MarginalConditional.Fuzzing.Commands;

/// <summary>The kinds of numbers that a column may hold.</summary>
internal enum HostileColumn
{
    /// <summary>Between 0 and 1.</summary>
    Unit,

    /// <summary>0 or 1.</summary>
    Binary,

    /// <summary>Counts below 20.</summary>
    Count,

    /// <summary>Up to 1e300.</summary>
    Huge,

    /// <summary>Down to 1e-300.</summary>
    Tiny,

    /// <summary>All the same.</summary>
    Constant,

    /// <summary>Around 0, up to 5e14.</summary>
    Wide,

    /// <summary>A hundred million and a fraction.</summary>
    FarOff,

    /// <summary>From 5e-5 to 2e4, on a logarithmic scale.</summary>
    Skewed,

    /// <summary>Waiting times.</summary>
    Exponential,

    /// <summary>The smallest number above 0.</summary>
    Subnormal,

    /// <summary>The largest number, with either sign.</summary>
    Largest,

    /// <summary>700, whose exponential is hardly a number, or 0.</summary>
    AtTheEdge,

    /// <summary>From −3 to 3.</summary>
    Ordinary,
}
