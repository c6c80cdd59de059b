using Sprache;

namespace MarginalConditional.Data.Formulas;

/// <summary>R's expression grammar, as far as formulas need it, lowest precedence last.</summary>
/// <remarks>
/// Precedence as in R: <c>^</c>, sign, <c>:</c>, <c>* /</c>, <c>+ -</c>, comparisons, <c>| ||</c>, <c>~</c>.
/// The grammar knows nothing of model terms: <see cref="FormulaExpansion"/> gives the operators their meaning.
/// </remarks>
internal static class FormulaGrammar
{
    private const string OperandName = "a column, a number, a function or \"(\"";

    // Those of other scripts are letters of names at most.
    private static readonly Parser<char> Digit = Parse.Char(char.IsAsciiDigit, "a digit");

    private static readonly Parser<string> Digits = Digit.AtLeastOnce().Text();

    private static readonly Parser<string> Mantissa =
        (from whole in Digits
         from fraction in Parse.Char('.')
             .Then(_ => Digit.Many().Text())
             .Select(digits => "." + digits)
             .XOr(Parse.Return(string.Empty))
         select whole + fraction)
        .Or(Parse.Char('.').Then(_ => Digits).Select(digits => "." + digits));

    private static readonly Parser<string> Exponent =
        (from letter in Parse.Chars('e', 'E')
         from sign in Parse.Chars('+', '-').Select(character => character.ToString()).XOr(Parse.Return(string.Empty))
         from digits in Digits
         select $"{letter}{sign}{digits}")
        .Or(Parse.Return(string.Empty));

    private static readonly Parser<Expression> Number =
        (from mantissa in Mantissa from exponent in Exponent select new Expression.Number(mantissa + exponent)).Token();

    private static readonly Parser<string> PlainName =
        from first in Parse.Char(character => char.IsLetter(character) || character is '.' or '_', "a name")
        from rest in Parse.Char(character => char.IsLetterOrDigit(character) || character is '.' or '_', "a name").Many().Text()
        select first + rest;

    private static readonly Parser<string> QuotedName =
        from open in Parse.Char('`')
        from name in Parse.CharExcept('`').AtLeastOnce().Text()
        from close in Parse.Char('`').Named("a closing backquote")
        select name;

    private static readonly Parser<Expression> NameOrCall =
        from name in PlainName.Token()
        from arguments in Arguments.Select(list => list).XOr(Parse.Return<IReadOnlyList<Expression>?>(null))
        select arguments is null ? (Expression)new Expression.Variable(name) : new Expression.Call(name, arguments);

    private static readonly Parser<Expression> Parenthesis =
        from open in Symbol("(")
        from inner in Parse.Ref(() => Bar!)
        from close in Closing
        select new Expression.Parenthesis(inner);

    private static readonly Parser<Expression> QuotedText =
        (from open in Parse.Chars('"', '\'')
         from value in Parse.CharExcept(open).Many().Text()
         from close in Parse.Char(open).Named("a closing quotation mark")
         select (Expression)new Expression.Text(value)).Token();

    private static readonly Parser<Expression> Operand =
        Number
            .Or(QuotedName.Token().Select(name => (Expression)new Expression.Variable(name)))
            .Or(QuotedText)
            .Or(NameOrCall)
            .Or(Parenthesis)
            .Named(OperandName);

    private static readonly Parser<Expression> Power =
        from first in Operand
        from rest in Symbol("^").Then(_ => Parse.Ref(() => SignedOperand!)).XMany()
        select RightToLeft([first, .. rest]);

    private static readonly Parser<Expression> Signed =
        Symbol("-").XOr(Symbol("+")).Then(sign => Power.Select(operand => (Expression)new Expression.Signed(sign, operand)))
            .XOr(Power)
            .Named(OperandName);

    private static readonly Parser<Expression> SignedOperand =
        Symbol("-").XOr(Symbol("+")).Then(sign => Operand.Select(operand => (Expression)new Expression.Signed(sign, operand)))
            .XOr(Operand)
            .Named(OperandName);

    private static readonly Parser<Expression> Interaction = LeftToRight(Symbol(":"), Signed);

    private static readonly Parser<Expression> Product = LeftToRight(Symbol("*").XOr(Symbol("/")), Interaction);

    private static readonly Parser<Expression> Sum = LeftToRight(Symbol("+").XOr(Symbol("-")), Product);

    /// <summary>Longer operators first, so that <c>&lt;=</c> is not read as <c>&lt;</c>.</summary>
    private static readonly string[] Comparisons = ["==", "!=", "<=", ">=", "<", ">"];

    private static readonly Parser<Expression> Comparison = LeftToRight(OneOf(Comparisons).Token(), Sum);

    private static readonly Parser<Expression> Bar = LeftToRight(Parse.String("||").Or(Parse.String("|")).Text().Token(), Comparison);

    /// <summary>A whole formula: left side, tilde, right side.</summary>
    internal static readonly Parser<FormulaSides> Formula =
        from lead in Parse.WhiteSpace.Many()
        from left in Bar
        from tilde in Symbol("~").Named("an operator or \"~\"")
        from right in Bar
        from end in Parse.AnyChar.Not().Named("an operator")
        select new FormulaSides(left, right);

    /// <summary>An expression by itself.</summary>
    internal static readonly Parser<Expression> Alone =
        from lead in Parse.WhiteSpace.Many()
        from expression in Bar
        from end in Parse.AnyChar.Not().Named("an operator")
        select expression;

    /// <summary>A comparison, or a condition in parentheses.</summary>
    private static readonly Parser<Expression> ConditionUnit = Comparison.Or(
        from open in Symbol("(")
        from inner in Parse.Ref(() => Either!)
        from close in Closing
        select (Expression)new Expression.Parenthesis(inner));

    private static readonly Parser<Expression> Both = LeftToRight(
        Parse.String("&&").Or(Parse.String("&")).Text().Token(), ConditionUnit);

    private static readonly Parser<Expression> Either = LeftToRight(Parse.String("||").Or(Parse.String("|")).Text().Token(), Both);

    /// <summary>A condition by itself: comparisons joined by <c>&amp;</c> and <c>|</c>.</summary>
    internal static readonly Parser<Expression> Condition =
        from lead in Parse.WhiteSpace.Many()
        from condition in Either
        from end in Parse.AnyChar.Not().Named("an operator")
        select condition;

    private static Parser<string> Closing => Symbol(")").Named("an operator or \")\"");

    private static Parser<IReadOnlyList<Expression>?> Arguments =>
        from open in Symbol("(")
        from arguments in ((Parser<Expression>)Argument).XDelimitedBy(Symbol(","))
        from close in Symbol(")").Named("an operator, \",\" or \")\"")
        select (IReadOnlyList<Expression>?)[.. arguments];

    /// <summary>An argument, with its name or without: a name is followed by one equals sign.</summary>
    private static IResult<Expression> Argument(IInput input)
    {
        var (text, position) = (input.Source, input.Position);
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '.' or '_' or ' '))
        {
            position++;
        }

        var isNamed = position + 1 < text.Length && text[position] == '=' && text[position + 1] != '=';
        return isNamed ? NamedArgument(input) : Bar(input);
    }

    private static readonly Parser<Expression> NamedArgument =
        from name in PlainName.Token()
        from sign in Symbol("=")
        from value in Parse.Ref(() => Bar!)
        select (Expression)new Expression.Named(name, value);

    /// <summary>One of several operators; nothing is consumed when it is another.</summary>
    private static Parser<string> OneOf(string[] operators) => input =>
    {
        var found = operators.FirstOrDefault(text => input.Source.AsSpan(input.Position).StartsWith(text));
        var rest = input;
        for (var i = 0; i < (found?.Length ?? 0); i++)
        {
            rest = rest.Advance();
        }

        return found is null ? Result.Failure<string>(input, "no comparison", []) : Result.Success(found, rest);
    };

    private static Parser<string> Symbol(string text) => Parse.String(text).Text().Token();

    private static Parser<Expression> LeftToRight(Parser<string> symbol, Parser<Expression> operand) =>
        from first in operand
        from rest in symbol.Then(text => operand.Select<Expression, Func<Expression, Expression>>(
            right => left => new Expression.Binary(text, left, right))).XMany()
        select rest.Aggregate(first, (left, next) => next(left));

    private static Expression RightToLeft(List<Expression> operands)
    {
        var result = operands[^1];
        for (var i = operands.Count - 2; i >= 0; i--)
        {
            result = new Expression.Binary("^", operands[i], result);
        }

        return result;
    }
}
