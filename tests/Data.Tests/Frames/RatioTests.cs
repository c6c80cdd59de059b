using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Data.Tests.Frames;

public sealed class RatioTests
{
    private const string Text = "ev,tr,w,x\n1,6,6,1\n7,2,2,2\n0,9,9,3\n3,4,4,4\n";

    [Fact]
    public void Weights_that_equal_the_trials_are_counted_once()
    {
        var frame = Build("I(ev / 2) / tr ~ x", request => request with { Weights = "w" }, "ev,tr,w,x\n1,6,6,1\n2,2,2,2\n0,9,9,3\n");
        Assert.Equal([6, 2, 9], frame.Trials.ToArray());
        Assert.True(frame.Weights.IsEmpty);
        Assert.Contains("The weights w are the trials of the proportion, as R has them; they are counted once.", frame.Notes);
    }

    [Fact]
    public void Weights_that_differ_from_the_trials_in_one_row_are_weights()
    {
        var frame = Build("ev / tr ~ x", request => request with { Weights = "w" }, "ev,tr,w,x\n1,6,6,1\n2,2,2,2\n0,9,8,3\n");
        Assert.Equal([6, 2, 8], frame.Weights.ToArray());
        Assert.DoesNotContain(frame.Notes, note => note.Contains("counted once", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("w")]
    public void A_rate_is_its_count_with_the_logarithm_of_time_as_offset(string? weights)
    {
        var frame = Build("ev / tr ~ x", request => request with { Ratio = RatioMeaning.Rate, HasLogLink = true, Weights = weights });
        Assert.Equal([1, 7, 0, 3], frame.Response.ToArray());
        Assert.Equal(new[] { 6.0, 2, 9, 4 }.Select(time => Math.Log(time)), frame.Offset.ToArray());
        Assert.True(frame.Trials.IsEmpty);
        Assert.True(frame.Weights.IsEmpty);
    }

    [Fact]
    public void A_rate_adds_its_time_to_other_offsets()
    {
        var frame = Build("ev / tr ~ x + offset(x)", request => request with { Ratio = RatioMeaning.Rate, HasLogLink = true });
        Assert.Equal([Math.Log(6) + 1, Math.Log(2) + 2, Math.Log(9) + 3, Math.Log(4) + 4], frame.Offset.ToArray());
    }

    [Fact]
    public void A_rate_needs_the_log_link_and_a_time_above_0()
    {
        Assert.Throws<InputException>(() => Build("ev / tr ~ x", request => request with { Ratio = RatioMeaning.Rate }));
        var problem = Assert.Throws<InputException>(() =>
            Build("tr / ev ~ x", request => request with { Ratio = RatioMeaning.Rate, HasLogLink = true }));
        Assert.Equal("The time at risk is 0, but has to be more than 0.", problem.Message);
        Assert.Equal("ev", problem.Column);
    }

    [Fact]
    public void A_quotient_is_a_number()
    {
        var frame = Build("ev / tr ~ x", request => request with { Ratio = RatioMeaning.Quotient, Weights = "w" });
        Assert.Equal([1 / 6.0, 3.5, 0, 0.75], frame.Response.ToArray());
        Assert.Equal([6, 2, 9, 4], frame.Weights.ToArray());
        Assert.True(frame.Trials.IsEmpty);
    }

    private static ModelFrame Build(string formula, Func<FrameRequest, FrameRequest> change, string text = Text) =>
        ModelFrameBuilder.Build(
            Files.Read(text),
            change(new FrameRequest { Formula = FormulaParser.Parse(formula), PositionMatters = true }));
}
