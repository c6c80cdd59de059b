namespace MarginalConditional.Gee.Correlation;

/// <summary>The working correlation at the end of a fit.</summary>
public sealed class CorrelationEstimate
{
    private readonly double[] alpha;

    internal CorrelationEstimate(WorkingCorrelation structure, double[] alpha)
    {
        Structure = structure;
        this.alpha = alpha;
    }

    /// <summary>The structure assumed.</summary>
    public WorkingCorrelation Structure { get; }

    /// <summary>The structure's name, as the program spells it.</summary>
    public string Name => Structure.Name;

    /// <summary>α, in the order the structure documents; empty for independence and for a fixed matrix.</summary>
    public ReadOnlySpan<double> Alpha => alpha;
}
