using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Data.Tests.Frames;

public sealed class OutcomeLevelsTests
{
    private const string Text = "id,resp,tf,y12,three,x\n1,No,FALSE,1,a,1\n1,Yes,TRUE,2,b,3\n2,Yes,TRUE,2,c,2\n2,No,FALSE,1,a,5\n";
    private static readonly double[] Expected = [0, 1, 1, 0];

    [Theory]
    [InlineData("tf", null)]
    [InlineData("tf", "TRUE")]
    [InlineData("resp", "Yes")]
    [InlineData("y12", "2")]
    [InlineData("y12", "2.0")]
    public void The_level_named_counts_as_1(string outcome, string? level) => Assert.Equal(Expected, Response(outcome, level));

    [Theory]
    [InlineData("tf", "FALSE")]
    [InlineData("resp", "No")]
    [InlineData("y12", "1")]
    public void The_other_level_turns_the_outcome_round(string outcome, string level) =>
        Assert.Equal(Expected.Select(value => 1 - value), Response(outcome, level));

    [Theory]
    [InlineData("resp", null, "The outcome resp is in words: \"No\", \"Yes\".", "Say which level counts as 1: --event Yes.")]
    [InlineData("resp", "yes", "The outcome resp has no level \"yes\".", "Levels among the rows used: \"No\", \"Yes\".")]
    [InlineData("three", "b", "The outcome three has 3 levels, not two: \"a\", \"b\", \"c\".", "Make a column of 0 and 1")]
    [InlineData("y12", "3", "The outcome y12 has no level \"3\".", "Levels among the rows used: \"1\", \"2\".")]

    [InlineData("y12 / x", "1", "The outcome y12 / x counts events already", "Leave --event out.")]
    public void What_cannot_be_meant_is_refused(string outcome, string? level, string message, string hint)
    {
        var problem = Assert.Throws<InputException>(() => Response(outcome, level));
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(hint, problem.Hint, StringComparison.Ordinal);
    }

    private static double[] Response(string outcome, string? level)
    {
        var request = new FrameRequest { Formula = FormulaParser.Parse($"{outcome} ~ 1"), Event = level, PositionMatters = true };
        return ModelFrameBuilder.Build(Files.Read(Text), request).Response.ToArray();
    }
}
