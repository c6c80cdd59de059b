namespace MarginalConditional.Fuzzing.Texts;

/// <summary>Fields, names and pieces of formulas that have broken some program.</summary>
internal static class HostileWords
{
    /// <summary>Fields that are, or look like, numbers, and some that are texts.</summary>
    public static readonly string[] Fields =
    [
        "1", "0", "-1", "2.5", "1e308", "1e309", "-1e308", "4.9e-324", "1e-320", "1e-400", "0x1F", "Infinity", "-inf", "NaN", "nan", "NA",
        "", "1,5", "1.234,5", "1,234.5", "1 234", "2020-01-01", "12:30", "1e", "e5", "+", "-", ".", "..", "+.5", "5.", "1_000", "١٢", "１",
        "1e999999999999", "9007199254740993", "18446744073709551616", "00012", "-0", "1d", "1f", "TRUE", "true", "=1+1",
        "=cmd|' /C calc'!A0",
        "@SUM(A1)", "\u001b[31mred\u001b[0m", "a\u0000b", "\uFEFF1", "a\u00A0b", "é", "🎉", "\u202Eabc", "\t", " x ", "'q'", "\"", "\"\"",
        "\\", "a,b", "a;b", "a\nb", "a\r\nb", "NULL", "?", "0.1", "0.3", "3", "4", "5", "7", "11", "1/15/2020", "Week 2", "Baseline",
    ];

    /// <summary>Names of columns.</summary>
    public static readonly string[] Names =
    [
        "y", "x", "id", "g", "t", "time", "a b", "", "y", "é", "\u001b[31mx", "=x", "column1", "column2", "(Intercept)", "x:y", "`", "\"",
        "a\"b", "I(x)", "offset", "1", "NA", "\uFEFF", "x\ty", "x\ny", "lag", "pair", "∑", "id:t", "factor(t)",
    ];

    /// <summary>Pieces of formulas.</summary>
    public static readonly string[] Tokens =
    [
        "y", "x", "id", "g", "t", "`a b`", "`", "~", "~", "+", "-", "*", "/", ":", "^", "|", "||", "(", ")", "(", ")", ",", "1", "0", "-1",
        "2", "1e5", "1e", "1.5.2", ".5", ".", "..", "I(", "log(", "exp(", "sqrt(", "sin(", "cos(", "poly(", "factor(", "offset(", "cbind(",
        "I(x^2)",
            "poly(x, 2)", "poly(x, 1000)", "log(x)", " ", "\t", "\n", "=", "%in%", "<", ">", "!", "#", "'", "\"", "é", "日", "𝒳", "\0",
            "\u001b[0m",
                "(1 | id)", "(x | id)", "(1 | g/id)", "(x || g)", "(0 + x | g)", "a*b*c*d*e*f*g*h*i*j*k", "^20", "^50", "^99", "x:y:z",
                "I(x/0)",
                    "same(g)", "distance(x)", "sum(x)", "product(t)", "lag", "pair", "same(`a b`)", "- 1", "+ 0", "(((((", "))))", "--",
                    "y / n",
                        "999999999999999999999", "1e400", "_", "._", "x.1", "NaN", "Inf", "TRUE", "ns(x, 3)", "bs(x, df = 5)", "ns(", "bs(",
                        "pmin(x, 1)",
                            "pmax(", "scale(x)", "scale(", "I(x >= 2)", "I(g == \"a\")", "==", "!=", "<=", "c(", "levels = ",
                            "knots = c(1, 2)",
                            "factor(g, levels = c(\"b\", \"a\"))", "df = 1000000",
                        ];

    /// <summary>One of the fields that may become a label of the result: none that looks like a number which went wrong.</summary>
    public static string Label(Draws draws) => draws.Pick(Fields)
        .Replace("Infinity", "Inf", StringComparison.Ordinal)
        .Replace("NaN", "nan", StringComparison.Ordinal);
}
