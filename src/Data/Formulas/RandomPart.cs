namespace MarginalConditional.Data.Formulas;

/// <summary>Expands one random part, <c>effects | grouping</c>, into one term for each level of its grouping.</summary>
internal static class RandomPart
{
    internal static IEnumerable<RandomTerm> Expand(Expression.Binary bar, string text)
    {
        if (bar.Left is Expression.Binary { Operator: "|" or "||" })
        {
            throw new InputException($"The random part ({bar}) has two bars; it reads (effects | grouping).");
        }

        var effects = new TermAlgebra(text);
        Add(effects, bar.Left, added: true);
        var terms = effects.Terms();
        if (!effects.HasIntercept && terms.Count == 0)
        {
            throw new InputException($"The random part ({bar}) has no effects.") { Hint = "Write (1 | g) for a random intercept." };
        }

        return Groupings(bar.Right, bar).Select(grouping => new RandomTerm
        {
            HasIntercept = effects.HasIntercept,
            Terms = terms,
            Grouping = grouping,
            Correlated = bar.Operator == "|",
        });
    }

    private static void Add(TermAlgebra effects, Expression expression, bool added)
    {
        switch (expression)
        {
            case Expression.Binary { Operator: "+" or "-" } sum:
                Add(effects, sum.Left, added);
                Add(effects, sum.Right, sum.Operator == "+" == added);
                break;
            case Expression.Signed signed:
                Add(effects, signed.Operand, signed.Sign == "+" == added);
                break;
            case Expression.Call { Function: "offset" }:
                throw new InputException("An offset() cannot be a random effect.");
            default:
                effects.Add(expression, added);
                break;
        }
    }

    /// <summary>a/b/c gives [a], [b, a], [c, b, a]; a:b gives [a, b].</summary>
    private static List<string[]> Groupings(Expression expression, Expression.Binary bar)
    {
        switch (expression)
        {
            case Expression.Variable variable:
                return [[variable.Name]];
            case Expression.Call { Function: "factor", Arguments: [Expression.Variable variable] }:
                return [[variable.Name]];
            case Expression.Parenthesis parenthesis:
                return Groupings(parenthesis.Inner, bar);
            case Expression.Binary { Operator: "/" } nesting:
                var outer = Groupings(nesting.Left, bar);
                var inner = Groupings(nesting.Right, bar);
                return [.. outer, .. inner.Select(grouping => Join(grouping, outer[^1]))];
            case Expression.Binary { Operator: ":" } interaction:
                return [.. Groupings(interaction.Left, bar).SelectMany(_ => Groupings(interaction.Right, bar), Join)];
            default:
                throw new InputException($"In ({bar}), {expression} is not a grouping.")
                {
                    Hint = "Groupings are columns, a:b, or a/b for b within a.",
                };
        }
    }

    private static string[] Join(string[] left, string[] right) => [.. left.Union(right, StringComparer.Ordinal)];
}
