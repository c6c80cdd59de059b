namespace MarginalConditional.Meta.Effects;

/// <summary>What to do with 2×2 tables that hold a zero, where a log ratio or its variance would be infinite.</summary>
/// <remarks>
/// The constant is added to all four cells. Results with many zeros depend on it; the exact binomial–normal model needs none.
/// </remarks>
public sealed record ZeroCells
{
    /// <summary>The constant, 0.5 by default; not below 0.</summary>
    public double Addition { get; init; } = 0.5;

    /// <summary>The tables it is added to; by default only those that hold a zero.</summary>
    public ZeroCellRule Rule { get; init; } = ZeroCellRule.OnlyZero;

    /// <summary>Whether studies without (or with nothing but) events in both arms are left out; false by default.</summary>
    public bool DropDoubleZero { get; init; }

    /// <summary>Applies the rule to the tables of all studies; the result has the same order.</summary>
    public TwoByTwo[] Apply(IReadOnlyList<TwoByTwo> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var anyZero = tables.Any(table => table.HasZero);
        return [.. tables.Select(table => Rule.Applies(table, anyZero) ? table.Add(Addition) : table)];
    }
}
