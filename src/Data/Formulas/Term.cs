namespace MarginalConditional.Data.Formulas;

/// <summary>A model term: one expression, or the interaction of several, such as <c>treatment:time</c>.</summary>
public sealed class Term
{
    /// <summary>Creates a term from its factors in R's order: that of their first appearance in the formula.</summary>
    public Term(IReadOnlyList<Expression> factors)
    {
        Factors = factors;
        Label = string.Join(":", factors);
    }

    /// <summary>The expressions that are multiplied.</summary>
    public IReadOnlyList<Expression> Factors { get; }

    /// <summary>R's label: the factors joined by colons.</summary>
    public string Label { get; }

    /// <summary>1 for a main effect, 2 for a two-way interaction, and so on.</summary>
    public int Degree => Factors.Count;

    /// <inheritdoc/>
    public override string ToString() => Label;
}
