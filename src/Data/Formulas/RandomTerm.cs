namespace MarginalConditional.Data.Formulas;

/// <summary>A random part of a formula, such as <c>(time | patient)</c>; nested groupings come as one term a level.</summary>
public sealed record RandomTerm
{
    /// <summary>Whether the effects include an intercept.</summary>
    public required bool HasIntercept { get; init; }

    /// <summary>The effects beside the intercept, in R's order.</summary>
    public required IReadOnlyList<Term> Terms { get; init; }

    /// <summary>The grouping columns as lme4 names them: <c>(1 | a/b)</c> gives [a] and [b, a].</summary>
    public required IReadOnlyList<string> Grouping { get; init; }

    /// <summary>Whether the effects may be correlated: <c>|</c>, and not <c>||</c>.</summary>
    public required bool Correlated { get; init; }

    /// <summary>The grouping columns joined by colons.</summary>
    public string Group => string.Join(":", Grouping);

    /// <inheritdoc/>
    public override string ToString()
    {
        var effects = string.Join(" + ", Terms.Select(term => term.Label).Prepend(HasIntercept ? "1" : "0"));
        return $"({effects} {(Correlated ? "|" : "||")} {Group})";
    }
}
