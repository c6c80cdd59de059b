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
        return Run(trial, treated, pair, options, [ClusterWeighting.Cluster, ClusterWeighting.Participant]);
    }

    /// <summary>Runs the test of one weighting.</summary>
    /// <param name="trial">Arms and strata.</param>
    /// <param name="treated">The arm compared with the reference.</param>
    /// <param name="outcomes">ȳᵢ and nᵢ.</param>
    /// <param name="options">How many assignments.</param>
    /// <param name="weighting">Whom the difference averages over.</param>
    public static PermutationTest Run(
        TrialArms trial, int treated, ClusterOutcomes outcomes, SummaryOptions options, ClusterWeighting weighting) =>
        Run(trial, treated, new ArmPair(trial, treated, outcomes), options, [weighting])[0];

    private static IReadOnlyList<PermutationTest> Run(
        TrialArms trial, int treated, ArmPair pair, SummaryOptions options, ClusterWeighting[] weightings)
    {
        var assignments = pair.Reassignments(options);
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
