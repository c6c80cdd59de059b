using MarginalConditional.Data.Formulas;

namespace MarginalConditional.Data.Tests.Formulas;

public sealed class FormulaParserTests
{
    [Theory]
    [InlineData("y ~ a * b", "1, a, b, a:b")]
    [InlineData("y ~ a:b + b:a + b", "1, b, a:b")]
    [InlineData("y ~ b:a + a", "1, a, b:a")]
    [InlineData("y ~ (a + b + c)^2 - a:b", "1, a, b, c, a:c, b:c")]
    [InlineData("y ~ (a + b)/c", "1, a, b, a:b:c")]
    [InlineData("y ~ a/b/c", "1, a, a:b, a:b:c")]
    [InlineData("y ~ a*b*c - a:b:c", "1, a, b, c, a:b, a:c, b:c")]
    [InlineData("y ~ -1 + x", "0, x")]
    [InlineData("y ~ x - 1 + 1", "1, x")]
    [InlineData("y ~ 0 + x + 1", "1, x")]
    [InlineData("y ~ x + 0", "0, x")]
    [InlineData("y ~ 1", "1")]
    [InlineData("y ~ a + a + a", "1, a")]
    [InlineData("y ~ a - a + b", "1, b")]
    [InlineData("y ~ (1 + x):z", "1, z, x:z")]
    [InlineData("y~x^2", "1, x")]
    [InlineData("  y\t~\n log( x )*I( z /10)", "1, log(x), I(z / 10), log(x):I(z / 10)")]
    [InlineData("y ~ poly(x,2):`my column`", "1, poly(x, 2):`my column`")]
    [InlineData("y ~ .x + x.y + x_2", "1, .x, x.y, x_2")]
    [InlineData("y ~ I(x^2*-3) + I((a+b)/2)", "1, I(x^2 * -3), I((a + b) / 2)")]
    public void Right_sides_expand_into_terms_in_the_order_of_R(string text, string expected)
    {
        var formula = FormulaParser.Parse(text);
        Assert.Equal(expected, string.Join(", ", formula.Terms.Select(term => term.Label).Prepend(formula.HasIntercept ? "1" : "0")));
    }

    [Theory]
    [InlineData("y ~ (1 | g)", "(1 | g)")]
    [InlineData("y ~ (x | g)", "(1 + x | g)")]
    [InlineData("y ~ (x||g)", "(1 + x || g)")]
    [InlineData("y ~ (0 + x | g)", "(0 + x | g)")]
    [InlineData("y ~ (x - 1 | g)", "(0 + x | g)")]
    [InlineData("y ~ (1 | a/b)", "(1 | a) (1 | b:a)")]
    [InlineData("y ~ (1 | a/b/c)", "(1 | a) (1 | b:a) (1 | c:b:a)")]
    [InlineData("y ~ (1 | a) + (1 | a:b)", "(1 | a) (1 | a:b)")]
    [InlineData("y ~ (x*z | g)", "(1 + x + z + x:z | g)")]
    [InlineData("y ~ (1|factor(g))", "(1 | g)")]
    public void Random_parts_expand_by_grouping(string text, string expected) =>
        Assert.Equal(expected, string.Join(" ", FormulaParser.Parse(text).RandomTerms));

    [Fact]
    public void Thousands_of_summands_are_terms_in_their_order()
    {
        var names = Enumerable.Range(0, 3_000).Select(column => $"column{column}").ToArray();
        var formula = FormulaParser.Parse("y ~ " + string.Join(" + ", names) + " - column5 - 1");
        Assert.Equal(names.Where(name => name != "column5"), formula.Terms.Select(term => term.Label));
        Assert.False(formula.HasIntercept);
    }

    [Fact]
    public void Random_parts_stay_out_of_the_fixed_part()
    {
        var formula = FormulaParser.Parse("y ~ time + (time | id) + treatment");
        Assert.Equal(["time", "treatment"], formula.Terms.Select(term => term.Label));
    }

    [Fact]
    public void Left_side_may_be_events_out_of_trials()
    {
        var response = Assert.IsType<ResponseSpecification.EventsOfTrials>(FormulaParser.Parse("events/n ~ 1").Response);
        Assert.Equal("events / n", response.Text);
        Assert.Equal(["events", "n"], response.Variables);
    }

    [Fact]
    public void Left_side_may_be_events_and_nonevents()
    {
        var response = Assert.IsType<ResponseSpecification.EventsAndNonevents>(FormulaParser.Parse("cbind(dead, alive) ~ 1").Response);
        Assert.Equal("cbind(dead, alive)", response.Text);
    }

    [Fact]
    public void Offsets_are_kept_apart()
    {
        var formula = FormulaParser.Parse("y ~ offset(log(t)) + x + offset(u)");
        Assert.Equal(["log(t)", "u"], formula.Offsets.Select(offset => offset.ToString()));
        Assert.Equal(["x"], formula.Terms.Select(term => term.Label));
    }

    [Fact]
    public void Variables_are_listed_once()
    {
        var formula = FormulaParser.Parse("log(y) ~ a * I(b + a) + offset(c) + (a + d | e/f)");
        Assert.Equal(["y", "a", "b", "c", "d", "e", "f"], formula.Variables);
    }

    [Fact]
    public void A_power_that_does_nothing_is_noted()
    {
        Assert.Equal(
            ["x^2 in a formula is x itself, as in R; for the power of its values write I(x^2)."],
            FormulaParser.Parse("y ~ x + x^2").Notes);
        Assert.Empty(FormulaParser.Parse("y ~ (a + b)^2 + I(x^2)").Notes);
    }

    [Fact]
    public void Long_formulas_are_no_problem()
    {
        var formula = FormulaParser.Parse("y ~ " + string.Join(" + ", Enumerable.Range(0, 1000).Select(i => $"x{i}")));
        Assert.Equal(1000, formula.Terms.Count);
    }
}
