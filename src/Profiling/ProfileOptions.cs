namespace MarginalConditional.Profiling;

/// <summary>How units are profiled.</summary>
public sealed record ProfileOptions
{
    /// <summary>The coverage of all intervals, in (0, 1); 0.95 by default.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>
    /// The number of joint draws of all units' effects that ranks are taken from, at least 100; 4,000 by default.
    /// With more than 2,500 units fewer are made, so that ten million numbers suffice, but never fewer than 100.
    /// </summary>
    public int RankDraws { get; init; } = 4000;

    /// <summary>The seed of these draws.</summary>
    public ulong Seed { get; init; } = 1;
}
