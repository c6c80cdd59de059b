using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Compare.Summaries;

/// <summary>Permutation tests of two arms, with either weighting, over the same assignments.</summary>
internal static class PermutationTests
{
    /// <summary>Runs them.</summary>
    /// <param name="trial">Arms and strata.</param>
    /// <param name="treated">The arm compared with the reference; clusters of other arms keep their assignment.</param>
    /// <param name="outcomes">ȳᵢ and nᵢ.</param>
    /// <param name="options">How many assignments.</param>
    public static IReadOnlyList<PermutationTest> Run(TrialArms trial, int treated, ClusterOutcomes outcomes, SummaryOptions options)
    {
        var pair = new ArmPair(trial, treated, outcomes);
        var assignments = pair.Reassignments(options);
        ClusterWeighting[] weightings = [ClusterWeighting.Cluster, ClusterWeighting.Participant];
        var statistics = weightings.Select(weighting =>
        {
            var weights = pair.Weights(weighting);
            var centred = pair.Centred(weights);
            return (AssignmentStatistic)(assignment => StudentizedDifference.Of(centred, weights, assignment));
        });
        var results = ReassignmentTest.Run(assignments, pair.Treated, [.. statistics], options.Tolerances.Tie);
        return
        [
            .. weightings.Select((weighting, k) => new PermutationTest(
                weighting,
                trial.Levels[treated],
                trial.Levels[0],
                results[k].Statistic,
                results[k].PValue,
                assignments.Count,
                assignments.IsExact)),
        ];
    }
}
