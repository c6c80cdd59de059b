using MarginalConditional.Compare.Summaries;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>The tests of informative size that found something, as checks: the verdict must not say nothing when they did.</summary>
internal static class SizeTestSigns
{
    /// <summary>One check for each test below the level; the others stand in the table of size tests.</summary>
    /// <param name="tests">The tests.</param>
    /// <param name="alpha">The level.</param>
    public static IEnumerable<ReasonCheck> Of(IReadOnlyList<SizeTest> tests, double alpha) =>
        from test in tests
        where test.PValue < alpha && test.Name != SizeTest.ModelAssisted
        select new ReasonCheck(
            "informative-size: " + test.Name,
            ReasonOutcome.Sign,
            $"The size of clusters goes with {(test.Name == SizeTest.OutcomeBySize ? "outcome or effect" : "the effect")} (test of "
                + $"{test.Name}, {Wording.P(test.PValue)}).",
            new WaldTest(test.Statistic, test.NumeratorDegreesOfFreedom ?? 1, test.DegreesOfFreedom, test.PValue))
        {
            Threatens = [0, 1, 2],
            Consequence = "no coefficient then answers for participants or for clusters: read rungs 3 and 4",
        };
}
