using System.Diagnostics.CodeAnalysis;

namespace MarginalConditional.Data.Formulas;

/// <summary>The constant arguments of a function that learns from the data, matched as R matches them: by name, then in order.</summary>
internal sealed class CallArguments
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["ns"] = ["x", "df", "knots", "intercept", "Boundary.knots"],
        ["bs"] = ["x", "df", "knots", "degree", "intercept", "Boundary.knots"],
        ["scale"] = ["x", "center", "scale"],
        ["factor"] = ["x", "levels"],
    };

    private readonly Expression.Call call;
    private readonly Dictionary<string, Expression> values = new(StringComparer.Ordinal);

    /// <summary>Matches the arguments.</summary>
    /// <exception cref="InputException">An argument is not known, stands twice, or there are too many.</exception>
    internal CallArguments(Expression.Call call)
    {
        this.call = call;
        var names = Known[call.Function];
        foreach (var argument in call.Arguments.OfType<Expression.Named>())
        {
            if (!names.Contains(argument.Name, StringComparer.Ordinal) || !values.TryAdd(argument.Name, argument.Value))
            {
                throw new InputException(
                    $"The function {call.Function}() cannot take \"{argument}\".{Suggestion.Sentence(argument.Name, names)}")
                {
                    Hint = $"Its arguments: {string.Join(", ", names)}.",
                };
            }
        }

        var free = new Queue<string>(names.Where(name => !values.ContainsKey(name)));
        foreach (var argument in call.Arguments.Where(argument => argument is not Expression.Named))
        {
            if (!free.TryDequeue(out var name))
            {
                throw new InputException($"The function {call.Function}() has too many arguments in {call}.")
                {
                    Hint = $"Its arguments: {string.Join(", ", names)}.",
                };
            }

            values.Add(name, argument);
        }

        if (call.Arguments.Count == 0 || call.Arguments[0] is Expression.Named)
        {
            throw new InputException($"The function {call.Function}() takes a column or an expression first.");
        }
    }

    /// <summary>Whether a function learns from the data and takes constants beside its first argument.</summary>
    internal static bool AreOf(string function) => Known.ContainsKey(function);

    /// <summary>What the function is computed from.</summary>
    internal Expression Argument => call.Arguments[0];

    /// <summary>A whole number, or null when it is not given.</summary>
    internal int? Whole(string name) =>
        !IsGiven(name, out var value) ? null
        : Number(value) is { } number and >= 0 and <= 1000 && number == Math.Floor(number) ? (int)number
        : throw Wrong(name, "a whole number from 0 to 1000");

    /// <summary>Numbers, or null when they are not given.</summary>
    internal double[]? Numbers(string name)
    {
        if (!IsGiven(name, out var value))
        {
            return null;
        }

        double?[] numbers = [.. Parts(value).Select(Number)];
        return numbers.All(number => number is { } finite && double.IsFinite(finite))
            ? [.. numbers.Select(number => number!.Value)]
            : throw Wrong(name, "numbers, such as c(2, 5)");
    }

    /// <summary>TRUE or FALSE.</summary>
    internal bool Flag(string name, bool otherwise) =>
        !IsGiven(name, out var value) ? otherwise : Truth(value) ?? throw Wrong(name, "TRUE or FALSE");

    /// <summary>TRUE or FALSE, or the number that is given in their place.</summary>
    internal (bool Flag, double? Number) FlagOrNumber(string name) =>
        !IsGiven(name, out var value) ? (true, null)
        : Truth(value) is { } truth ? (truth, null)
        : Number(value) is { } number ? (true, number)
        : throw Wrong(name, "TRUE, FALSE or a number");

    /// <summary>Texts and numbers as texts, or null when they are not given.</summary>
    internal string[]? Texts(string name) =>
        !IsGiven(name, out var value) ? null
        :
        [
            .. Parts(value).Select(part => part switch
            {
                Expression.Text text => text.Value,
                _ when Number(part) is { } number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                _ => throw Wrong(name, "levels, such as c(\"low\", \"high\")"),
            }),
        ];

    private static IReadOnlyList<Expression> Parts(Expression value) =>
        value is Expression.Call { Function: "c" } list ? list.Arguments : [value];

    private static double? Number(Expression value) => value switch
    {
        Expression.Number number => number.Value,
        Expression.Signed { Operand: Expression.Number number } signed => signed.Sign == "-" ? -number.Value : number.Value,
        _ => null,
    };

    private static bool? Truth(Expression value) => value is not Expression.Variable word ? null
        : word.Name is "TRUE" or "T" ? true
        : word.Name is "FALSE" or "F" ? false
        : null;

    private bool IsGiven(string name, [NotNullWhen(true)] out Expression? value) =>
        values.TryGetValue(name, out value) && value is not Expression.Variable { Name: "NULL" };

    private InputException Wrong(string name, string need) => new($"The argument {name} of {call} has to be {need}.");
}
