namespace MarginalConditional.Data.Formulas;

/// <summary>Which functions and operators have values, row by row.</summary>
internal static class Arithmetic
{
    /// <summary>The functions of one number.</summary>
    internal static IReadOnlyDictionary<string, Func<double, double>> Functions { get; } =
        new Dictionary<string, Func<double, double>>(StringComparer.Ordinal)
        {
            ["I"] = value => value,
            ["log"] = Math.Log,
            ["log2"] = Math.Log2,
            ["log10"] = Math.Log10,
            ["log1p"] = LogOnePlus,
            ["exp"] = Math.Exp,
            ["expm1"] = ExpMinusOne,
            ["sqrt"] = Math.Sqrt,
            ["abs"] = Math.Abs,
            ["sin"] = Math.Sin,
            ["cos"] = Math.Cos,
            ["tan"] = Math.Tan,
            ["as.numeric"] = value => value,
        };

    /// <summary>The functions of any number of numbers.</summary>
    internal static IReadOnlyDictionary<string, Func<double, double, double>> Folds { get; } =
        new Dictionary<string, Func<double, double, double>>(StringComparer.Ordinal)
        {
            ["pmin"] = Math.Min,
            ["pmax"] = Math.Max,
        };

    private static readonly string[] Special = ["poly", "ns", "bs", "scale", "factor", "offset", "cbind"];

    /// <summary>
    /// Refuses what has no value as a factor of a term: unknown functions, wrong arguments, model operators inside functions.
    /// </summary>
    internal static void Check(Expression expression, string text)
    {
        switch (expression)
        {
            case Expression.Variable { Name: "." }:
                throw new InputException("The dot for \"all other columns\" is not supported.")
                {
                    Position = Find(text, "."),
                    Hint = "Name the columns.",
                };
            case Expression.Call { Function: "poly" } call:
                CheckPolynomial(call, text);
                break;
            case Expression.Call { Function: "factor" } call:
                if (call.Arguments is not [Expression.Variable] && (new CallArguments(call).Texts("levels") is null
                    || call.Arguments[0] is not Expression.Variable))
                {
                    throw Problem(text, "factor", "A factor() takes one column, and levels if need be.", null);
                }

                break;
            case Expression.Call { Function: "ns" or "bs" or "scale" } call:
                CheckValue(new CallArguments(call).Argument, text);
                break;
            default:
                CheckValue(expression, text);
                break;
        }
    }

    /// <summary>log(1 + x): the rounding error of u = 1 + x cancels in x log u / (u − 1) (Kahan); .NET's has no digits near 0.</summary>
    private static double LogOnePlus(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : double.IsPositiveInfinity(u) ? u : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>e^x − 1 likewise: (u − 1) x / log u with u = e^x.</summary>
    private static double ExpMinusOne(double x)
    {
        var u = Math.Exp(x);
        return u == 1 ? x : u < 0.5 || double.IsPositiveInfinity(u) ? u - 1 : (u - 1) * x / Math.Log(u);
    }

    private static void CheckPolynomial(Expression.Call call, string text)
    {
        if (call.Arguments is not [var argument, Expression.Number { Value: >= 1 and <= 20 } degree]
            || degree.Value != Math.Floor(degree.Value))
        {
            throw Problem(text, "poly", "A poly() takes an expression and a degree from 1 to 20.", "Write poly(x, 2).");
        }

        CheckValue(argument, text);
    }

    /// <summary>Refuses what has no number a row, as outcomes, offsets and conditions need one.</summary>
    internal static void CheckValue(Expression expression, string text)
    {
        switch (expression)
        {
            case Expression.Call call when Functions.ContainsKey(call.Function):
                if (call.Arguments.Count != 1)
                {
                    throw Problem(
                        text,
                        call.Function,
                        $"The function {call.Function}() takes one argument, not {call.Arguments.Count}.",
                        null);
                }

                CheckValue(call.Arguments[0], text);
                break;
            case Expression.Call call when Folds.ContainsKey(call.Function) && call.Arguments.Count > 0:
                foreach (var argument in call.Arguments)
                {
                    CheckValue(argument, text);
                }

                break;
            case Expression.Call call when Special.Contains(call.Function, StringComparer.Ordinal):
                throw Problem(
                    text,
                    call.Function,
                    $"The function {call.Function}() cannot stand here.",
                    call.Function == "factor"
                        ? "Name the column itself: levels of an outcome are found without it."
                        : "One number a row is needed here: name a column, or compute with one as in log(x).");
            case Expression.Call call:
                var known = Functions.Keys.Concat(Folds.Keys).Concat(Special).ToArray();
                throw Problem(
                    text,
                    call.Function,
                    $"There is no function \"{call.Function}\".{Suggestion.Sentence(call.Function, known)}",
                    $"Functions: {string.Join(", ", known)}.");
            case Expression.Binary { ComparesText: true }:
                break;
            case Expression.Binary { IsComparison: true } comparison:
                CheckValue(comparison.Left, text);
                CheckValue(comparison.Right, text);
                break;
            case Expression.Text word:
                throw Problem(
                    text,
                    word.Value,
                    $"The text {word} cannot stand here.",
                    "A text is compared with a column: I(arm == \"A\").");
            case Expression.Named named:
                throw Problem(text, named.Name, $"\"{named}\" cannot stand here.", "For a comparison write ==.");
            case Expression.Binary { Operator: "+" or "-" or "*" or "/" or "^" } binary:
                CheckValue(binary.Left, text);
                CheckValue(binary.Right, text);
                break;
            case Expression.Binary binary:
                throw Problem(text, binary.Operator, $"\"{binary.Operator}\" has no arithmetic meaning in {binary}.", null);
            case Expression.Signed signed:
                CheckValue(signed.Operand, text);
                break;
            case Expression.Parenthesis parenthesis:
                CheckValue(parenthesis.Inner, text);
                break;
            case Expression.Variable { Name: "." }:
                Check(expression, text);
                break;
        }
    }

    private static InputException Problem(string text, string part, string message, string? hint) =>
        new(message) { Position = Find(text, part), Hint = hint };

    private static int? Find(string text, string part)
    {
        var index = text.IndexOf(part, StringComparison.Ordinal);
        return index < 0 ? null : index + 1;
    }
}
