using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Dials;

/// <summary>Which dials <see cref="SensitivityDials"/> turns, in which order, and what it says where one cannot be turned.</summary>
public sealed class SensitivityDialsTests
{
    [Fact]
    public void Dials_are_turned_in_the_order_they_are_shown()
    {
        var frame = ReferenceFrames.Build("sites30", "y ~ t + x + (1 | site)");
        var dials = Compare(frame, Dial.Law, Dial.Size).Dials;

        Assert.Equal([Dial.Size, Dial.Law], dials.Select(result => result.Dial));
        Assert.All(dials, result => Assert.NotEmpty(result.Points));
        Assert.All(dials.SelectMany(result => result.Conclusion), sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));

        // Turning a dial changes nothing else.
        var plain = Compare(frame);
        Assert.Empty(plain.Dials);
        Assert.Equal(
            plain.Ladder.Rungs.Select(rung => rung.Inference.Estimate),
            Compare(frame, Dial.Law, Dial.Size).Ladder.Rungs.Select(rung => rung.Inference.Estimate));
    }

    [Fact]
    public void A_dial_that_cannot_be_turned_says_what_it_needs()
    {
        var frame = ReferenceFrames.Build("sites30", "y ~ t + x + (x | site)");
        var refusal = Assert.Throws<InputException>(() => Compare(frame, Dial.Law));

        Assert.Contains("one random intercept", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(refusal.Hint);
    }

    private static ModelComparison Compare(ModelFrame frame, params Dial[] dials) => ModelComparer.Compare(frame, new ComparisonOptions
    {
        Treatment = "t",
        CheckReasons = false,
        Dials = dials,
        Gee = new GeeOptions { Family = Family.Binomial },
        Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 9, CheckNodes = false },
    });
}
