using MarginalConditional.Data;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>What <c>OrdinalSettings</c> refuses, and methods that have no meaning for an outcome.</summary>
public sealed class OrdinalSettingsTests
{
    [Theory]
    [InlineData("categories: '0.2, 0.5'", "adds up to 0.7")]
    [InlineData("categories: '0.2, x'", "must be numbers with commas between them")]
    [InlineData("cutpoints: '1, 0'", "have to ascend")]
    [InlineData("cutpoints: '0, 1', categories: '0.5, 0.5'", "by either categories or cutpoints")]
    [InlineData("cutpoints: '0, 1', baseline: 1", "baseline has no meaning for an ordinal outcome")]
    [InlineData("cutpoints: '0, 1', baseline-scale: population-mean", "no meaning beside cutpoints")]
    [InlineData("categories: '0.5, 0.5', baseline-scale: link", "baseline-scale is \"link\"")]
    [InlineData("cutpoints: '0, 1', generation: qaqish", "generation has no meaning for an ordinal outcome")]
    [InlineData("cutpoints: '0, 1', link: log", "link is \"log\"")]
    [InlineData("cutpoints: '0, 1', effect-scale: risk-ratio", "effect-scale is \"risk-ratio\"")]
    public void What_an_ordinal_outcome_cannot_be_is_refused(string settings, string message)
    {
        var refusal = Assert.Throws<InputException>(() =>
            OrdinalStudyTests.Study("clusters: 30, cluster-size: 8, outcome: ordinal, sigma: 0.8, effect: 0.6, " + settings));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Methods_without_a_meaning_for_the_outcome_are_refused()
    {
        Refused("has no meaning for an ordinal outcome", OrdinalStudyTests.Trial, "lmm");
        Refused("has no meaning for an ordinal outcome", OrdinalStudyTests.Trial, "compare: {rung: 2}");
        Refused("has no meaning for an ordinal outcome", OrdinalStudyTests.Trial, "gee: {imputations: 5}");
        Refused("for ordinal outcomes only", "clusters: 30, cluster-size: 8, sigma: 0.8, effect: 0.6", "compare: {row: log-win-odds}");
        Refused(
            "categories has a meaning for ordinal outcomes only",
            "clusters: 30, cluster-size: 8, sigma: 1, effect: 0, categories: '0.5, 0.5'",
            "gee");

        static void Refused(string message, string mechanism, string method) => Assert.Contains(
            message, Assert.Throws<InputException>(() => OrdinalStudyTests.Study(mechanism, method)).Message, StringComparison.Ordinal);
    }
}
