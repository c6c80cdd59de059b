namespace MarginalConditional.Compare.Summaries;

/// <summary>
/// Whether the effect goes with the size of a cluster, by the randomization: does the plain difference of the clusters' means and the one
/// weighted by size differ by more than with clusters assigned anew?
/// </summary>
/// <remarks>
/// Under a constant effect τ the outcomes without it, ȳᵢ − τAᵢ, do not depend on the assignment. τ is estimated, so the test holds
/// asymptotically; the effect itself, given anew with the arms, cancels in the difference of the two weightings.
/// </remarks>
internal static class SizeReassignmentTest
{
    /// <summary>Tests one arm against the reference.</summary>
    /// <param name="trial">Arms and strata.</param>
    /// <param name="treated">The arm.</param>
    /// <param name="outcomes">ȳᵢ and nᵢ.</param>
    /// <param name="options">How many assignments.</param>
    public static SizeTest Run(TrialArms trial, int treated, ClusterOutcomes outcomes, SummaryOptions options)
    {
        var pair = new ArmPair(trial, treated, outcomes);
        var weights = pair.Weights(Estimands.ClusterWeighting.Participant);
        var (difference, variance) = StudentizedDifference.Weightings(pair.Means, weights, pair.Treated);
        var untreated = pair.WithoutEffect();
        AssignmentStatistic statistic = assignment => StudentizedDifference.OfWeightings(untreated, weights, assignment);
        var (value, p) = ReassignmentTest.Run(pair.Reassignments(options), pair.Treated, [statistic], options.Tolerances.Tie)[0];
        var name = trial.Levels.Count == 2 ? SizeTest.Reassigned : $"{SizeTest.Reassigned}, {trial.Levels[treated]}";
        return new SizeTest(name, difference, Math.Sqrt(variance), value, null, null, p);
    }
}
