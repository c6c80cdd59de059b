using System.Text;

namespace MarginalConditional.Fuzzing.Texts;

/// <summary>Formulas: good ones, spoiled ones, strings of tokens, random expressions and deep ones.</summary>
internal static class FormulaText
{
    /// <summary>Formulas that are read.</summary>
    public static readonly string[] Good =
    [
        "y ~ x + t + (1 | id)", "y ~ x * t + (x | id)", "y ~ g + poly(x, 2) + offset(log(t)) + (1 | g/id)", "cbind(y, x) ~ t + (1 | id)",
        "y / t ~ g", "y ~ (x + t + g)^2 - x:t", "y ~ 0 + g + (x || id)", "y ~ I(x / 10) + log(t) - 1", "y ~ x + (1 | g) + (1 | g:id)",
        "log(y) ~ factor(t) / x", "~ same(g) + distance(x) * lag", "~ pair", "~ lag + product(x)", "y ~ ns(x, 3) + bs(t, df = 4)",
        "y ~ pmin(x, 1) + pmax(t - 2, 0) + I(t >= 2)", "y ~ scale(x) + factor(g, levels = c(\"b\", \"a\", \"c\"))",
        "y ~ ns(x, knots = c(0.2, 0.5)) + I(g == \"a\")",
    ];

    private static readonly string[] Leaves = ["x", "t", "g", "id", "1", "0", "`a b`", "v1", "v2", "v3", "2", "y", "\"a\""];

    private static readonly string[] Functions =
        ["I", "log", "exp", "sqrt", "sin", "cos", "factor", "offset", "poly", "abs", "f", "ns", "bs", "scale", "pmin", "pmax"];

    private static readonly string[] Operators = ["+", "-", "*", ":", "/", "^", "|", "||", "+", "*", ":", ">=", "=="];

    /// <summary>A formula.</summary>
    public static string Make(Draws draws) => draws.Below(6) switch
    {
        0 => Mutation.Of(draws.Pick(Good), draws),
        1 => Tokens(draws),
        2 when draws.OneIn(4) => Deep(draws),
        2 or 3 => "y ~ " + Expression(draws, draws.Between(1, 7)),
        4 => Mutation.Of("y ~ " + Expression(draws, 4), draws),
        _ => $"{Expression(draws, 3)} ~ {Expression(draws, 4)}{(draws.OneIn(2) ? Random(draws) : string.Empty)}",
    };

    /// <summary>An expression of at most the given depth.</summary>
    public static string Expression(Draws draws, int depth) => Expression(draws, depth, Leaves);

    /// <summary>An expression of at most the given depth, in variables of one's own.</summary>
    public static string Expression(Draws draws, int depth, string[] leaves) => depth <= 0 ? draws.Pick(leaves) : draws.Below(12) switch
    {
        0 => $"({Expression(draws, depth - 1, leaves)})",
        1 => $"{draws.Pick(Functions)}({Expression(draws, depth - 1, leaves)})",
        2 => Call(draws, depth, leaves),
        3 => $"({Expression(draws, depth - 1, leaves)} | {Expression(draws, depth - 1, leaves)})",
        4 => $"-{Expression(draws, depth - 1, leaves)}",
        5 => $"({Expression(draws, depth - 1, leaves)})^{draws.Pick("1", "2", "3", "9", "50", "51", "x", "0", "-2")}",
        _ => $"{Expression(draws, depth - 1, leaves)} {draws.Pick(Operators)} {Expression(draws, depth - 1, leaves)}",
    };

    private static string Call(Draws draws, int depth, string[] leaves) =>
        $"{draws.Pick("poly", "ns", "bs")}({Expression(draws, depth - 1, leaves)}, "
            + $"{draws.Pick("1", "2", "5", "1000", "-1", "0", "1.5", "x", "1e9", "df = 4", "knots = c(0.1, 0.5)", "degree = 1e9")})";

    private static string Random(Draws draws) => $" + ({Expression(draws, 2)} | {Expression(draws, 2)})";

    private static string Tokens(Draws draws)
    {
        var text = new StringBuilder(draws.OneIn(3) ? string.Empty : "y ~ ");
        for (var count = draws.Between(1, 30); count > 0; count--)
        {
            text.Append(draws.Pick(HostileWords.Tokens)).Append(draws.OneIn(2) ? " " : string.Empty);
        }

        return text.ToString();
    }

    /// <summary>Long chains, and what is nested nearly as deep as formulas may be.</summary>
    private static string Deep(Draws draws)
    {
        var count = draws.Between(1, 3000);
        return "y ~ " + draws.Below(9) switch
        {
            0 => new string('(', Math.Min(count, 49)) + "x",
            1 => string.Join(draws.Pick("+", "*", ":", "^", "/", "-", "|"), Enumerable.Repeat("x", count)),
            2 => string.Join(draws.Pick("+", "*", ":", "/"), Variables(count)),
            3 => new string('-', count) + "x",
            4 => "x" + Repeated("^-x", count),
            5 => Repeated("f(", 49) + "x",
            6 => $"({string.Join('+', Variables(Math.Min(count, 80)))})^{draws.Between(1, 51)}",
            7 => string.Join('+', Enumerable.Range(0, Math.Min(count, 900)).Select(i => $"(1|g{i})")),
            _ => Repeated("(x|", 49) + "g" + new string(')', 49),
        };
    }

    private static IEnumerable<string> Variables(int count) => Enumerable.Range(0, count).Select(i => $"v{i}");

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
