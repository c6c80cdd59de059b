using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Data.Tests.Frames;

public sealed class OffsetScaleTests
{
    private static readonly double[] Times = [.. Enumerable.Range(0, 60).Select(i => 0.2 + (i % 12))];
    private static readonly double[] Counts = [.. Times.Select((time, i) => Math.Round((time / 2) + (i % 3)))];

    [Fact]
    public void A_time_is_told_from_its_logarithm_by_the_counts()
    {
        Assert.True(OffsetScale.IsMeantAsLogarithm(Times, Counts));
        Assert.False(OffsetScale.IsMeantAsLogarithm([.. Times.Select(time => Math.Log(1000 * time))], Counts));
        Assert.False(OffsetScale.IsMeantAsLogarithm([.. Times.Select(time => Math.Log(time))], Counts));
    }

    [Fact]
    public void A_row_without_time_does_not_hide_it() =>
        Assert.True(OffsetScale.IsMeantAsLogarithm([.. Times, 0], [.. Counts, 4]));

    [Theory]
    [InlineData("y ~ 1 + offset(t)", null, "write offset(log(t))")]
    [InlineData("y ~ 1", "t", "write --offset \"log(t)\"")]
    [InlineData("y ~ 1", "log(t)", null)]
    [InlineData("y ~ 1 + offset(log(t))", null, null)]
    public void The_note_says_what_to_write(string formula, string? offset, string? advice)
    {
        var text = "y,t\n" + string.Join('\n', Counts.Zip(Times, FormattableStringOf)) + "\n";
        var request = new FrameRequest { Formula = FormulaParser.Parse(formula), Offset = offset, HasLogLink = true };
        var notes = ModelFrameBuilder.Build(Files.Read(text), request).Notes;
        Assert.Equal(advice is null ? 0 : 1, notes.Count);
        Assert.Contains(advice ?? string.Empty, string.Join(' ', notes), StringComparison.Ordinal);
        Assert.Empty(ModelFrameBuilder.Build(Files.Read(text), request with { HasLogLink = false }).Notes);
    }

    [Fact]
    public void An_expression_as_offset_is_computed()
    {
        var request = new FrameRequest { Formula = FormulaParser.Parse("y ~ 1"), Offset = "log(t)", PositionMatters = true };
        Assert.Equal([Math.Log(2), Math.Log(4)], ModelFrameBuilder.Build(Files.Read("y,t\n1,2\n3,4\n"), request).Offset.ToArray());
    }

    [Theory]
    [InlineData("log(t")]
    [InlineData("lag(t)")]
    [InlineData("log(t) ~ 1")]
    public void What_is_not_an_expression_is_refused(string text) =>
        Assert.Throws<InputException>(() => new FrameRequest { Formula = FormulaParser.Parse("y ~ 1"), Offset = text }.OffsetExpression);

    private static string FormattableStringOf(double count, double time) => FormattableString.Invariant($"{count},{time}");
}
