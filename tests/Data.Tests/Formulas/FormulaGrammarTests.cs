using MarginalConditional.Data.Formulas;
using Sprache;

namespace MarginalConditional.Data.Tests.Formulas;

/// <summary>The tree of an expression has the value that a slow reader of its flat text gives, who looks for what binds least.</summary>
public sealed class FormulaGrammarTests
{
    /// <summary>What binds least comes first; operators of one string bind alike.</summary>
    private static readonly string[] Precedence = ["+-", "*/", "^"];

    [Fact]
    public void Operators_bind_as_in_R()
    {
        // Knuth's linear congruences; the high bits are good enough.
        var state = 11UL;
        int Next(int end)
        {
            state = (state * 6364136223846793005UL) + 1442695040888963407UL;
            return (int)((state >> 33) % (ulong)end);
        }

        for (var k = 0; k < 500; k++)
        {
            var text = Flat(Next);
            var expected = Slow(text);
            Assert.Equal(expected, Value(FormulaGrammar.Alone.Parse(text)), 1e-12 * (1 + Math.Abs(expected)));
        }
    }

    [Theory]
    [InlineData("-2^2", -4)]
    [InlineData("2^3^2", 512)]
    [InlineData("10-4-3", 3)]
    [InlineData("24/4/2", 3)]
    [InlineData("(1+2)*3", 9)]
    [InlineData(" 1.5e1 + .5 ", 15.5)]
    public void Numbers_signs_and_parentheses_have_their_value(string text, double value) =>
        Assert.Equal(value, Value(FormulaGrammar.Alone.Parse(text)));

    [Theory]
    [InlineData("1+")]
    [InlineData("(1")]
    [InlineData("1 2")]
    [InlineData("")]
    public void What_is_no_expression_is_refused(string text) =>
        Assert.False(FormulaGrammar.Alone(new Input(text)).WasSuccessful);

    private static string Flat(Func<int, int> next)
    {
        var operators = 1 + next(6);
        var text = next(4) == 0 ? "-" : string.Empty;
        for (var k = 0; k <= operators; k++)
        {
            text += 1 + next(3);
            text += k < operators ? (next(2) == 0 ? " " : string.Empty) + "+-*/^"[next(5)] : string.Empty;
        }

        return text;
    }

    // Cuts at the last operator that binds least, or for powers at the first; a leading sign
    // binds less than a power and more than a product.
    private static double Slow(string text)
    {
        text = text.Trim();
        foreach (var operators in Precedence)
        {
            if (operators == "^" && text[0] == '-')
            {
                return -Slow(text[1..]);
            }

            var at = operators == "^" ? text.IndexOf('^', StringComparison.Ordinal) : text.LastIndexOfAny(operators.ToCharArray());
            if (at > 0)
            {
                return Apply(text[at].ToString(), Slow(text[..at]), Slow(text[(at + 1)..]));
            }
        }

        return int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static double Value(Expression expression) => expression switch
    {
        Expression.Number number => number.Value,
        Expression.Parenthesis parenthesis => Value(parenthesis.Inner),
        Expression.Signed signed => signed.Sign == "-" ? -Value(signed.Operand) : Value(signed.Operand),
        Expression.Binary binary => Apply(binary.Operator, Value(binary.Left), Value(binary.Right)),
        _ => throw new NotSupportedException(expression.ToString()),
    };

    private static double Apply(string symbol, double left, double right) => symbol switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => left / right,
        _ => Math.Pow(left, right),
    };
}
