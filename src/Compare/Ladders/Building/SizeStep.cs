using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Summaries;

namespace MarginalConditional.Compare.Ladders.Building;

/// <summary>The model-assisted test of informative size: the ladder's last step on the difference of means.</summary>
/// <remarks>Conservative with few clusters: it rejects less often than asked (Blette and others 2025).</remarks>
internal static class SizeStep
{
    /// <summary>One test for each arm; none where all clusters have one size or the rungs do not exist.</summary>
    public static IEnumerable<SizeTest> Of(EstimandLadder ladder) =>
        from step in ladder.Steps
        where step.From == 3 && step.Weighting == ClusterWeighting.Participant
            && !step.Scale.StartsWith("log ", StringComparison.Ordinal) && step.Inference.StandardError > 0
        select new SizeTest(
            SizeTest.ModelAssisted,
            step.Inference.Estimate,
            step.Inference.StandardError,
            step.Inference.Statistic,
            null,
            step.Inference.DegreesOfFreedom,
            step.Inference.PValue);
}
