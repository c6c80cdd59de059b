namespace MarginalConditional.Data.Formulas;

/// <summary>A model formula in R's notation, parsed and expanded into terms.</summary>
public sealed record Formula
{
    /// <summary>The formula as the user typed it.</summary>
    public required string Text { get; init; }

    /// <summary>The left side.</summary>
    public required ResponseSpecification Response { get; init; }

    /// <summary>Whether the fixed part has an intercept.</summary>
    public required bool HasIntercept { get; init; }

    /// <summary>The fixed terms beside the intercept, each once, main effects first (R's order).</summary>
    public required IReadOnlyList<Term> Terms { get; init; }

    /// <summary>The arguments of <c>offset(...)</c>; they are added up.</summary>
    public IReadOnlyList<Expression> Offsets { get; init; } = [];

    /// <summary>The random parts, nested ones expanded, in the order typed.</summary>
    public IReadOnlyList<RandomTerm> RandomTerms { get; init; } = [];

    /// <summary>What was read otherwise than its author may have meant, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Every column the formula names, each once.</summary>
    public IReadOnlyList<string> Variables =>
    [
        .. Response.Variables
            .Concat(Terms.SelectMany(term => term.Factors).SelectMany(factor => factor.Variables))
            .Concat(Offsets.SelectMany(offset => offset.Variables))
            .Concat(RandomTerms.SelectMany(random => random.Terms).SelectMany(term => term.Factors).SelectMany(factor => factor.Variables))
            .Concat(RandomTerms.SelectMany(random => random.Grouping))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <inheritdoc/>
    public override string ToString() => Text;
}
