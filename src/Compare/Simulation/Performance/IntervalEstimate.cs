namespace MarginalConditional.Compare.Simulation.Performance;

/// <summary>One replicate's interval beside its truth.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Lower">The lower limit.</param>
/// <param name="Upper">The upper limit.</param>
/// <param name="Truth">What it should hold.</param>
/// <param name="Distance">How many standard errors (half widths, where there are none) the estimate lies from the truth.</param>
public readonly record struct IntervalEstimate(double Value, double Lower, double Upper, double Truth, double Distance)
{
    /// <summary>Whether the interval holds the truth.</summary>
    public bool Covers => Lower <= Truth && Truth <= Upper;
}
