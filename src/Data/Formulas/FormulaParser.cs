using Sprache;

namespace MarginalConditional.Data.Formulas;

/// <summary>Reads formulas in R's notation.</summary>
/// <remarks>
/// Right side: <c>+ - : * / ^</c>, <c>-1</c> or <c>0</c>, numbers and functions
/// of columns (<c>I() log() exp() sqrt() sin() cos() poly(x, 2) factor()</c>),
/// <c>offset()</c>, and random parts such as <c>(time | patient)</c>. Left
/// side: <c>y</c>, <c>events / n</c>, <c>cbind(events, nonevents)</c>.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
///
/// var formula = FormulaParser.Parse("y ~ arm * time + (time | id)");
/// Console.WriteLine(formula.Text);
/// foreach (var term in formula.Terms)
/// {
///     Console.WriteLine(term.Label);
/// }
/// </code>
/// </example>
public static class FormulaParser
{
    /// <summary>The longest formula read; what is longer is a mistake, and deep nesting would exhaust the stack.</summary>
    private const int MaximumLength = 100_000;

    private const int MaximumDepth = 50;

    /// <summary>The most powers, and the most slashes: chains of them deepen the tree that is walked, and multiply terms.</summary>
    private const int MaximumChain = 60;

    private const int MaximumOperators = 1_000;

    /// <summary>
    /// The most signs between the summands of a formula, which no parentheses hold: a table may have thousands of columns.
    /// </summary>
    private const int MaximumSums = 4_000;

    /// <summary>Parses and expands a formula.</summary>
    /// <exception cref="InputException">The text is not a formula; <see cref="InputException.Position"/> says where.</exception>
    public static Formula Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        CheckSize(text);
        var result = FormulaGrammar.Formula(new Input(text));
        if (!result.WasSuccessful)
        {
            throw SyntaxError(text, result);
        }

        return FormulaExpansion.Expand(text, result.Value.Left, result.Value.Right);
    }

    /// <summary>Parses an expression that has a value on every row, such as <c>log(time)</c>.</summary>
    /// <exception cref="InputException">The text is not such an expression.</exception>
    public static Expression ParseExpression(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        CheckSize(text);
        var result = FormulaGrammar.Alone(new Input(text));
        if (!result.WasSuccessful)
        {
            throw new InputException($"\"{text}\" is not an expression of columns.") { Hint = "Write it like log(time)." };
        }

        Arithmetic.CheckValue(result.Value, text);
        return result.Value;
    }

    /// <summary>Parses a condition that holds on a row or not, such as <c>visit != "Screening" &amp; age &gt;= 18</c>.</summary>
    /// <exception cref="InputException">The text is not a condition.</exception>
    public static Expression ParseCondition(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        CheckSize(text);
        var result = FormulaGrammar.Condition(new Input(text));
        if (!result.WasSuccessful)
        {
            throw NoCondition(text);
        }

        CheckCondition(result.Value, text);
        return result.Value;
    }

    private static void CheckCondition(Expression expression, string text)
    {
        switch (expression)
        {
            case Expression.Parenthesis parenthesis:
                CheckCondition(parenthesis.Inner, text);
                break;
            case Expression.Binary { IsConjunction: true } or Expression.Binary { IsDisjunction: true }:
                CheckCondition(((Expression.Binary)expression).Left, text);
                CheckCondition(((Expression.Binary)expression).Right, text);
                break;
            case Expression.Binary { IsComparison: true }:
                Arithmetic.CheckValue(expression, text);
                break;
            default:
                throw NoCondition(text);
        }
    }

    private static InputException NoCondition(string text) => new($"\"{Suggestion.Short(text)}\" is not a condition on rows.")
    {
        Hint = "Compare columns with values, such as \"visit != 'Screening'\" or \"age >= 18 & arm == 'A'\".",
    };

    private static void CheckSize(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InputException("The formula is empty.") { Hint = Example };
        }

        if (text.Length > MaximumLength)
        {
            throw new InputException($"The formula has {text.Length} characters; {MaximumLength} are the most.");
        }

        var depth = 0;
        var sum = SumOf(text);
        var (powers, nestings, operators, sums) = (0, 0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            powers += text[i] == '^' ? 1 : 0;
            nestings += text[i] == '/' ? 1 : 0;
            var isBetween = depth == 0 && i >= sum;
            sums += isBetween && text[i] is '+' or '-' ? 1 : 0;
            operators += text[i] is '*' or ':' || (!isBetween && text[i] is '+' or '-') ? 1 : 0;
            if (powers > MaximumChain || nestings > MaximumChain || operators > MaximumOperators || sums > MaximumSums)
            {
                throw new InputException(powers > MaximumChain ? $"The formula has more than {MaximumChain} powers (^)."
                    : nestings > MaximumChain ? $"The formula has more than {MaximumChain} slashes (/)."
                    : operators > MaximumOperators ? $"The formula has more than {MaximumOperators} operators."
                    : $"The formula has more than {MaximumSums} operators between its summands.")
                {
                    Position = i + 1,
                };
            }

            if (char.IsDigit(text[i]) && !char.IsAsciiDigit(text[i]) && !InName(text, i))
            {
                throw new InputException($"\"{text[i]}\" is a digit of another script; numbers in formulas are written with 0 to 9.")
                {
                    Position = i + 1,
                };
            }

            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth > MaximumDepth)
            {
                throw new InputException($"Parentheses are nested more than {MaximumDepth} deep.") { Position = i + 1 };
            }
        }
    }

    /// <summary>
    /// Where the right side of a formula starts, if it is a sum; the end of any other text, and of one in which a comparison or a bar
    /// stands beside sums, which are then its parts and no summands.
    /// </summary>
    private static int SumOf(string text)
    {
        var (start, depth, quote) = (text.Length, 0, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (quote != '\0' || character is '`' or '"' or '\'')
            {
                quote = quote == '\0' ? character : quote == character ? '\0' : quote;
                continue;
            }

            depth += character == '(' ? 1 : character == ')' ? -1 : 0;
            if (depth == 0 && character == '~')
            {
                start = i;
            }
            else if (depth == 0 && i > start && character is '=' or '<' or '>' or '!' or '|')
            {
                return text.Length;
            }
        }

        return start;
    }

    /// <summary>Whether a digit belongs to a name, where those of every script may stand: behind a letter, or within backquotes.</summary>
    private static bool InName(string text, int position)
    {
        var start = position;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '_'))
        {
            start--;
        }

        return char.IsLetter(text[start]) || text[start] is '.' or '_'
            || text.AsSpan(0, position).Count('`') % 2 == 1;
    }

    private const string Example = "A formula reads like \"y ~ treatment * time\", with random parts like \"(1 | patient)\".";

    private static InputException SyntaxError(string text, IResult<FormulaSides> result)
    {
        var position = result.Remainder.Position;
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        var expected = string.Join(", ", result.Expectations.Where(item => item.Length > 0).Distinct(StringComparer.Ordinal));
        expected = expected.Length == 0 ? "an operator" : expected;
        var found = position >= text.Length ? "The formula ends" : $"\"{text[position]}\" stands";
        return new InputException($"{found} where {expected} is expected.") { Position = position + 1, Hint = Advice(text, position) };
    }

    private static string Advice(string text, int position)
    {
        if (!text.Contains('~', StringComparison.Ordinal))
        {
            return "The outcome and its predictors are separated by \"~\". " + Example;
        }

        if (position < text.Length && text[position] == '=')
        {
            return "Formulas have no \"=\": the outcome stands before \"~\".";
        }

        if (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] == '`'))
        {
            return "Join terms by \"+\", \"*\" or \":\"; put a column's name that has blanks between backquotes.";
        }

        return Example;
    }
}
