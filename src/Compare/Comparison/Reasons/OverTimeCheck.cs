namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>Whether a trial over time has one effect: for persons, clusters and periods alike, and at every exposure.</summary>
internal static class OverTimeCheck
{
    /// <summary>The four averages over clusters and periods.</summary>
    public static ReasonCheck? Averages(ComparedModels comparison) =>
        comparison.Means.Periods?.Tests.LastOrDefault(row => IsDifference(row.Scale))?.Test is not { } test
            ? null
            : ReasonCheck.ByTest(
                "period-averages-differ",
                test,
                comparison.Options.Tolerances.Alpha,
                $"The four averages over {comparison.Options.Trial.Units} and {comparison.Options.Period} are not one number "
                    + $"({Wording.P(test.PValue)}): the effect goes with size or time.",
                $"The four averages over {comparison.Options.Trial.Units} and {comparison.Options.Period} are one number as far as the "
                    + $"data tell ({Wording.P(test.PValue)}).") with
            {
                Threatens = [0, 1, 2],
                Consequence = "no coefficient is then the answer for persons, clusters or periods: read the average the question asks for",
            };

    /// <summary>The effects at each exposure.</summary>
    public static ReasonCheck? Exposures(ComparedModels comparison) =>
        comparison.Means.Exposures?.Tests.LastOrDefault(row => IsDifference(row.Scale))?.Test is not { } test
            ? null
            : ReasonCheck.ByTest(
                "exposure-changes-effect",
                test,
                comparison.Options.Tolerances.Alpha,
                $"The effect changes with {comparison.Options.Exposure} ({Wording.P(test.PValue)}).",
                $"The effect does not change with {comparison.Options.Exposure} as far as the data tell ({Wording.P(test.PValue)}).") with
            {
                Threatens = [],
                Consequence = "one effect for all exposures would mix them as the design did: read each, or their average",
            };

    private static bool IsDifference(string scale) => !scale.StartsWith("log ", StringComparison.Ordinal);
}
