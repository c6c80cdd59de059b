using MarginalConditional.Data.Formulas;

namespace MarginalConditional.Data.Tests.Formulas;

/// <summary>Every function of formulas has the value of its definition, and what has no value is refused by name.</summary>
public sealed class ArithmeticTests
{
    [Fact]
    public void Functions_have_the_values_of_their_definitions()
    {
        var definitions = new Dictionary<string, Func<double, double>>(StringComparer.Ordinal)
        {
            ["I"] = x => x,
            ["as.numeric"] = x => x,
            ["exp"] = x => Math.Pow(Math.E, x),
            ["expm1"] = x => Math.Pow(Math.E, x) - 1,
            ["log"] = x => Math.Log10(x) / Math.Log10(Math.E),
            ["log2"] = x => Math.Log10(x) / Math.Log10(2),
            ["log10"] = x => Math.Log(x) / Math.Log(10),
            ["log1p"] = x => Math.Log(1 + x),
            ["sqrt"] = x => Math.Pow(x, 0.5),
            ["abs"] = x => x < 0 ? -x : x,
            ["sin"] = x => Math.Cos(x - (Math.PI / 2)),
            ["cos"] = x => Math.Sin(x + (Math.PI / 2)),
            ["tan"] = x => Math.Sin(x) / Math.Cos(x),
        };
        Assert.Equal(definitions.Keys.Order(StringComparer.Ordinal), Arithmetic.Functions.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, function) in Arithmetic.Functions)
        {
            foreach (var x in new[] { 0.01, 0.7, 1, 2.5, 9 })
            {
                Assert.Equal(definitions[name](x), function(x), 1e-12 * (1 + Math.Abs(function(x))));
            }
        }

        Assert.Equal((-2, 3), (Arithmetic.Folds["pmin"](3, -2), Arithmetic.Folds["pmax"](3, -2)));
    }

    // Of the series x ∓ x²/2, which has all digits here.
    [Theory]
    [InlineData(1e-20)]
    [InlineData(-3e-9)]
    [InlineData(2e-7)]
    public void Near_zero_no_digit_is_lost(double x)
    {
        Assert.Equal(1, Arithmetic.Functions["log1p"](x) / (x - (x * x / 2) + (x * x * x / 3)), 1e-15);
        Assert.Equal(1, Arithmetic.Functions["expm1"](x) / (x + (x * x / 2) + (x * x * x / 6)), 1e-15);
    }

    [Fact]
    public void Far_out_the_limits_are_reached()
    {
        Assert.Equal(-1, Arithmetic.Functions["expm1"](-800));
        Assert.Equal(Math.Log(1e300), Arithmetic.Functions["log1p"](1e300), 1e-12);
        Assert.True(double.IsPositiveInfinity(Arithmetic.Functions["expm1"](800)));
        Assert.True(double.IsNaN(Arithmetic.Functions["log1p"](-2)));
    }

    [Theory]
    [InlineData("log(x) + pmax(y, 0, 2) * -exp(z) ^ 2")]
    [InlineData("(x > 3) - (arm == \"A\")")]
    public void What_has_a_value_passes(string text) => FormulaParser.ParseExpression(text);

    [Theory]
    [InlineData("poly(x, 3)")]
    [InlineData("factor(x)")]
    [InlineData("ns(log(x), df = 3)")]
    [InlineData("scale(x)")]
    public void What_has_columns_is_a_term_and_no_value(string text)
    {
        Assert.Equal(text, Assert.Single(FormulaParser.Parse($"y ~ {text}").Terms).Label);
        foreach (var formula in new[] { $"{text} ~ z", $"{text} / n ~ z", $"cbind(n, {text}) ~ z", $"y ~ z + offset({text})" })
        {
            var problem = Assert.Throws<InputException>(() => FormulaParser.Parse(formula));
            Assert.Contains("cannot stand here", problem.Message, StringComparison.Ordinal);
            Assert.Equal(formula.IndexOf(text, StringComparison.Ordinal) + 1, problem.Position);
            Assert.NotNull(problem.Hint);
        }

        Assert.Throws<InputException>(() => FormulaParser.ParseExpression(text));
        Assert.Throws<InputException>(() => FormulaParser.ParseCondition($"{text} > 1"));
    }

    [Theory]
    [InlineData("poly(x, 0)", "degree from 1 to 20")]
    [InlineData("poly(x, 2.5)", "degree from 1 to 20")]
    [InlineData("factor(x + 1)", "takes one column")]
    public void Columns_that_cannot_be_made_are_refused(string text, string message)
    {
        var problem = Assert.Throws<InputException>(() => FormulaParser.Parse($"y ~ {text}"));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.NotNull(problem.Position);
    }

    [Theory]
    [InlineData("lg(x)", "no function \"lg\"")]
    [InlineData("log(x, 2)", "takes one argument, not 2")]
    [InlineData("log(a:b)", "no arithmetic meaning")]
    [InlineData("log(poly(x, 2))", "cannot stand here")]
    [InlineData(".", "is not supported")]
    public void What_has_none_is_refused(string text, string message)
    {
        var problem = Assert.Throws<InputException>(() => FormulaParser.ParseExpression(text));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.NotNull(problem.Position);
    }
}
