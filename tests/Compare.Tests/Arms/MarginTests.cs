using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Statistics.Distributions;
using Xunit;

namespace MarginalConditional.Compare.Tests.Arms;

public sealed class MarginTests
{
    private static readonly ModelComparison Comparison = new ArmTrial().Compare(StandardizedErrors.OneStep);

    [Theory]
    [InlineData("risk-difference:-0.1", null, true)]
    [InlineData("risk-difference:0.1", null, false)]
    [InlineData("risk-difference:-0.1", false, false)]
    [InlineData("odds-ratio:1.25", null, false)]
    [InlineData("risk-ratio:0.8", true, true)]
    public void A_margin_is_a_one_sided_t_test_and_met_where_the_interval_lies_beyond(string text, bool? higherIsBetter, bool above)
    {
        var margin = Margin(text);
        var tests = MarginTest.Of(Comparison.Ladder, [margin], higherIsBetter, 3, 0.95);

        Assert.Equal(2, tests.Count);
        foreach (var test in tests)
        {
            var row = test.Rung.Inference;
            var at = margin.IsLogarithm ? Math.Log(margin.Value) : margin.Value;
            var t = (row.Estimate - at) / row.StandardError;
            var upper = StudentDistribution.TwoSided(Math.Abs(t), row.DegreesOfFreedom!.Value) / 2;
            upper = t > 0 ? upper : 1 - upper;

            Assert.Equal(above, test.IsAbove);
            Assert.Equal(above ? upper : 1 - upper, test.PValue, 1e-12);
            Assert.Equal(test.PValue < 0.025, test.IsMet);
            Assert.Equal((row.Lower, row.Upper), (test.Inference.Lower, test.Inference.Upper));
        }
    }

    [Fact]
    public void Two_margins_of_one_scale_are_the_two_tests_of_equivalence()
    {
        var tests = MarginTest.Of(Comparison.Ladder, [Margin("odds-ratio:1.25"), Margin("odds-ratio:0.8")], true, 3, 0.9);

        Assert.All(tests, test => Assert.True(test.IsEquivalence));
        Assert.All(tests, test => Assert.Equal(test.Margin.Value < 1, test.IsAbove));
    }

    [Theory]
    [InlineData("risk-difference", "scale and a colon")]
    [InlineData("hazard-ratio:1", "scale and a colon")]
    [InlineData("odds-ratio:-1", "above 0")]
    [InlineData("risk-difference:10", "between -1 and 1")]
    [InlineData("ratio:x", "needs a number")]
    public void What_is_no_margin_is_refused(string text, string problem)
    {
        Assert.False(EffectMargin.TryParse(text, out _, out var said));
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    private static EffectMargin Margin(string text)
    {
        Assert.True(EffectMargin.TryParse(text, out var margin, out var problem), problem);
        return margin!;
    }
}
