using MarginalConditional.Data.Formulas;

namespace MarginalConditional.Data.Tests.Formulas;

public sealed class FormulaMessagesApproval
{
    private const string Example = "A formula reads like \"y ~ treatment * time\", with random parts like \"(1 | patient)\".";

    [Theory]
    [InlineData("y ~ a + ", "formula, position 9: The formula ends where a column, a number, a function or \"(\" is expected.\n" + Example)]
    [InlineData("y ~ a b", "formula, position 7: \"b\" stands where an operator is expected.\nJoin terms by \"+\", \"*\" or \":\"; put a "
        + "column's name that has blanks between backquotes.")]
    [InlineData("y = a", "formula, position 3: \"=\" stands where an operator or \"~\" is expected.\nThe outcome and its predictors are "
        + "separated by \"~\". " + Example)]
    [InlineData("y ~ (a + b", "formula, position 11: The formula ends where an operator or \")\" is expected.\n" + Example)]
    [InlineData("y ~ a)", "formula, position 6: \")\" stands where an operator is expected.\n" + Example)]
    [InlineData("y ~ log(a", "formula, position 10: The formula ends where an operator, \",\" or \")\" is expected.\n" + Example)]
    [InlineData("y ~ * a", "formula, position 5: \"*\" stands where a column, a number, a function or \"(\" is expected.\n" + Example)]
    [InlineData("y ~ `a", "formula, position 7: The formula ends where a closing backquote is expected.\n" + Example)]
    [InlineData("  ", "The formula is empty.\n" + Example)]
    [InlineData("y ~ lgo(x)", "formula, position 5: There is no function \"lgo\". Did you mean \"log\"?\nFunctions: I, log, log2, log10, "
        + "log1p, exp, expm1, sqrt, abs, sin, cos, tan, as.numeric, pmin, pmax, poly, ns, bs, scale, factor, offset, cbind.")]
    [InlineData("y ~ x | g", "formula, position 7: The random part x | g stands without parentheses.\nWrite (x | g).")]
    [InlineData("y ~ 2 * x", "The number 2 cannot be a term of the model.\nOnly 0 and 1 can stand alone: without and with an intercept.")]
    [InlineData("y ~ x^a", "The power in x^a must be a whole number.\nFor the square of a column write I(x^2).")]
    [InlineData("y ~ (a + b | g + h)", "In (a + b | g + h), g + h is not a grouping.\nGroupings are columns, a:b, or a/b for b within a.")]
    [InlineData("y ~ (0 | g)", "The random part (0 | g) has no effects.\nWrite (1 | g) for a random intercept.")]
    [InlineData("y ~ x + y", "The outcome y is also a predictor, in the term y.\nTake it off the right side.")]
    [InlineData("y ~ .", "formula, position 5: The dot for \"all other columns\" is not supported.\nName the columns.")]
    [InlineData("1 ~ x", "formula, position 1: The left side of the formula names no column.")]
    [InlineData("cbind(a) ~ x", "formula, position 1: On the left side, cbind() takes two columns: events and nonevents.")]
    [InlineData("y ~ poly(x)", "formula, position 5: A poly() takes an expression and a degree from 1 to 20.\nWrite poly(x, 2).")]
    [InlineData("y ~ log(x, 2)", "formula, position 5: The function log() takes one argument, not 2.")]
    [InlineData("y ~ x:(1 | g)", "The random part 1 | g cannot be part of an interaction.\nAdd random parts with \"+\".")]
    [InlineData(
        "y ~ (a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t)^20",
        "The formula expands into more than 5000 terms.\nUse a lower power, or fewer crossings.")]
    public void Mistakes_are_explained(string text, string expected) =>
        Assert.Equal(expected, Files.Text(Assert.Throws<InputException>(() => FormulaParser.Parse(text))));

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Equal(
            "formula, position 55: Parentheses are nested more than 50 deep.",
            Files.Text(Assert.Throws<InputException>(() => FormulaParser.Parse("y ~ " + new string('(', 5000)))));
}
