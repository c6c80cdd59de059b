namespace MarginalConditional.Gee.Planning;

public abstract partial class PlannedOutcome
{
    /// <summary>A continuous outcome seen repeatedly, compared by the difference of slopes over time: one slope a participant.</summary>
    /// <remarks>
    /// The slope of one participant has variance s² + σ²(1 − ρ)/Σ(t − t̄)², s the standard deviation of true slopes, σ² that of the outcome
    /// at one time and ρ the correlation of two times beside the slopes (Fitzmaurice, Laird and Ware 2011, chapter 20). It stands for a
    /// cluster with one row.
    /// </remarks>
    /// <param name="difference">The slope under treatment less that of control, per unit of time, not 0.</param>
    /// <param name="standardDeviation">σ &gt; 0.</param>
    /// <param name="correlation">ρ in [0, 1).</param>
    /// <param name="slopeDeviation">s ≥ 0.</param>
    /// <param name="times">The times at which every participant is seen, two or more different ones.</param>
    public static PlannedOutcome Slopes(
        double difference, double standardDeviation, double correlation, double slopeDeviation, IReadOnlyList<double> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        var mean = times.Count > 0 ? times.Average() : 0;
        var spread = times.Sum(time => (time - mean) * (time - mean));
        if (!(spread > 0) || !double.IsFinite(spread))
        {
            throw new ArgumentException("A slope needs two times or more that differ.", nameof(times));
        }

        if (difference == 0 || !double.IsFinite(difference) || standardDeviation is not (> 0 and < double.PositiveInfinity)
            || correlation is not (>= 0 and < 1) || slopeDeviation is not (>= 0 and < double.PositiveInfinity))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The difference of slopes is {difference}, the standard deviation {standardDeviation}, ")
                    + FormattableString.Invariant($"the correlation {correlation} and the standard deviation of slopes {slopeDeviation}; ")
                    + "the first must not be 0, the second must be positive, the third lie in [0, 1), the fourth not be negative.",
                nameof(difference));
        }

        var variance = (slopeDeviation * slopeDeviation) + (standardDeviation * standardDeviation * (1 - correlation) / spread);
        return new SlopeOutcome(difference, variance);
    }

    private sealed class SlopeOutcome(double difference, double variance) : PlannedOutcome
    {
        public override double Effect => difference;

        public override string Description => FormattableString.Invariant($"difference of slopes {Effect:G4} per unit of time");

        internal override double TreatmentVariance => variance;

        internal override double ControlVariance => variance;
    }
}
