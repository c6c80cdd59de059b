namespace MarginalConditional.Gee.Correlation;

/// <summary>The working correlation at the end of a fit.</summary>
public sealed class CorrelationEstimate
{
    private readonly double[] alpha;

    internal CorrelationEstimate(WorkingCorrelation structure, double[] alpha, int parameters)
    {
        Structure = structure;
        Parameters = parameters;
        this.alpha = alpha;
    }

    /// <summary>The structure assumed.</summary>
    public WorkingCorrelation Structure { get; }

    /// <summary>The structure's name, as the program spells it.</summary>
    public string Name => Structure.Name;

    /// <summary>The number of parameters: as many as there are in <see cref="Alpha"/>, or fewer where scores make them up.</summary>
    public int Parameters { get; }

    /// <summary>α, in the order the structure documents; empty for independence and for a fixed matrix.</summary>
    public ReadOnlySpan<double> Alpha => alpha;
}
