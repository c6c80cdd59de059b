namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>
/// What varies at random beside the clusters' intercepts: normal with mean 0, link scale, independent unless said. Immutable.
/// </summary>
public sealed record RandomVariation
{
    /// <summary>Nothing.</summary>
    public static RandomVariation None { get; } = new();

    /// <summary>The standard deviation of the treatment's effect between clusters. Default 0.</summary>
    public double Treatment { get; init; }

    /// <summary>The correlation of that effect with the cluster's intercept, which has to be normal then. Default 0.</summary>
    public double TreatmentCorrelation { get; init; }

    /// <summary>The standard deviation of the clusters' change per wave or period. Default 0.</summary>
    public double Trend { get; init; }

    /// <summary>The standard deviation of the effects of periods within clusters. Default 0.</summary>
    public double Period { get; init; }

    /// <summary>
    /// ρ: the effects of periods of one cluster correlate by ρ to the power of their distance, an autoregression. Default 0.
    /// </summary>
    public double PeriodCorrelation { get; init; }

    /// <summary>The standard deviation of persons within clusters. Default 0.</summary>
    public double Person { get; init; }

    /// <summary>Whether nothing varies.</summary>
    public bool IsNone => Treatment == 0 && Trend == 0 && Period == 0 && Person == 0;

    /// <summary>The variance that it adds to the intercept's in one row; a negative correlation may make it negative.</summary>
    /// <param name="treated">Whether the row is treated.</param>
    /// <param name="period">Its wave or period, from 0.</param>
    /// <param name="intercept">The standard deviation of a normal intercept, with which the treatment's effect correlates.</param>
    internal double AddedVariance(bool treated, int period, double intercept)
    {
        var slope = treated ? (Treatment * Treatment) + (2 * TreatmentCorrelation * Treatment * intercept) : 0;
        return slope + (Trend * Trend * period * period) + (Period * Period) + (Person * Person);
    }
}
