namespace MarginalConditional.Data.Formulas;

/// <summary>Expands sums, interactions, crossings, nestings and powers into distinct terms in R's order.</summary>
/// <remarks>
/// A term is the ascending list of its factors' numbers; factors are numbered as they
/// first appear, so b:a is a:b when a came first. The empty list is the intercept.
/// </remarks>
internal sealed class TermAlgebra(string text)
{
    /// <summary>More terms than any design can hold: the formula's power or crossing is a mistake.</summary>
    private const int MaximumTerms = 5_000;

    private readonly List<Expression> factors = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<int[]> terms = [];
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly List<string> notes = [];

    /// <summary>Whether the intercept is in; it is unless taken away.</summary>
    internal bool HasIntercept { get; private set; } = true;

    /// <summary>What was read otherwise than its author may have meant.</summary>
    internal IReadOnlyList<string> Notes => notes;

    /// <summary>Adds the terms of an expression to the model, or takes them away.</summary>
    internal void Add(Expression expression, bool added)
    {
        if (expression is Expression.Number { Value: 0 })
        {
            HasIntercept = !added;
            return;
        }

        foreach (var term in Expand(expression))
        {
            if (term.Length == 0)
            {
                HasIntercept = added;
            }
            else if (!added)
            {
                terms.RemoveAll(other => other.AsSpan().SequenceEqual(term));
                known.Remove(Key(term));
            }
            else if (known.Add(Key(term)))
            {
                terms.Insert(terms.FindLastIndex(other => other.Length <= term.Length) + 1, term);
            }
        }
    }

    /// <summary>The terms beside the intercept, by degree, in order of appearance within a degree.</summary>
    internal IReadOnlyList<Term> Terms() =>
        terms.ConvertAll(term => new Term(Array.ConvertAll(term, number => factors[number])));

    private List<int[]> Expand(Expression expression) => expression switch
    {
        Expression.Number { Value: 1 } => [[]],
        Expression.Number { Value: 0 } => [],
        Expression.Number number => throw Problem(
            $"The number {number} cannot be a term of the model.",
            "Only 0 and 1 can stand alone: without and with an intercept."),
        Expression.Parenthesis parenthesis => Expand(parenthesis.Inner),
        Expression.Binary { Operator: "+" } sum => Union(Expand(sum.Left), Expand(sum.Right)),
        Expression.Binary { Operator: "-" } difference => Without(Expand(difference.Left), Expand(difference.Right)),
        Expression.Binary { Operator: ":" } interaction => Interact(Expand(interaction.Left), Expand(interaction.Right)),
        Expression.Binary { Operator: "*" } crossing => Cross(Expand(crossing.Left), Expand(crossing.Right)),
        Expression.Binary { Operator: "/" } nesting => Nest(Expand(nesting.Left), Expand(nesting.Right)),
        Expression.Binary { Operator: "^" } power => Power(power),
        Expression.Binary { IsComparison: true } or Expression.Variable or Expression.Call => [[NumberOf(expression)]],
        _ => throw Problem($"The random part {expression} cannot be part of an interaction.", "Add random parts with \"+\"."),
    };

    private int NumberOf(Expression factor)
    {
        Arithmetic.Check(factor, text);
        var key = factor.ToString();
        if (!numbers.TryGetValue(key, out var number))
        {
            number = factors.Count;
            factors.Add(factor);
            numbers.Add(key, number);
        }

        return number;
    }

    private List<int[]> Power(Expression.Binary power)
    {
        if (power.Right is not Expression.Number { Value: >= 1 and <= 50 } exponent || exponent.Value != Math.Floor(exponent.Value))
        {
            throw Problem($"The power in {power} must be a whole number.", "For the square of a column write I(x^2).");
        }

        var basis = Expand(power.Left);
        if (basis.Count == 1 && exponent.Value > 1)
        {
            notes.Add($"{power} in a formula is {power.Left} itself, as in R; for the power of its values write I({power}).");
        }

        var result = basis;
        for (var i = 1; i < exponent.Value; i++)
        {
            var next = Cross(result, basis);
            if (next.Count == result.Count)
            {
                break;
            }

            result = next;
        }

        return result;
    }

    private List<int[]> Cross(List<int[]> left, List<int[]> right) => Union(Union(left, right), Interact(left, right));

    private List<int[]> Nest(List<int[]> left, List<int[]> right)
    {
        int[] all = [.. left.SelectMany(term => term).Distinct().Order()];
        return Union(left, Interact([all], right));
    }

    private List<int[]> Interact(List<int[]> left, List<int[]> right)
    {
        if ((long)left.Count * right.Count > 4L * MaximumTerms)
        {
            throw TooMany();
        }

        return Union([], [.. left.SelectMany(_ => right, Joined)]);
    }

    /// <summary>The factors of either term, ascending.</summary>
    private static int[] Joined(int[] left, int[] right)
    {
        int[] both = [.. left, .. right];
        Array.Sort(both);
        var count = 0;
        foreach (var factor in both)
        {
            if (count == 0 || both[count - 1] != factor)
            {
                both[count++] = factor;
            }
        }

        return both[..count];
    }

    private List<int[]> Union(List<int[]> left, List<int[]> right)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        List<int[]> union = [.. left.Concat(right).Where(term => keys.Add(Key(term)))];
        return union.Count > MaximumTerms ? throw TooMany() : union;
    }

    private static List<int[]> Without(List<int[]> left, List<int[]> right)
    {
        var keys = right.Select(Key).ToHashSet(StringComparer.Ordinal);
        return [.. left.Where(term => !keys.Contains(Key(term)))];
    }

    private InputException TooMany() =>
        Problem($"The formula expands into more than {MaximumTerms} terms.", "Use a lower power, or fewer crossings.");

    private static InputException Problem(string message, string hint) => new(message) { Hint = hint };

    private static string Key(int[] term) => string.Join(',', term);
}
