using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Data.Tests.Frames;

public sealed class OrderedOutcomeTests
{
    private const string Text = "id,pain,score,padded,two,x\n1,none,10,01,No,1\n1,mild,2,10,Yes,3\n2,severe,2,02,Yes,2\n2,none,33,02,No,\n";

    [Fact]
    public void Numbers_stand_in_their_own_order()
    {
        var frame = Build("score ~ 1");
        Assert.Equal(["2", "10", "33"], frame.Categories);
        Assert.Equal([1, 0, 0, 2], frame.Response.ToArray());
        Assert.Equal(1, frame.Design.Columns);
        Assert.Equal(frame.Categories, frame.WithResponse([0, 0, 1, 2]).Categories);
    }

    [Fact]
    public void Words_stand_in_the_order_given()
    {
        var frame = Build("pain ~ 1", "none", "mild", "severe");
        Assert.Equal(["none", "mild", "severe"], frame.Categories);
        Assert.Equal([0, 1, 2, 0], frame.Response.ToArray());
    }

    [Fact]
    public void Numbers_with_leading_zeros_stand_by_value()
    {
        var frame = Build("padded ~ 1");
        Assert.Equal(["01", "02", "10"], frame.Categories);
        Assert.Equal([0, 2, 1, 1], frame.Response.ToArray());
    }

    [Fact]
    public void Categories_without_rows_are_left_out_and_named()
    {
        // The only 33 lacks x.
        var frame = Build("score ~ x");
        Assert.Equal(["2", "10"], frame.Categories);
        Assert.Contains("The category 33 of score has no row among those used and is left out.", frame.Notes);

        var request = Request("pain ~ x", ["none", "mild", "severe"]) with { Where = [FormulaParser.ParseCondition("pain != 'mild'")] };
        var words = ModelFrameBuilder.Build(Files.Read(Text), request);
        Assert.Equal(["none", "severe"], words.Categories);
        Assert.Equal([0, 1], words.Response.ToArray());
        Assert.Contains("The category mild of pain has no row among those used and is left out.", words.Notes);
    }

    [Theory]
    [InlineData("pain ~ 1", "The outcome pain is in words, whose order is not known.", "--order \"pain=mild,none,severe\"")]
    [InlineData("two ~ 1", "The outcome two is in words, whose order is not known.", "--order \"two=No,Yes\"")]
    [InlineData("score / x ~ 1", "An ordinal outcome is one column of categories; score / x counts events.", "Leave out --event")]
    [InlineData("score ~ x - 1", "The formula leaves the intercept out", "Leave out -1 or 0.")]
    public void What_cannot_be_ordered_is_refused(string formula, string message, string hint)
    {
        var problem = Assert.Throws<InputException>(() => Build(formula));
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(hint, problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_measurement_is_not_taken_for_categories()
    {
        var text = "y,x\n" + string.Concat(Enumerable.Range(0, 150).Select(i => $"{i}.5,{i % 3}\n"));
        var request = new FrameRequest { Formula = FormulaParser.Parse("y ~ x"), HasOrderedOutcome = true };
        var problem = Assert.Throws<InputException>(() => ModelFrameBuilder.Build(Files.Read(text), request));
        Assert.Equal("The outcome y has 150 categories, but an ordinal model takes at most 100.", problem.Message);
    }

    private static ModelFrame Build(string formula, params string[] order) =>
        ModelFrameBuilder.Build(Files.Read(Text), Request(formula, order));

    private static FrameRequest Request(string formula, string[] order)
    {
        var orders = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (order.Length > 0)
        {
            orders["pain"] = order;
        }

        return new FrameRequest
        {
            Formula = FormulaParser.Parse(formula),
            HasOrderedOutcome = true,
            PositionMatters = true,
            Orders = orders,
        };
    }
}
