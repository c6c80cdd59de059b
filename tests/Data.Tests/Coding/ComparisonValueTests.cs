using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Data.Tests.Coding;

/// <summary>
/// <see cref="ExpressionEvaluator"/> with what <see cref="Arithmetic"/> and <see cref="FormulaGrammar"/> allow, counted by hand.
/// </summary>
public sealed class ComparisonValueTests
{
    private const string Text = "x,z,arm\n1,4,A\n2,2,B\n3,0,A\n";

    [Theory]
    [InlineData("I(x >= 2)", 0, 1, 1)]
    [InlineData("I(x > 2)", 0, 0, 1)]
    [InlineData("I(x <= z)", 1, 1, 0)]
    [InlineData("I(x < z)", 1, 0, 0)]
    [InlineData("I(x == z)", 0, 1, 0)]
    [InlineData("I(x != z)", 1, 0, 1)]
    [InlineData("I(x + 1 > z - 1)", 0, 1, 1)]
    [InlineData("I((x > 1) * z)", 0, 2, 0)]
    [InlineData("I(arm == \"A\")", 1, 0, 1)]
    [InlineData("I('A' != arm)", 0, 1, 0)]
    [InlineData("I((arm == \"A\") * x)", 1, 0, 3)]
    [InlineData("pmin(x, z)", 1, 2, 0)]
    [InlineData("pmax(x, z, 2.5)", 4, 2.5, 3)]
    [InlineData("pmax(x - 2, 0)^2", 0, 0, 1)]
    [InlineData("as.numeric(x > 1)", 0, 1, 1)]
    [InlineData("I(-x^2 + 2*z)", 7, 0, -9)]
    public void Expressions_have_the_values_of_R(string text, double first, double second, double third)
    {
        var data = Files.Read(Text);
        var values = new double[3];
        ExpressionEvaluator.Evaluate(FormulaParser.ParseExpression(text), new FrameTable(data, [0, 1, 2], data.Header), values);
        Assert.Equal([first, second, third], values);
    }

    [Theory]
    [InlineData("I(x = 2)")]
    [InlineData("I(x == \"A)")]
    [InlineData("log(\"A\")")]
    [InlineData("I(x > \"A\")")]
    [InlineData("pmin()")]
    [InlineData("sqrt(df = 3)")]
    public void What_has_no_value_is_refused(string text) =>
        Assert.Throws<InputException>(() => FormulaParser.ParseExpression(text));
}
