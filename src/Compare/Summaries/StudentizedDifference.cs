namespace MarginalConditional.Compare.Summaries;

/// <summary>Differences of weighted means over their standard errors, for any assignment of the same clusters.</summary>
/// <remarks>
/// Studentized, so that a permutation test keeps its level for equal means even where the arms vary differently (Janssen 1997).
/// </remarks>
internal static class StudentizedDifference
{
    /// <summary>The difference of two arms' means over its HC2 standard error; 0 where both are 0.</summary>
    /// <param name="summaries">s.</param>
    /// <param name="weights">ω, above 0.</param>
    /// <param name="treated">The assignment.</param>
    public static double Of(ReadOnlySpan<double> summaries, ReadOnlySpan<double> weights, ReadOnlySpan<bool> treated)
    {
        var (controls, treatments) = (default(Sums), default(Sums));
        for (var c = 0; c < treated.Length; c++)
        {
            ref var own = ref treated[c] ? ref treatments : ref controls;
            own.Weight += weights[c];
            own.Total += weights[c] * summaries[c];
        }

        var variance = 0.0;
        var (control, treatment) = (controls.Total / controls.Weight, treatments.Total / treatments.Weight);
        for (var c = 0; c < treated.Length; c++)
        {
            var share = weights[c] / (treated[c] ? treatments.Weight : controls.Weight);
            var residual = summaries[c] - (treated[c] ? treatment : control);
            variance += share * share * residual * residual / (1 - share);
        }

        return Ratio(treatment - control, variance);
    }

    /// <summary>
    /// The plain difference of two arms' means less the weighted one, over the standard error that leaving out each cluster gives.
    /// </summary>
    /// <param name="summaries">s.</param>
    /// <param name="weights">ω of the weighted means, above 0.</param>
    /// <param name="treated">The assignment.</param>
    public static double OfWeightings(ReadOnlySpan<double> summaries, ReadOnlySpan<double> weights, ReadOnlySpan<bool> treated)
    {
        var (difference, variance) = Weightings(summaries, weights, treated);
        return Ratio(difference, variance);
    }

    /// <summary>The same difference, and its variance by the jackknife.</summary>
    public static (double Difference, double Variance) Weightings(
        ReadOnlySpan<double> summaries, ReadOnlySpan<double> weights, ReadOnlySpan<bool> treated)
    {
        var (controls, treatments) = (default(Sums), default(Sums));
        for (var c = 0; c < treated.Length; c++)
        {
            ref var own = ref treated[c] ? ref treatments : ref controls;
            own.Count++;
            own.Plain += summaries[c];
            own.Weight += weights[c];
            own.Total += weights[c] * summaries[c];
        }

        var (sum, squares) = (0.0, 0.0);
        for (var c = 0; c < treated.Length; c++)
        {
            var arm = treated[c] ? treatments : controls;
            var share = weights[c] / arm.Weight;
            var plain = (summaries[c] - (arm.Plain / arm.Count)) / (arm.Count - 1);
            var weighted = share * (summaries[c] - (arm.Total / arm.Weight)) / (1 - share);
            var change = treated[c] ? plain - weighted : weighted - plain;
            sum += change;
            squares += change * change;
        }

        var variance = (treated.Length - 1.0) / treated.Length * (squares - (sum * sum / treated.Length));
        return (treatments.Difference - controls.Difference, variance);
    }

    private static double Ratio(double difference, double variance) =>
        difference == 0 ? 0 : difference / Math.Sqrt(Math.Max(variance, 0));

    /// <summary>What the first pass gathers of an arm.</summary>
    private struct Sums
    {
        public int Count;
        public double Plain;
        public double Weight;
        public double Total;

        public readonly double Difference => (Plain / Count) - (Total / Weight);
    }
}
