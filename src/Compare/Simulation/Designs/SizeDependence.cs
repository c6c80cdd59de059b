namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>
/// How outcomes go with the size of their cluster, which is informative then. Sizes count as (size − mean)/mean: 0 in a cluster of mean
/// size, 1 in one of twice that. Immutable.
/// </summary>
public sealed record SizeDependence
{
    /// <summary>Size says nothing.</summary>
    public static SizeDependence None { get; } = new();

    /// <summary>What the linear predictor of everybody gains in a cluster of twice the mean size, link scale. Default 0.</summary>
    public double Baseline { get; init; }

    /// <summary>What the treatment's effect gains there, link scale. Default 0.</summary>
    public double Effect { get; init; }

    /// <summary>Whether size says nothing.</summary>
    public bool IsNone => Baseline == 0 && Effect == 0;

    /// <summary>What a row gains, link scale.</summary>
    /// <param name="size">Its cluster's size.</param>
    /// <param name="mean">The mean size.</param>
    /// <param name="treated">Whether it is treated.</param>
    internal double Gain(int size, double mean, bool treated) => (size - mean) / mean * (Baseline + (treated ? Effect : 0));
}
